"""`bri-kg infer DATA… --ontology ONTO`: what follows by OWL 2 RL, for any graph and ontology."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator
from itertools import chain, islice

import pyoxigraph as ox

from bri_kg.cli.opening import reading_of
from bri_kg.cli.output import GRAPH_FORMATS, choose_format, emit, say, talk
from bri_kg.dataset.resources import find
from bri_kg.errors import InputError, visible
from bri_kg.rdf.budget import refuse_what_does_not_fit
from bri_kg.rdf.files import RdfInput, StableLabels, parse_input, rdf_input, refused_import
from bri_kg.rdf.graphs import write_graph
from bri_kg.reasoner import Contradiction, Inferred, Unsupported, infer

_SHOWN = 50
_PER_TRIPLE = 500  # bytes; 250 measured, and about as many for what follows


def add_arguments(parser: ArgumentParser) -> None:
    """Tell the parser what the verb takes."""
    parser.add_argument(
        "data", metavar="DATA", nargs="+", help="RDF files, or - for standard input"
    )
    parser.add_argument(
        "--ontology",
        metavar="ONTO",
        action="append",
        help="an RDF file with axioms; may be repeated (default: the ontology of bri-kg)",
    )
    parser.add_argument(
        "--strict",
        action="store_true",
        help="refuse (exit code 2) when an axiom has a form that no rule covers",
    )


def run(args: Namespace) -> int:
    """Print the inferred triples; 1 when the graph contradicts itself, else 3 when `--limit` cut them, else 0."""
    chosen = choose_format(args, GRAPH_FORMATS, "nt")
    labels = StableLabels()
    reading = reading_of(args)
    data = [rdf_input(file, reading) for file in args.data]
    ontology = [rdf_input(file, reading) for file in _ontology(args)]
    refuse_what_does_not_fit([*data, *ontology], _PER_TRIPLE)
    inference = infer(_read(data, labels), _read(ontology, labels))
    if inference.imports:
        raise refused_import(inference.imports[0])
    if args.strict and inference.unsupported:
        raise _not_covered(inference.unsupported)
    for unsupported in inference.unsupported:
        talk(args, f"warning[BRI403]: {visible(unsupported.message)}")
    emit(_written(inference.inferred, chosen, args.limit), args)
    _tell(inference.contradictions, in_full=args.verbose)
    is_cut = args.limit is not None and len(inference.inferred) > args.limit
    if is_cut:
        talk(args, f"cut after {args.limit} triples; there are more (--limit)")
    return 1 if inference.contradictions else 3 if is_cut else 0


def _ontology(args: Namespace) -> list[str]:
    if args.ontology:
        return list(args.ontology)
    resources = find(args.graph)
    return [str(path) for path in resources.ontology_files()]


def _read(sources: Iterable[RdfInput], labels: StableLabels) -> Iterator[ox.Quad]:
    return chain.from_iterable(labels.of(parse_input(source)) for source in sources)


def _written(inferred: Inferred, chosen: str, limit: int | None) -> str | bytes:
    if chosen in ("nt", "nq"):  # one and the same without named graphs
        return "".join(islice(inferred.n_triples(), limit))
    triples = islice(inferred, limit)
    return write_graph((ox.Quad(t.subject, t.predicate, t.object) for t in triples), chosen)


def _not_covered(unsupported: tuple[Unsupported, ...]) -> InputError:
    return InputError(
        code="BRI403",
        message="no rule of OWL 2 RL covers some axioms",
        why="\n".join(item.message for item in unsupported),
        fix="remove or rewrite them, or leave out --strict to apply the rest",
    )


def _tell(contradictions: tuple[Contradiction, ...], *, in_full: bool) -> None:
    shown = contradictions if in_full else contradictions[:_SHOWN]
    for contradiction in shown:
        say(f"error[{contradiction.rule}]: {visible(contradiction.message)}")
    if len(shown) < len(contradictions):
        say(f"and {len(contradictions) - len(shown)} contradictions more (-v shows all)")
