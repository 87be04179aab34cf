"""`kg.query`: every form of query behind one guard, and limits that are numbers."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.compare import isomorphic

from bri_kg.errors import QuerySyntaxError, RefusedError, UsageError
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.rdf.graph_results import Graph
from bri_kg.rdf.graphs import FORMATS
from bri_kg.rdf.rows import Rows

SOURCES = "CONSTRUCT { ?s a bri:Source } WHERE { ?s a bri:Source }"


def test_each_form_gives_what_it_is_for(kg: KnowledgeGraph) -> None:
    assert isinstance(kg.query("SELECT * WHERE { ?s a bri:Source }"), Rows)
    assert kg.query("ASK { ?s a bri:Source }") is True
    assert kg.query("ASK { ?s a <http://e/none> }") is False
    assert isinstance(kg.query(SOURCES), Graph)
    assert isinstance(kg.query("DESCRIBE bri-org:cas"), Graph)


def test_a_graph_is_frozen_and_iterable(kg: KnowledgeGraph) -> None:
    graph = kg.query(SOURCES)
    assert isinstance(graph, Graph)
    assert len(graph) == len(list(graph)) == len(set(graph)) == 5
    assert next(iter(graph)) in graph
    assert (
        ox.Triple(ox.NamedNode("http://e/a"), ox.NamedNode("http://e/p"), ox.Literal("x"))
        not in graph
    )
    with pytest.raises(FrozenInstanceError):
        graph.triples = ()  # type: ignore[misc]
    assert json.loads(json.dumps(graph.to_dict()))["triples"][0]["subject"]["type"] == "uri"


def test_a_graph_in_every_format_and_in_rdflib(kg: KnowledgeGraph) -> None:
    graph = kg.query("DESCRIBE bri-org:cas")
    assert isinstance(graph, Graph)
    assert len(graph.to_rdflib()) == len(graph)
    for name in FORMATS:
        text = graph.serialize(name)
        assert text == graph.serialize(name)
        assert len(list(ox.parse(text, format=FORMATS[name]))) == len(graph), name
    read = rdflib.Graph().parse(data=graph.serialize("ttl"), format="turtle")
    assert isomorphic(read, graph.to_rdflib())
    with pytest.raises(UsageError, match="not written as 'turtle'"):
        graph.serialize("turtle")


def test_a_limit_cuts_rows_and_triples_and_is_told(kg: KnowledgeGraph) -> None:
    whole = kg.query(SOURCES)
    assert isinstance(whole, Graph)
    for limit, is_cut in ((2, True), (5, False), (9, False)):
        rows, graph = (
            kg.query("SELECT * { ?s a bri:Source }", limit=limit),
            kg.query(SOURCES, limit=limit),
        )
        assert isinstance(rows, Rows)
        assert isinstance(graph, Graph)
        assert (
            (len(rows), rows.truncated) == (len(graph), graph.truncated) == (min(limit, 5), is_cut)
        )
        assert graph.triples == whole.triples[:limit]


@pytest.mark.parametrize("limit", ["5", 1.5, True, 0, -1, [1]])
def test_limits_are_whole_numbers_above_0(kg: KnowledgeGraph, limit: object) -> None:
    for call in (
        lambda: kg.query("ASK {}", limit=limit),
        lambda: kg.ask("cofounders", limit=limit),
        lambda: kg.questions["cofounders"](limit=limit),
        lambda: kg.search("UNESCO", limit=limit),
    ):
        with pytest.raises(UsageError, match=r"BRI125.*whole number above 0"):
            call()


@pytest.mark.parametrize("form", ["SELECT * {", "ASK {", "CONSTRUCT WHERE {", "DESCRIBE * {"])
def test_no_form_opens_a_door(kg: KnowledgeGraph, form: str) -> None:
    with pytest.raises(RefusedError, match="SERVICE"):
        kg.query(f"{form} SERVICE <http://e/> {{ ?s ?p ?o }} }}")


def test_errors_name_the_query(kg: KnowledgeGraph) -> None:
    with pytest.raises(RefusedError):
        kg.query("INSERT DATA { <http://e/a> <http://e/b> 1 }")
    for form in ("SELECT * {", "ASK {", "DESCRIBE {", "CONSTRUCT {", "what is this?"):
        with pytest.raises(QuerySyntaxError, match=r"^mine\.rq:1"):
            kg.query(form, file="mine.rq")
