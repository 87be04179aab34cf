"""Names of things: every way to say one, what is near, and that a big store is not read for it."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

import bri_kg
from bri_kg.answers import resolving as naming
from bri_kg.answers.resolving import Naming
from bri_kg.errors import UsageError
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import BRI, PREFIXES
from bri_kg.stores.memory import Store

CAS = "https://w3id.org/bri-kg/id/org/cas"
LABEL = ox.NamedNode(PREFIXES["skos"] + "prefLabel")
TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
CLASS = ox.NamedNode(PREFIXES["owl"] + "Class")


@pytest.mark.parametrize(
    "text",
    [
        "CAS", "cas", "bri-org:cas", "<bri-org:cas>", CAS, f"<{CAS}>",
        "Chinese Academy of Sciences", "chinese academy OF sciences", "中国科学院",
    ],
)  # fmt: skip
def test_one_thing_has_many_names(kg: KnowledgeGraph, text: str) -> None:
    assert kg.resolve(text).value == CAS


def test_a_name_in_any_language(kg: KnowledgeGraph) -> None:
    assert kg.resolve("Российская академия наук").value.endswith("/ras")


@pytest.mark.parametrize("term", ["isFoundedBy", "Claim", "factuality"])
def test_a_term_by_its_local_name(kg: KnowledgeGraph, term: str) -> None:
    assert kg.resolve(term).value == BRI + term


def test_a_source_by_its_short_name_and_for_its_publisher(kg: KnowledgeGraph) -> None:
    source = "https://w3id.org/bri-kg/source/"
    assert kg.resolve("std-decade").value == f"{source}std-decade"
    with pytest.raises(UsageError) as caught:
        kg.resolve("CGTN", BRI + "Source")
    assert caught.value.code == "BRI122" and f"{source}cgtn-debut" in (caught.value.fix or "")


def test_an_unknown_name_gives_the_nearest_whatever_its_capitals(kg: KnowledgeGraph) -> None:
    with pytest.raises(UsageError, match="did you mean 'UNESCO'"):
        kg.resolve("Unseco")
    with pytest.raises(UsageError, match="did you mean bri-org:unesco"):
        kg.resolve("bri-org:unseco")


def test_only_things_of_the_class_are_near(kg: KnowledgeGraph) -> None:
    with pytest.raises(UsageError) as caught:
        kg.resolve("Tsingua", BRI + "Organization")
    assert "EDTF" not in str(caught.value)
    with pytest.raises(UsageError, match=r"BRI122.*is no bri:Country"):
        kg.resolve("CAS", BRI + "Country")


@pytest.mark.parametrize("text", ["http://a b", "<http://a b>", "bri-org:\udc80", "\udc80", ""])
def test_what_is_no_name_at_all(kg: KnowledgeGraph, text: str) -> None:
    with pytest.raises(UsageError, match="BRI120"):
        kg.resolve(text)


def test_of_several_things_with_a_name_the_class_decides() -> None:
    a, b, cls = (ox.NamedNode(f"http://e/{name}") for name in ("a", "b", "C"))
    quads = [ox.Quad(node, LABEL, ox.Literal("Same", language="en")) for node in (a, b)]
    names = Naming(Store([*quads, ox.Quad(a, TYPE, cls)]), own=False)
    assert names.resolve("Same", cls.value) == a
    with pytest.raises(UsageError, match="http://e/a, http://e/b"):
        names.resolve("Same")


def test_only_things_of_the_class_asked_for_are_proposed() -> None:
    a, b, cls = (ox.NamedNode(f"http://e/{name}") for name in ("a", "b", "C"))
    quads = [
        ox.Quad(a, LABEL, ox.Literal("Tsinghua", language="en")),
        ox.Quad(b, LABEL, ox.Literal("Tsing Hua Hall", language="en")),
        ox.Quad(b, TYPE, cls),
    ]
    names = Naming(Store(quads), own=False)
    with pytest.raises(UsageError, match="did you mean 'Tsinghua'"):
        names.resolve("Tsinghau")
    with pytest.raises(UsageError, match="did you mean 'Tsing Hua Hall'"):
        names.resolve("Tsinghau", cls.value)


def test_in_our_graph_names_of_foreign_nodes_do_not_count() -> None:
    quads = [ox.Quad(ox.NamedNode("http://e/a"), LABEL, ox.Literal("Foreign", language="en"))]
    assert Naming(Store(quads), own=False).resolve("Foreign").value == "http://e/a"
    with pytest.raises(UsageError, match="BRI120"):
        Naming(Store(quads), own=True).resolve("Foreign")


def test_terms_of_anybodys_by_their_local_names() -> None:
    terms = [ox.NamedNode(f"http://{place}#knows") for place in ("e/o", "e/other")]
    names = Naming(Store([ox.Quad(terms[0], TYPE, CLASS)]), own=False)
    assert names.resolve("knows") == terms[0]
    with pytest.raises(UsageError, match="BRI120"):
        names.resolve("nows")
    names = Naming(Store(ox.Quad(term, TYPE, CLASS) for term in terms), own=False)
    with pytest.raises(UsageError, match="name of several things"):
        names.resolve("knows")


def test_an_exact_name_is_found_without_reading_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    quads = [
        ox.Quad(ox.NamedNode(f"http://e/{i}"), LABEL, ox.Literal(f"Thing {i}", language="en"))
        for i in range(50)
    ]
    store = Store(quads)
    monkeypatch.setattr(naming, "_MANY", 20)
    names = Naming(store, own=False)
    with pytest.raises(UsageError, match="more than 20 names, so that only exact ones"):
        names.resolve("thing 7")
    monkeypatch.setattr(Store, "select", None)
    assert names.resolve("Thing 7").value == "http://e/7"


def test_a_store_of_the_users(tmp_path: Path) -> None:
    file = tmp_path / "x.ttl"
    file.write_text('<http://e/a> <http://www.w3.org/2000/01/rdf-schema#label> "Ä" .', "utf-8")
    assert bri_kg.open(store=file).resolve("ä").value == "http://e/a"
