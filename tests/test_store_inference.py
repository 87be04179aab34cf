"""The rules as updates inside a store: the triples and the contradictions of the reasoner, and nothing left behind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from answering_server import Heard, Say, serving
from embedded_server import Embedded
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from owl_cases import CONTRADICTIONS, RULES
from owl_oracle import parse
from owl_random import AXIOMS, FACTS
from running import Cli
from store_in_process import InProcess, inferred_in

from bri_kg.dataset.release import open_release
from bri_kg.dataset.resources import find
from bri_kg.reasoner import infer

# What cannot be said where no literal is a subject; the user is told of each.
DIFFER = {
    "prp-fp, literal", "prp-spo2, through a literal", "dt-type2, same", "dt-type2, rdf:type", "eq-ref",
    "eq-ref, inverse", "literal subjects stay inside",
}  # fmt: skip


def canonical(triples: Iterable[ox.Triple]) -> set[str]:
    dataset = ox.Dataset([ox.Quad(t.subject, t.predicate, t.object) for t in triples])
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return {str(quad) for quad in dataset}


def differences(quads: list[ox.Quad]) -> tuple[list[set[str]], bool]:
    """What is found here or in a store and not in both, and whether the user is told that rules were not followed."""
    place = InProcess(quads)
    before = set(place.store)
    found, triples = inferred_in(place)
    assert set(place.store) == before
    here, there = infer(quads), found.closure
    pairs = (
        (canonical(here.inferred), canonical(triples)),
        ({c.rule for c in here.contradictions}, {c.rule for c in there.contradictions}),
        ({u.form for u in here.unsupported}, {u.form for u in there.unsupported}),
    )
    return [one ^ other for one, other in pairs if one != other], bool(there.not_followed)


@pytest.mark.parametrize("case", [*RULES, *CONTRADICTIONS])
def test_each_rule_gives_in_a_store_what_it_gives_here(case: str) -> None:
    turtle = RULES[case] if case in RULES else CONTRADICTIONS[case][0]
    different, is_told = differences(parse(turtle))
    assert bool(different) == (case in DIFFER), different
    assert is_told or not different


def test_axioms_about_words_of_axioms_are_followed() -> None:
    turtle = ":C rdfs:subClassOf :D . owl:equivalentClass rdfs:range :E . rdfs:subClassOf rdfs:subPropertyOf :under ."
    assert differences(parse(turtle)) == ([], False)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(AXIOMS, min_size=2, max_size=8), st.lists(FACTS, min_size=2, max_size=8))
def test_random_ontologies_give_in_a_store_what_they_give_here(
    axioms: list[str], facts: list[str]
) -> None:
    different, is_told = differences(parse(" ".join(axioms + facts)))
    assert is_told or not different


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(AXIOMS, min_size=3, max_size=10), st.lists(FACTS, min_size=3, max_size=10))
def test_many_random_ontologies_give_in_a_store_what_they_give_here(
    axioms: list[str], facts: list[str]
) -> None:
    different, is_told = differences(parse(" ".join(axioms + facts)))
    assert is_told or not different


@pytest.mark.slow
def test_the_release_is_made_in_a_store_that_holds_what_is_asserted() -> None:
    release = open_release(find())
    place, whole = InProcess(release.quads(("asserted",))), InProcess(release.quads())
    before = len(place.store)
    found, triples = inferred_in(place, None, facts=True, write=True)
    assert set(place.store) == set(whole.store)
    in_claims = sum(1 for quad in place.store if quad.graph_name != ox.DefaultGraph())
    assert before + len(triples) + in_claims == len(place.store)
    assert found.count == len(triples)
    assert inferred_in(place, None, facts=True)[0].count == 0


ONTOLOGY = (
    "@prefix : <urn:> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . :p rdfs:domain :C ."
)
DATA = "<urn:a> <urn:p> _:b . _:b <urn:p> 'x' . "
FOLLOWS = {"<urn:a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:C> ."}
There = tuple[Embedded, str]


@pytest.fixture
def embedded() -> Iterator[There]:
    """A store with some triples and a graph of the user's, and its address."""
    store = Embedded()
    store.store.load(DATA + "GRAPH <urn:g> { <urn:c> <urn:p> <urn:d> }", ox.RdfFormat.TRIG)
    with serving(store) as server:
        yield store, server.url


@pytest.fixture
def ontology(tmp_path: Path) -> str:
    file = tmp_path / "ontology.ttl"
    file.write_text(ONTOLOGY)
    return str(file)


def named(lines: str) -> set[str]:
    return {line for line in lines.splitlines() if "_:" not in line}


def test_what_follows_is_printed_and_nothing_is_changed(
    cli: Cli, embedded: There, ontology: str
) -> None:
    store, url = embedded
    before = set(store.store)
    done = cli("infer", "--store", url, "--ontology", ontology)
    assert (done.returncode, done.stderr) == (0, "")
    assert named(done.stdout) == FOLLOWS
    assert len(done.stdout.splitlines()) == 2
    assert set(store.store) == before
    graph = cli("infer", "--store", url, "--ontology", ontology, "--default-graph", "urn:g")
    assert graph.stdout == FOLLOWS.copy().pop().replace("urn:a", "urn:c") + "\n"
    assert set(store.store) == before


def test_what_follows_is_added_with_the_blank_nodes_that_are_there(
    cli: Cli, embedded: There, ontology: str
) -> None:
    store, url = embedded
    before = set(store.store)
    done = cli("infer", "--store", url, "--ontology", ontology, "--write")
    assert (done.returncode, done.stdout) == (0, "")
    assert f"added 2 triples to {url}\n" in done.stderr
    query = "SELECT ?b { <urn:a> <urn:p> ?b . ?b a <urn:C> ; <urn:p> 'x' }"
    assert len(list(store.store.query(query))) == 1  # type: ignore[arg-type]
    assert before < set(store.store)
    assert len(store.store) == len(before) + 2
    again = cli("infer", "--store", url, "--ontology", ontology, "--write")
    assert "added 0 triples" in again.stderr
    cli("infer", "--store", url, "--ontology", ontology, "--write", "--default-graph", "urn:g")
    assert store.store.query("ASK { GRAPH <urn:g> { <urn:c> a <urn:C> } }")


def test_contradictions_are_said_as_of_files(cli: Cli, embedded: There, tmp_path: Path) -> None:
    store, url = embedded
    owl = tmp_path / "owl.ttl"
    owl.write_text(
        ONTOLOGY
        + "@prefix owl: <http://www.w3.org/2002/07/owl#> . :C owl:disjointWith :D . :q rdfs:range :D ."
    )
    store.store.update("INSERT DATA { <urn:x> <urn:q> <urn:z> . <urn:z> <urn:p> 1 }")
    data = tmp_path / "data.nt"
    store.store.dump(str(data), ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    there = cli("infer", "--store", url, "--ontology", str(owl))
    here = cli("infer", str(data), "--ontology", str(owl))
    assert there.returncode == here.returncode == 1
    assert "error[cax-dw]: " in here.stderr
    assert there.stderr == here.stderr


@pytest.mark.parametrize(
    "refused", ["/runs>", "/facts> { ", "/closed> {", "/round-1> {", "INSERT { ?s ?p ?o }"]
)
def test_graphs_of_ours_are_dropped_where_the_store_fails(
    cli: Cli, embedded: There, ontology: str, refused: str
) -> None:
    store, url = embedded
    before = set(store.store)

    def refusing(heard: Heard) -> Say | None:
        update = heard.form.get("update", "")
        return Say(b"no", 500) if "INSERT" in update and refused in update else None

    store.refusing = refusing
    done = cli("infer", "--store", url, "--ontology", ontology, "--write")
    assert (done.returncode, done.stdout) == (2, "")
    assert "could not be dropped" not in done.stderr
    assert set(store.store) == before


def test_a_store_that_takes_no_changes_is_refused(cli: Cli, embedded: There, ontology: str) -> None:
    store, url = embedded
    before = set(store.store)
    store.refusing = lambda heard: Say(b"read-only", 403) if "update" in heard.form else None
    done = cli("infer", "--store", url, "--ontology", ontology)
    assert (done.returncode, done.stdout) == (2, "")
    assert "error[BRI742]" in done.stderr
    assert "could not be dropped" not in done.stderr
    assert set(store.store) == before


def test_what_could_not_be_dropped_is_told_and_swept_later(
    cli: Cli, embedded: There, ontology: str
) -> None:
    store, url = embedded
    before = set(store.store)
    no = Say(b"no", 500)
    store.refusing = lambda heard: no if "DELETE DATA" in heard.form.get("update", "") else None
    done = cli("infer", "--store", url, "--ontology", ontology)
    assert "graphs of ours could not be dropped" in done.stderr
    assert set(store.store) != before
    store.refusing = lambda _: None
    again = cli("infer", "--store", url, "--ontology", ontology)
    assert "another run is at work there, or has left its graphs" in again.stderr
    left = ox.serialize(set(store.store) - before, format=ox.RdfFormat.N_QUADS) or b""
    store.store.clear()
    store.store.extend(before)
    store.store.load(left.replace(b"/scratch/20", b"/scratch/19"), ox.RdfFormat.N_QUADS)
    last = cli("infer", "--store", url, "--ontology", ontology)
    assert "removed the graphs that 1 unfinished runs had left" in last.stderr
    assert set(store.store) == before


LINE = b"<urn:a> <urn:b> <urn:c> .\n"


@pytest.mark.parametrize(
    ("answer", "code", "said"),
    [
        (Say(LINE), 3, "gave 1 rows of 2"),
        (Say(LINE, length=100), 2, "was cut short"),
        (Say(LINE + b"<urn:a> <urn:b>"), 2, "was cut short"),
        (Say(LINE + b"an error inside\n"), 2, "was cut short"),
        (Say(LINE, headers={"X-SQL-State": "S1TAT"}), 3, "S1TAT"),
        (Say(b"no", 500), 2, "HTTP 500"),
    ],
)
def test_an_answer_with_triples_missing_is_no_answer(
    cli: Cli, embedded: There, ontology: str, answer: Say, code: int, said: str
) -> None:
    store, url = embedded
    before = set(store.store)
    store.refusing = lambda heard: answer if "CONSTRUCT" in heard.form.get("query", "") else None
    done = cli("infer", "--store", url, "--ontology", ontology)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert set(store.store) == before


def test_a_store_that_shows_every_graph_is_refused(
    cli: Cli, embedded: There, ontology: str
) -> None:
    store, url = embedded
    store.union = True
    before = set(store.store)
    done = cli("infer", "--store", url, "--ontology", ontology)
    assert done.returncode == 2
    assert "BRI744" in done.stderr
    named_graph = cli("infer", "--store", url, "--ontology", ontology, "--default-graph", "urn:g")
    assert len(named_graph.stdout.splitlines()) == 1
    assert set(store.store) == before


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("data.ttl", "--store", "http://localhost:1"), "BRI757"),
        ((), "BRI758"),
        (("--store", "http://localhost:1", "--engine", "reference"), "BRI759"),
        (("data.ttl", "--write"), "BRI722"),
        (("--store", "http://localhost:1", "--default-graph", "no iri"), "BRI756"),
    ],
)
def test_what_does_not_fit_together_is_refused(
    cli: Cli, arguments: tuple[str, ...], code: str
) -> None:
    done = cli("infer", *arguments)
    assert done.returncode == 2
    assert code in done.stderr


def test_a_store_on_disk_gives_what_a_file_gives(cli: Cli, ontology: str, tmp_path: Path) -> None:
    data = tmp_path / "data.ttl"
    data.write_text(DATA)
    assert cli("load", str(data), "--store", str(tmp_path / "store")).returncode == 0
    of_file = cli("infer", str(data), "--ontology", ontology)
    for place in ("store", "data.ttl"):
        done = cli("infer", "--store", str(tmp_path / place), "--ontology", ontology)
        assert done.returncode == 0, done.stderr
        assert named(done.stdout) == named(of_file.stdout) == FOLLOWS
