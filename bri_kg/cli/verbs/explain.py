"""`bri-kg explain CLAIM` or `explain SUBJECT PREDICATE OBJECT`: from a fact to the characters that say it."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from bri_kg.answers.derivations import derive
from bri_kg.cli.arguments import not_empty
from bri_kg.cli.opening import open_for
from bri_kg.cli.output import emit_rows, talk
from bri_kg.errors import UsageError
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import CLAIM, expand, shorten, split_passage
from bri_kg.rdf.files import read_text
from bri_kg.rdf.rows import Row, Rows
from bri_kg.stores.memory import Store, Term
from bri_kg.texts.evidence import source_files, state_of
from bri_kg.texts.originals import SourceFile, read_source, sources_folder

# why: evidence, context and rival are claims; axiom and premise say what an inferred triple follows
# from, reference where identity data comes from. The triple is the one that the row speaks for.
_COLUMNS = (
    "why",
    "subject",
    "predicate",
    "object",
    "claim",
    "class",
    "factuality",
    "rank",
    "source",
    "begin",
    "end",
    "digest",
    "passage",
    "nature",
    "reason",
)


def add_arguments(parser: ArgumentParser) -> None:
    """Tell the parser what the verb takes."""
    parser.add_argument("fact", metavar="CLAIM | SUBJECT PREDICATE OBJECT", nargs="+")
    parser.add_argument(
        "--sources",
        metavar="DIR",
        type=not_empty,
        help="the folder of texts, to check digests; or set BRI_KG_SOURCES",
    )


def run(args: Namespace) -> int:
    """Show the claims behind a fact, or one claim: evidence, context, rivals; else what it follows from."""
    folder = (
        sources_folder(args.sources) if args.sources or os.environ.get("BRI_KG_SOURCES") else None
    )
    explanation = _Explanation(open_for(args), folder, args.lang)
    explanation.kg.require_dataset()
    asked = _asked(explanation.kg, args.fact)
    rows = tuple(
        explanation.of_claims((asked,))
        if isinstance(asked, ox.NamedNode)
        else explanation.of_fact(asked)
    )
    if folder is None:
        talk(args, "digests are not checked: give --sources DIR to check them against the texts")
    if not rows:
        talk(args, "no claim says this, and no rule that explain knows leads to it")
    kept = rows if args.limit is None else rows[: args.limit]
    return emit_rows(Rows(_COLUMNS, kept, truncated=len(kept) < len(rows)), args)


@dataclass(frozen=True)
class _Explanation:
    """The rows for claims and facts of one graph, in one language, with digests checked in one folder."""

    kg: KnowledgeGraph
    folder: Path | None
    lang: str

    def of_claims(
        self, claims: Iterable[ox.NamedNode], fact: ox.Triple | None = None
    ) -> Iterator[tuple[Term | None, ...]]:
        """Yield the passages of claims, and then their rivals; `fact` is what they are cited for."""
        cited = _parts(fact) if fact else {}
        claims = tuple(claims)
        for claim in claims:
            for row in self._select("passages", claim=claim):
                yield self._row({**dict(row), **cited})
        rivals = (row for claim in claims for row in self._select("rivals", claim=claim))
        # Claims of one fact that are compared with each other share their rivals.
        for row in dict.fromkeys(rivals):
            yield self._row({**dict(row), "claim": row["rival"]})

    def of_fact(self, fact: ox.Triple) -> Iterator[tuple[Term | None, ...]]:
        """Yield the claims of a fact; where there are none, its derivations down to claims and references."""
        if self._is_stated(fact):
            yield from self._of_stated(fact)
            return
        rules = self.kg.resources.query_files("explain/rules")
        shown: set[ox.Triple] = set()
        for step in derive(fact, self.kg.guarded, rules, self._is_stated):
            yield self._row({"why": ox.Literal("axiom"), **_parts(step.axiom)})
            for premise in step.premises:
                yield self._row({"why": ox.Literal("premise"), **_parts(premise)})
                if premise not in shown and self._is_stated(premise):
                    yield from self._of_stated(premise)
                shown.add(premise)

    def _of_stated(self, fact: ox.Triple) -> Iterator[tuple[Term | None, ...]]:
        claims = self._claims(fact)
        yield from self.of_claims(claims, fact)
        if not claims and isinstance(fact.subject, ox.NamedNode):
            for row in self._select("references", subject=fact.subject):
                yield self._row({**dict(row), **_parts(fact)})

    def _claims(self, fact: ox.Triple) -> list[ox.NamedNode]:
        quads = self.kg.store.quads_for_pattern(fact.subject, fact.predicate, fact.object, None)
        graphs = {q.graph_name for q in quads}
        return sorted((g for g in graphs if isinstance(g, ox.NamedNode)), key=lambda g: g.value)

    def _is_stated(self, fact: ox.Triple) -> bool:
        """Return whether a claim or a file says it, and not only the closure."""
        quad = ox.Quad(fact.subject, fact.predicate, fact.object)
        return bool(self._claims(fact)) or quad in self._asserted.oxigraph

    @cached_property
    def _asserted(self) -> Store:
        store = Store()
        store.load(str(self.kg.release.part("asserted")))
        return store

    @cached_property
    def _sources(self) -> Mapping[str, SourceFile]:
        return source_files(self.kg.guarded)

    def _select(self, name: str, **values: ox.NamedNode) -> tuple[Row, ...]:
        file = self.kg.resources.queries / "explain" / f"{name}.rq"
        bound: dict[str, ox.NamedNode | ox.Literal] = {**values, "lang": ox.Literal(self.lang)}
        text = read_text(file, "a stored query")
        return _joined(self.kg.guarded.select(text, bound, file=str(file)))

    def _row(self, parts: Mapping[str, Term | None]) -> tuple[Term | None, ...]:
        given = {**parts, **self._passage(parts.get("passage"), parts.get("sha256"))}
        return tuple(given.get(name) for name in _COLUMNS)

    def _passage(self, passage: Term | None, digest: Term | None) -> dict[str, Term]:
        """Return where a passage begins and ends, and whether its digest still holds."""
        if passage is None or digest is None:
            return {}
        slug, begin, end = split_passage(passage.value) or ("", 0, 0)
        source = self._sources.get(slug)
        text = read_source(self.folder, source) if self.folder and source else None
        state = state_of(passage.value, digest.value, text) if self.folder else "unchecked"
        return {"begin": ox.Literal(begin), "end": ox.Literal(end), "digest": ox.Literal(state)}


def _asked(kg: KnowledgeGraph, given: list[str]) -> ox.NamedNode | ox.Triple:
    """Return the claim or the fact that the arguments name. Raises UsageError for anything else."""
    if len(given) == 1:
        node = kg.resolve(given[0])
        if not node.value.startswith(CLAIM):
            raise UsageError(
                code="BRI130",
                message=f"{shorten(node.value)} is no claim",
                fix="give a claim, or a fact as SUBJECT PREDICATE OBJECT; "
                "`bri-kg ask involving --param thing=…` lists claims",
            )
        return node
    if len(given) != 3:
        raise UsageError(
            code="BRI131",
            message="a claim or a whole fact is wanted",
            fix="give CLAIM, or SUBJECT PREDICATE OBJECT",
        )
    subject, predicate = kg.resolve(given[0]), _predicate(kg, given[1])
    value = _object(kg, subject, predicate, given[2])
    if next(kg.store.quads_for_pattern(subject, predicate, value, None), None) is None:
        raise UsageError(
            code="BRI132",
            message=f"the graph does not say {shorten(subject.value)} {shorten(predicate.value)} {given[2]}",
            fix=f"`bri-kg describe {shorten(subject.value)}` shows what it says",
        )
    return ox.Triple(subject, predicate, value)


def _predicate(kg: KnowledgeGraph, text: str) -> ox.NamedNode:
    """Return the property, which may be a foreign one that the graph uses without describing it."""
    iri = expand("rdf:type" if text == "a" else text)
    try:
        node = ox.NamedNode(iri) if iri else None
    except ValueError:
        node = None  # what is wrong with it is for `resolve` to say
    used = node and next(kg.store.quads_for_pattern(None, node, None, None), None)
    return node if node and used else kg.resolve(text)


def _object(
    kg: KnowledgeGraph, subject: ox.NamedNode, predicate: ox.NamedNode, text: str
) -> ox.NamedNode | ox.Literal:
    for quad in kg.store.quads_for_pattern(subject, predicate, None, ox.DefaultGraph()):
        if isinstance(quad.object, ox.Literal) and quad.object.value == text:
            return quad.object
    return kg.resolve(text)


def _parts(triple: ox.Triple) -> dict[str, Term]:
    names = ("subject", "predicate", "object")
    return dict(zip(names, (triple.subject, triple.predicate, triple.object), strict=True))  # type: ignore[arg-type]


def _joined(rows: Rows) -> tuple[Row, ...]:
    """Return rows that differ in their nature only as one row that names all of them."""
    if "nature" not in rows.columns:
        return tuple(rows)
    place = rows.columns.index("nature")
    natures: dict[tuple[Term | None, ...], list[str]] = {}
    for row in rows.rows:
        kept = natures.setdefault((*row[:place], *row[place + 1 :]), [])
        if (nature := row[place]) is not None:
            kept.append(nature.value)
    return tuple(
        Row(
            rows.columns,
            (*rest[:place], ox.Literal(", ".join(names)) if names else None, *rest[place:]),
        )
        for rest, names in natures.items()
    )
