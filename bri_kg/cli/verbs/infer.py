"""`bri-kg infer DATA… --ontology ONTO`: what follows by OWL 2 RL, for any graph and ontology.

Imports are followed as `bri-kg check` does: among the files, and by the catalogues beside them.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path

import pyoxigraph as ox

from bri_kg.checking.imports import Followed
from bri_kg.cli.output import GRAPH_FORMATS, choose_format, emit, say, talk
from bri_kg.dataset.resources import find
from bri_kg.errors import InputError, visible
from bri_kg.rdf.files import StableLabels, parse_stream, refused_import, stream_rdf
from bri_kg.rdf.graphs import write_graph
from bri_kg.reasoner import Contradiction, Inferred, Unsupported, infer

_SHOWN = 50
_WAYS_OUT = "give that file too, name it in a catalog-v001.xml beside yours, or go on without it: --skip-imports"


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
        "--no-ontology",
        action="store_true",
        help="use no ontology but the axioms that DATA holds",
    )
    parser.add_argument(
        "--skip-imports",
        action="store_true",
        help="go on without the imported ontologies that are not on this machine",
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
    ontology = _ontology(args)
    paths = [Path(file) for file in (*args.data, *ontology) if file != "-"]
    imports = Followed(paths, find(args.graph))
    inference = infer(
        imports.note(_read(args.data, labels)),
        chain(imports.note(_read(ontology, labels)), imports.read(labels)),
    )
    absent = [
        t for t in inference.imports if str(getattr(t.object, "value", "")) not in imports.names
    ]
    if absent and not args.skip_imports:
        raise refused_import(absent[0], _WAYS_OUT)
    if absent:
        names = dict.fromkeys(visible(str(triple.object)) for triple in absent)
        talk(args, f"not followed, since not among the files: {', '.join(names)}")
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
    if args.ontology and args.no_ontology:
        raise InputError(
            code="BRI404",
            message="--ontology and --no-ontology are given together",
            fix="leave out one of them",
        )
    if args.no_ontology:
        return []
    if args.ontology:
        return list(args.ontology)
    resources = find(args.graph)
    return [str(path) for path in resources.ontology_files()]


def _read(files: Iterable[str], labels: StableLabels) -> Iterator[ox.Quad]:
    return chain.from_iterable(
        labels.of(parse_stream(sys.stdin.buffer, "<stdin>") if file == "-" else stream_rdf(file))
        for file in files
    )


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
