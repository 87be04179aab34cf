"""`bri-kg explain CLAIM` or `explain SUBJECT PREDICATE OBJECT`: from a fact to the characters that say it."""

from __future__ import annotations

import os
from argparse import Namespace
from pathlib import Path

import pyoxigraph as ox

from bri_kg.errors import UsageError
from bri_kg.evidence import source_files, state_of
from bri_kg.knowledge import KnowledgeGraph, open_graph
from bri_kg.names import CLAIM, shorten, split_passage
from bri_kg.output import emit_rows, talk
from bri_kg.rows import Rows
from bri_kg.texts import SourceFile, read_source, sources_folder

_PASSAGES = """SELECT ?claim ?class ?factuality ?rank ?tie ?passage ?title ?sha256 WHERE {
  ?claim a ?class ; bri:factuality ?factuality ; bri:rank ?rank .
  ?class rdfs:subClassOf bri:Claim . FILTER (?class != bri:Claim)
  VALUES ?tie { bri:evidence bri:hasContext }
  ?claim ?tie ?passage .
  ?passage bri:isPassageOf ?source ; bri:sha256 ?sha256 .
  ?source skos:prefLabel ?title . FILTER (LANG(?title) = ?lang)
} ORDER BY ?claim ?tie ?passage"""
_COLUMNS = (
    "claim",
    "class",
    "factuality",
    "rank",
    "tie",
    "source",
    "begin",
    "end",
    "digest",
    "passage",
)


def run(args: Namespace) -> int:
    """List the claims behind a fact, or one claim, with evidence, context and the state of each digest."""
    kg = open_graph(args.graph)
    claims = _claims(kg, args)
    folder = (
        sources_folder(args.sources) if args.sources or os.environ.get("BRI_KG_SOURCES") else None
    )
    rows = [
        _with_state(row, folder, kg) for claim in claims for row in _passages(kg, claim, args.lang)
    ]
    if folder is None:
        talk(args, "digests are not checked: give --sources DIR to check them against the texts")
    kept = rows if args.limit is None else rows[: args.limit]
    return emit_rows(Rows(_COLUMNS, tuple(kept), truncated=len(kept) < len(rows)), args)


def _claims(kg: KnowledgeGraph, args: Namespace) -> list[ox.NamedNode]:
    if len(args.fact) == 1:
        node = kg.resolve(args.fact[0])
        if not node.value.startswith(CLAIM):
            raise UsageError(
                code="BRI130",
                message=f"{shorten(node.value)} is no claim",
                fix="give a claim, or a fact as SUBJECT PREDICATE OBJECT; `bri-kg ask involving --param thing=…` lists claims",
            )
        return [node]
    if len(args.fact) != 3:
        raise UsageError(
            code="BRI131",
            message="a claim or a whole fact is wanted",
            fix="give CLAIM, or SUBJECT PREDICATE OBJECT",
        )
    subject, predicate = kg.resolve(args.fact[0]), kg.resolve(args.fact[1])
    value = _object(kg, subject, predicate, args.fact[2])
    graphs = {
        quad.graph_name for quad in kg.store.quads_for_pattern(subject, predicate, value, None)
    }
    if not graphs:
        raise UsageError(
            code="BRI132",
            message=f"the graph does not say {shorten(subject.value)} {shorten(predicate.value)} {args.fact[2]}",
            fix=f"`bri-kg describe {shorten(subject.value)}` shows what it says",
        )
    claims = sorted((g for g in graphs if isinstance(g, ox.NamedNode)), key=lambda g: g.value)
    if not claims:
        talk(
            args,
            "no claim says this directly: it is identity data of a reference, or follows from facts and the ontology",
        )
    return claims


def _object(
    kg: KnowledgeGraph, subject: ox.NamedNode, predicate: ox.NamedNode, text: str
) -> ox.NamedNode | ox.Literal:
    for quad in kg.store.quads_for_pattern(subject, predicate, None, ox.DefaultGraph()):
        if isinstance(quad.object, ox.Literal) and quad.object.value == text:
            return quad.object
    return kg.resolve(text)


def _passages(kg: KnowledgeGraph, claim: ox.NamedNode, lang: str) -> Rows:
    return kg.guarded.select(_PASSAGES, {"claim": claim, "lang": ox.Literal(lang)})


def _with_state(
    row: object, folder: Path | None, kg: KnowledgeGraph
) -> tuple[ox.NamedNode | ox.Literal | None, ...]:
    passage, digest = str(row["passage"].value), str(row["sha256"].value)  # type: ignore[index]
    slug, begin, end = split_passage(passage) or ("", 0, 0)
    source: SourceFile | None = source_files(kg.guarded).get(slug)
    text = read_source(folder, source) if folder and source else None
    state = state_of(passage, digest, text) if folder else "unchecked"
    fixed = tuple(row[name] for name in ("claim", "class", "factuality", "rank", "tie", "title"))  # type: ignore[index]
    return (*fixed, ox.Literal(begin), ox.Literal(end), ox.Literal(state), row["passage"])  # type: ignore[index]
