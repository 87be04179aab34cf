"""`bri-kg conflicts [THING]`: where sources disagree, agree or merely look alike, with both sides' passages."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from bri_kg.checking.checks import read_checks
from bri_kg.cli.arguments import not_empty
from bri_kg.cli.opening import open_for
from bri_kg.cli.output import emit_rows, talk
from bri_kg.errors import UsageError
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import PREFIXES, expand, nearest
from bri_kg.rdf.files import read_text
from bri_kg.rdf.rows import Rows
from bri_kg.rdf.terms import Term

_CANDIDATE_COLUMNS = (
    "candidate",
    "label",
    "claim",
    "source",
    "passage",
    "rival",
    "rivalSource",
    "rivalPassage",
)


def add_arguments(parser: ArgumentParser) -> None:
    """Tell the parser what the verb takes."""
    parser.add_argument(
        "thing",
        metavar="THING",
        nargs="?",
        type=not_empty,
        help="only what concerns it: an IRI, a prefixed name, or an exact name",
    )
    parser.add_argument(
        "--nature",
        metavar="NATURE",
        type=not_empty,
        help="only comparisons of this nature, such as other-time",
    )
    parser.add_argument(
        "--candidates",
        action="store_true",
        help="pairs of claims that look alike and that no comparison holds yet",
    )


def run(args: Namespace) -> int:
    """List the comparisons, or with `--candidates` the pairs of claims that nobody has compared yet."""
    if args.candidates and args.nature:
        raise UsageError(
            code="BRI140",
            message="candidates have no nature yet",
            fix="leave out --nature or --candidates",
        )
    kg = open_for(args)
    kg.require_dataset()
    nature = _nature(kg, args.nature) if args.nature else None
    thing = kg.resolve(args.thing) if args.thing else None
    rows = _candidates(kg, thing, args.lang) if args.candidates else _compared(kg, args.lang)
    if not args.candidates:
        rows = _kept(rows, nature, _about(kg, thing) if thing else None)
    if not rows.rows:
        talk(args, "nothing is left to compare" if args.candidates else "no comparison is about it")
    cut = rows.rows if args.limit is None else rows.rows[: args.limit]
    return emit_rows(Rows(rows.columns, cut, truncated=len(cut) < len(rows.rows)), args)


def _compared(kg: KnowledgeGraph, lang: str) -> Rows:
    return _select(kg, "comparisons", lang=ox.Literal(lang))


def _about(kg: KnowledgeGraph, thing: ox.NamedNode) -> frozenset[Term | None]:
    return frozenset(row["comparison"] for row in _select(kg, "about", thing=thing))


def _kept(
    rows: Rows, nature: ox.NamedNode | None, comparisons: frozenset[Term | None] | None
) -> Rows:
    kept = tuple(
        tuple(row)
        for row in rows
        if (nature is None or row["nature"] == nature)
        and (comparisons is None or row["comparison"] in comparisons)
    )
    return Rows(rows.columns, kept)


def _candidates(kg: KnowledgeGraph, thing: ox.NamedNode | None, lang: str) -> Rows:
    rows = tuple(
        (ox.Literal(check.name), ox.Literal(check.wording(lang)), *one, *other)
        for check in read_checks(kg.resources, "candidates")
        for claim, rival in _pairs(kg, check.query, check.file)
        if thing is None or _names(kg, claim, thing) or _names(kg, rival, thing)
        for one in _passages(kg, claim, lang)
        for other in _passages(kg, rival, lang)
    )
    return Rows(_CANDIDATE_COLUMNS, rows)


def _pairs(
    kg: KnowledgeGraph, query: str, path: Path
) -> Iterator[tuple[ox.NamedNode, ox.NamedNode]]:
    rows = {(row["focus"], row["value"]) for row in kg.guarded.select(query, file=str(path))}
    for claim, rival in sorted(rows, key=str):
        if isinstance(claim, ox.NamedNode) and isinstance(rival, ox.NamedNode):
            yield claim, rival


def _passages(
    kg: KnowledgeGraph, claim: ox.NamedNode, lang: str
) -> Iterator[tuple[Term | None, ...]]:
    for row in _select(kg, "claim", claim=claim, lang=ox.Literal(lang)):
        yield claim, row["source"], row["passage"]


def _names(kg: KnowledgeGraph, claim: ox.NamedNode, thing: ox.NamedNode) -> bool:
    quads = kg.store.quads_for_pattern(claim, None, thing, ox.DefaultGraph())
    return claim == thing or next(quads, None) is not None


def _nature(kg: KnowledgeGraph, text: str) -> ox.NamedNode:
    """Return the nature of this IRI, prefixed name, local name or label. Raises UsageError with the nearest."""
    query = "SELECT ?nature ?label WHERE { ?nature skos:inScheme ?scheme ; skos:prefLabel ?label }"
    scheme = ox.NamedNode(PREFIXES["bri-nature"].rstrip("/"))
    names: dict[str, ox.NamedNode] = {}
    for row in kg.guarded.select(query, {"scheme": scheme}):
        node, label = row["nature"], row["label"]
        if isinstance(node, ox.NamedNode) and isinstance(label, ox.Literal):
            names |= {node.value.removeprefix(PREFIXES["bri-nature"]): node, node.value: node}
            names[label.value] = node
    if found := names.get(expand(text) or text):
        return found
    known = sorted(name for name in names if "/" not in name and name.isascii())
    near = nearest(text, known, at_least=0.4)
    raise UsageError(
        code="BRI141",
        message=f"there is no nature {text!r}",
        why="natures: " + ", ".join(name for name in known if " " not in name),
        fix=f"did you mean {near!r}?" if near else "give one of these",
    )


def _select(kg: KnowledgeGraph, name: str, **values: ox.NamedNode | ox.Literal) -> Rows:
    file = kg.resources.queries / "conflicts" / f"{name}.rq"
    return kg.guarded.select(read_text(file, "a stored query"), values, file=str(file))
