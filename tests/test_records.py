"""Questions as SPARQL executables: every record runs elsewhere and gives the question's own rows."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest
import rdflib
from conftest import Cli

from bri_kg.dataset.questions import default_bindings
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import PREFIXES

_RECORDS = """SELECT ?name ?query ?text ?en ?zh WHERE {
  ?record a sh:SPARQLSelectExecutable ; sh:select ?query ; schema:text ?text ; dcterms:identifier ?name ;
    dcterms:title ?en , ?zh .
  FILTER (LANG(?en) = "en" && LANG(?zh) = "zh")
}"""


_PARAMETERS = """SELECT ?name ?variable ?default ?type ?class ?label ?optional WHERE {
  ?record dcterms:identifier ?name ; sh:parameter ?parameter .
  ?parameter a sh:Parameter ; sh:path ?path ; sh:order ?order ; sh:optional ?optional ; sh:name ?label .
  FILTER (LANG(?label) = "en")
  OPTIONAL { ?parameter sh:defaultValue ?default }
  OPTIONAL { ?parameter sh:datatype|sh:nodeKind ?type }
  OPTIONAL { ?parameter sh:class ?class }
  BIND (REPLACE(STR(?path), ".*#", "") AS ?variable)
} ORDER BY ?name ?order"""


@pytest.fixture(scope="module")
def records(cli: Cli) -> ox.Store:
    done = cli("export", "--part", "questions", "--format", "ttl")
    assert done.returncode == 0, done.stderr
    store = ox.Store()
    store.load(done.stdout.encode(), ox.RdfFormat.TURTLE)
    return store


def test_every_question_is_a_record_that_runs_as_it_is(
    kg: KnowledgeGraph, records: ox.Store
) -> None:
    rows = list(records.query(_RECORDS, prefixes=PREFIXES))
    assert {row["name"].value for row in rows} == set(kg.questions)
    for row in rows:
        # Nothing but the text of the record: prefixes and the defaults of parameters are in it.
        found = [tuple(each) for each in kg.store.query(row["query"].value)]
        name = row["name"].value
        assert found == [tuple(each) for each in kg.ask(name)], name
        assert row["en"].value == kg.questions[name].summary


def test_records_carry_parameters_with_types_and_defaults(
    kg: KnowledgeGraph, records: ox.Store
) -> None:
    rows = list(records.query(_PARAMETERS, prefixes=PREFIXES))
    for question in kg.questions.values():
        mine = [row for row in rows if row["name"].value == question.name]
        bound = default_bindings(question)
        assert {r["variable"].value: r["default"] for r in mine if r["default"]} == bound
        assert [r["variable"].value for r in mine if r["variable"].value != "lang"] == [
            parameter.name for parameter in question.params
        ]
        for row, parameter in zip(mine, question.params, strict=False):
            assert row["label"].value == parameter.label["en"]
            kind = re.sub(".*#", "", row["type"].value)
            assert kind.lower() == parameter.type and bool(row["class"]) == bool(parameter.cls)
            assert row["optional"].value == str(parameter.default is not None).lower()
    texts = {row["name"].value: row["text"].value for row in records.query(_RECORDS, prefixes=PREFIXES)}  # fmt: skip
    for name in ("cofounders", "post-holders", "counts-of-kind", "shared-topics"):
        query = texts[name]
        for variable, term in default_bindings(kg.questions[name]).items():
            query = re.sub(rf"[?$]{variable}\b", str(term), query)
        found = [tuple(each) for each in kg.store.query(query)]
        assert found == [tuple(each) for each in kg.ask(name)], name


@pytest.mark.slow
def test_records_run_in_rdflib(kg: KnowledgeGraph, records: ox.Store) -> None:
    rows = {r["name"].value: r for r in records.query(_RECORDS, prefixes=PREFIXES)}
    data = rdflib.Dataset()
    data.parse(data=ox.serialize(kg.store, format=ox.RdfFormat.TRIG), format="trig")
    for name in sorted(rows)[::12]:
        expected = sorted(tuple(v.value if v else None for v in row) for row in kg.ask(name))
        assert sorted(_texts(data.query(rows[name]["query"].value))) == expected, name
    name = "cofounders"
    defaults = default_bindings(kg.questions[name])
    given = {key: rdflib.URIRef(value.value) for key, value in defaults.items() if key != "lang"}
    given = {**given, "lang": rdflib.Literal("en")}
    found = data.query(rows[name]["text"].value, initBindings=given)
    assert len(list(found)) == len(kg.ask(name).rows)


def _texts(rows: rdflib.query.Result) -> list[tuple[str | None, ...]]:
    return [tuple(str(value) if value is not None else None for value in row) for row in rows]  # type: ignore[union-attr]


def test_ontology_and_shapes_stand_alone(cli: Cli) -> None:
    for part, asked in (
        (
            "ontology",
            "ASK { bri:Claim a owl:Class . FILTER NOT EXISTS { ?c a bri:CreationClaim } }",
        ),
        ("shapes", "ASK { bris:Claim a sh:NodeShape . FILTER NOT EXISTS { ?c a owl:Class } }"),
    ):
        done = cli("export", "--part", part)
        store = ox.Store()
        store.load(done.stdout.encode(), ox.RdfFormat.N_QUADS)
        assert store.query(asked, prefixes=PREFIXES), part
