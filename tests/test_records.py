"""Questions as SPARQL executables: every record runs elsewhere and gives the question's own rows."""

from __future__ import annotations

import pyoxigraph as ox
from conftest import Cli

from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import PREFIXES

_RECORDS = """SELECT ?name ?query ?en ?zh WHERE {
  ?record a sh:SPARQLSelectExecutable ; sh:select ?query ; dcterms:identifier ?name ;
    dcterms:title ?en , ?zh .
  FILTER (LANG(?en) = "en" && LANG(?zh) = "zh")
}"""


def test_every_question_is_a_record_that_runs_as_it_is(kg: KnowledgeGraph, cli: Cli) -> None:
    done = cli("export", "--part", "questions", "--format", "ttl")
    assert done.returncode == 0, done.stderr
    records = ox.Store()
    records.load(done.stdout.encode(), ox.RdfFormat.TURTLE)
    rows = list(records.query(_RECORDS, prefixes=PREFIXES))
    assert {row["name"].value for row in rows} == set(kg.questions)
    for row in rows:
        # Nothing but the text of the record: prefixes and the defaults of parameters are in it.
        found = [tuple(each) for each in kg.store.query(row["query"].value)]
        name = row["name"].value
        assert found == [tuple(each) for each in kg.ask(name)], name
        assert row["en"].value == kg.questions[name].summary


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
