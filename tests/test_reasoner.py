"""The reasoner: the same triples as owlrl, every contradiction, and nothing said to be covered that is not."""

from __future__ import annotations

import importlib
import pkgutil
import random
import re

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from owl_cases import CONTRADICTIONS, RULES, TRIVIAL, UNSUPPORTED
from owl_oracle import close_by_owlrl, parse, without_axiomatic
from owl_random import AXIOMS, FACTS, STRANGE

from bri_kg import reasoner
from bri_kg.dataset import assembly as dataset
from bri_kg.dataset import projection
from bri_kg.dataset.resources import find
from bri_kg.names import BASE, PREFIXES
from bri_kg.rdf.graphs import write_graph
from bri_kg.rdf.parsing import read_rdf
from bri_kg.reasoner import Unsupported, infer
from bri_kg.stores.memory import Store


@pytest.mark.parametrize("turtle", RULES.values(), ids=RULES)
def test_each_rule_gives_what_owlrl_gives(turtle: str, request: pytest.FixtureRequest) -> None:
    quads = parse(turtle)
    wanted, errors = close_by_owlrl(quads)
    inference = infer(quads)
    found = set(inference.inferred)
    assert without_axiomatic(found, {quad.triple for quad in quads}) == wanted
    assert len(inference.inferred) == len(found)
    assert (errors, inference.contradictions, inference.unsupported) == ([], (), ())
    assert wanted or request.node.callspec.id in TRIVIAL


def test_the_modules_say_which_rules_they_hold() -> None:
    names = [module.name for module in pkgutil.iter_modules(reasoner.__path__)]
    said = " ".join(
        importlib.import_module(f"{reasoner.__name__}.{name}").__doc__ or "" for name in names
    )
    tested = {case.split(",")[0] for case in (*RULES, *CONTRADICTIONS)}
    rules = {rule for rule in tested if re.fullmatch(r"(eq|prp|cls|cax|dt|scm)-\w+", rule)}
    assert len(rules) > 60
    assert {rule for rule in rules if not re.search(rf"\b{rule}\d?\b", said)} == set()


def test_a_key_makes_the_same_only_what_shares_all_of_it() -> None:
    """prp-key. owlrl never compares the last property of a key, so it is no oracle here."""
    turtle = ":C owl:hasKey ( :p :q ) . :a a :C ; :p 1 ; :q 2 . "
    others = ":b a :C ; :p 1 ; :q 2 , 3 . :c a :C ; :p 1 ; :q 4 . :d :p 1 ; :q 2 . :e a :C ; :p 1 ."
    same = [t for t in infer(parse(turtle + others)).inferred if "sameAs" in str(t.predicate)]
    assert {(t.subject.value[-1], t.object.value[-1]) for t in same} == {("a", "b"), ("b", "a")}  # type: ignore[union-attr]
    wrong, _ = close_by_owlrl(parse(turtle + others))
    assert any("/c>" in str(t.subject) and "sameAs" in str(t.predicate) for t in wrong)


def test_a_key_is_seen_whatever_comes_last() -> None:
    turtle = ":C owl:hasKey ( :p ) . :q rdfs:domain :C . :f a owl:FunctionalProperty . "
    facts = ":a :p :k1 ; :q 1 . :b :p :k2 ; :q 1 . :x :f :k1 , :k2 . :b :r :y ."
    found = set(infer(parse(turtle + facts)).inferred)
    assert parse(":a :r :y .")[0].triple in found


@pytest.mark.parametrize("case", CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_each_contradiction_names_axiom_and_facts(
    case: tuple[str, str, bool], request: pytest.FixtureRequest
) -> None:
    turtle, says, owlrl_finds_it = case
    quads = parse(turtle)
    found = infer(quads)
    assert [c.rule for c in found.contradictions] == [request.node.callspec.id.split(",")[0]]
    contradiction = found.contradictions[0]
    message = contradiction.message.replace("<http://example.org/", ":").replace(">", "")
    assert says in message
    asserted = {quad.triple for quad in quads}
    assert contradiction.facts and set(contradiction.facts) <= asserted
    wanted, errors = close_by_owlrl(quads)
    assert set(found.inferred) == wanted
    # A known difference: owlrl leaves out the last of a list, value spaces and bounds.
    assert bool(errors) == owlrl_finds_it


@pytest.mark.parametrize("form", UNSUPPORTED)
def test_a_form_that_no_rule_covers_is_named_and_the_rest_applied(form: str) -> None:
    found = infer(parse(UNSUPPORTED[form] + " :E rdfs:subClassOf :F . :x a :E ."))
    assert [item.form for item in found.unsupported] == [form]
    assert parse(":x a :F .")[0].triple in set(found.inferred)


def test_words_of_owl_stay_apart_and_that_is_said() -> None:
    found = infer(parse("owl:Thing owl:sameAs owl:Nothing . :x a :A . :A rdfs:subClassOf :B ."))
    assert [item.form for item in found.unsupported] == ["owl:sameAs"]
    assert found.contradictions == ()


def test_the_packaged_ontology_is_covered_and_closed_alone() -> None:
    quads = [quad for path in find().ontology_files() for quad in read_rdf(path)]
    found = infer((), quads)
    assert (found.unsupported, found.contradictions, found.imports) == ((), (), ())


def test_input_is_not_changed_and_order_is_stable() -> None:
    quads = parse(" ".join(RULES[name] for name in ("prp-trp", "eq-rep-s", "cls-int1")))
    before = list(quads)
    first = list(infer(quads).inferred)
    assert quads == before
    assert first == list(infer(reversed(quads)).inferred)
    assert first == list(infer(quads[:3], quads[3:] + quads).inferred)
    as_quads = [ox.Quad(t.subject, t.predicate, t.object) for t in first]
    assert "".join(infer(quads).inferred.n_triples()).encode() == write_graph(as_quads, "nt")


def _equals_owlrl(lines: list[str]) -> None:
    quads = parse("\n".join(lines))
    found = infer(quads)
    assume(not any(_cannot_be_meant(item) for item in found.unsupported))
    wanted, errors = close_by_owlrl(quads)
    assert without_axiomatic(found.inferred, {quad.triple for quad in quads}) == wanted
    # What follows from two literals being the same is no contradiction to owlrl.
    known = {c.rule for c in found.contradictions} - {"dt-diff"}
    assert bool(errors) == bool(known)


def _cannot_be_meant(item: Unsupported) -> bool:
    """Whether a graph made words of OWL the same as each other, or broke a list: both are reported."""
    return "is not made the same" in item.message or "its list is broken" in item.message


_TBOX_AND_ABOX = st.tuples(
    st.lists(AXIOMS, min_size=1, max_size=6), st.lists(FACTS, min_size=1, max_size=7)
)
_SETTINGS = settings(
    deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow], database=None
)


@settings(_SETTINGS, max_examples=40)
@given(_TBOX_AND_ABOX)
def test_random_graphs(graph: tuple[list[str], list[str]]) -> None:
    _equals_owlrl([*graph[0], *graph[1]])


@pytest.mark.slow
@settings(_SETTINGS, max_examples=200)
@given(_TBOX_AND_ABOX)
def test_many_random_graphs(graph: tuple[list[str], list[str]]) -> None:
    _equals_owlrl([*graph[0], *graph[1]])


_STRANGE_GRAPH = st.lists(STRANGE, min_size=3, max_size=9)


@settings(_SETTINGS, max_examples=30)
@given(_STRANGE_GRAPH)
def test_strange_graphs(lines: list[str]) -> None:
    """Names of all kinds are one, and axioms speak of the words of RDF and OWL; see `_cannot_be_meant`."""
    _equals_owlrl(lines)


@pytest.mark.slow
@settings(_SETTINGS, max_examples=300)
@given(_STRANGE_GRAPH)
def test_many_strange_graphs(lines: list[str]) -> None:
    """What is left out: words made the same as each other, and lists that are none any more."""
    _equals_owlrl(lines)


# This ontology, on the real graph and on generated ones.


@pytest.mark.slow
def test_the_real_graph() -> None:
    resources = find()
    asserted = dataset.assert_all(resources)
    facts = projection.project(Store(asserted), resources)
    quads = [*asserted, *facts]
    wanted, errors = close_by_owlrl(quads)
    found = infer(quads)
    assert len(wanted) > 1000
    assert set(found.inferred) == wanted
    assert (errors, found.contradictions) == ([], ())


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_generated_graphs(seed: int) -> None:
    ontology = [quad for path in find().ontology_files() for quad in read_rdf(path)]
    quads = [*ontology, *_generated(ontology, random.Random(seed), 6_000)]
    assert len(set(quads)) > 9_000
    wanted, errors = close_by_owlrl(quads)
    found = infer(quads)
    assert len(wanted) > 2_000
    assert set(found.inferred) == wanted
    assert bool(errors) == bool(found.contradictions)


def _generated(ontology: list[ox.Quad], rng: random.Random, size: int) -> list[ox.Quad]:
    """Triples with the properties of an ontology between things of a few hundred names."""
    names = [ox.NamedNode(f"{BASE}id/org/generated-{n}") for n in range(size // 8)]
    kinds = {PREFIXES["owl"] + kind: kind for kind in ("Class", "ObjectProperty")}
    terms: dict[str, list[ox.NamedNode]] = {kind: [] for kind in kinds.values()}
    for quad in ontology:
        kind = kinds.get(getattr(quad.object, "value", ""))
        if kind and isinstance(quad.subject, ox.NamedNode):
            terms[kind].append(quad.subject)
    made = []
    for number in range(size):
        if number % 4:
            # To a name near by: long chains of a transitive property would swamp owlrl.
            place = rng.randrange(len(names) - 5)
            subject, value = names[place], names[place + rng.randrange(1, 5)]
            made.append(ox.Quad(subject, rng.choice(terms["ObjectProperty"]), value))
        else:
            cls = rng.choice(terms["Class"])
            made.append(ox.Quad(rng.choice(names), ox.NamedNode(PREFIXES["rdf"] + "type"), cls))
    return made


MANY_WITNESSES = """
:Place owl:disjointWith :Actor . :City rdfs:subClassOf :Place . :Club rdfs:subClassOf :Actor .
:lies rdfs:range :Place . :runs rdfs:domain :Actor . :owns rdfs:domain :Actor . :holds rdfs:subPropertyOf :owns .
:age rdfs:range xsd:integer .
:x :runs :a , :b ; :holds :c ; :age "young" . :y :age "young" . :q :lies :x . :p :lies :x .
:z a :City , :Club . :z :runs :a . :r :lies :z .
"""


def test_contradictions_name_the_least_facts_whatever_the_order_of_the_input() -> None:
    quads = parse(MANY_WITNESSES)
    told = set()
    for seed in range(12):
        random.Random(seed).shuffle(quads)
        told.add(tuple(c.message for c in infer(quads).contradictions))
    assert len(told) == 1
    [messages] = told
    of_x = next(m for m in messages if "/x> is both" in m)
    assert "p> <http://example.org/lies>" in of_x and "q>" not in of_x
    of_z = next(m for m in messages if "/z> is both" in m)
    assert of_z.count(" rdf:type ") == 2, "what is asserted comes before what follows"


def test_what_does_not_bear_on_a_contradiction_changes_nothing_in_its_words() -> None:
    """So that a part of a graph names the same facts as the whole."""
    quads = parse(MANY_WITNESSES)
    axioms = [q for q in quads if q.predicate.value.startswith((PREFIXES["owl"], PREFIXES["rdfs"]))]
    about_x = [q for q in quads if "/x" in str(q)]
    whole = {c.message for c in infer(quads).contradictions if "/x> is both" in c.message}
    assert {
        c.message for c in infer([*about_x, *axioms]).contradictions if "is both" in c.message
    } == whole
