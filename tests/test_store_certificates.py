"""`compare --store`: what a store holds and answers is held against the release, and only listed departures pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import ROOT, Cli

from bri_kg.checking.store_certificates import Certificate, certify
from bri_kg.cli.show.certified import certificate_lines
from bri_kg.cli.show.layout import Page
from bri_kg.dataset.questions import Question
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import PREFIXES
from bri_kg.plain import display_width
from bri_kg.publishing.store_pages import store_pages
from bri_kg.rdf.rows import Rows
from bri_kg.rdf.terms import Term
from bri_kg.stores.addresses import KINDS
from bri_kg.stores.known_stores import known_stores, warning
from bri_kg.stores.memory import Store

# One that Virtuoso gives in another order, one of other rows, one with booleans, one without departures.
ASKED = ("statements", "partners", "gaps", "cofounders")
INTEGER = ox.NamedNode(PREFIXES["xsd"] + "integer")
Change = Callable[[Rows], Rows]


class Changed(Store):
    """A store of a kind, whose answers to questions are changed on their way."""

    def __init__(self, quads: Iterable[ox.Quad], kind: str = "virtuoso") -> None:
        super().__init__(quads)
        self.is_like = kind
        self.changes: dict[str, Change] = {}

    @property
    def kind(self) -> str:
        return self.is_like

    def select(self, query: str, *args: object, **options: object) -> Rows:  # type: ignore[override]
        rows = super().select(query, *args, **options)  # type: ignore[arg-type]
        change = next((c for words, c in self.changes.items() if words in query), None)
        return change(rows) if change else rows


def reverse(rows: Rows) -> Rows:
    return Rows(rows.columns, rows.rows[::-1])


def drop_one(rows: Rows) -> Rows:
    return Rows(rows.columns, rows.rows[1:])


def count_truths(rows: Rows) -> Rows:
    """As Virtuoso gives what BOUND says."""

    def digit(term: Term | None) -> Term | None:
        is_truth = isinstance(term, ox.Literal) and term.value in ("true", "false")
        return ox.Literal(str(int(term.value == "true")), datatype=INTEGER) if is_truth else term  # type: ignore[union-attr]

    return Rows(rows.columns, tuple(tuple(map(digit, row)) for row in rows.rows))


@pytest.fixture(scope="module")
def questions(kg: KnowledgeGraph) -> list[Question]:
    return [kg.questions[name] for name in ASKED]


def held(kg: KnowledgeGraph, there: Store, questions: list[Question]) -> Certificate:
    return certify(kg.guarded, there, questions)


def in_a_graph(quads: Iterable[ox.Quad]) -> Iterable[ox.Quad]:
    """As in a store whose default graph is the union of its graphs."""
    name = ox.NamedNode("https://example.org/release")
    for quad in quads:
        is_named = isinstance(quad.graph_name, ox.NamedNode)
        yield quad if is_named else ox.Quad(quad.subject, quad.predicate, quad.object, name)
        yield quad


def results(certificate: Certificate) -> dict[str, str]:
    return {h.what: h.result for h in (*certificate.counts, *certificate.questions)}


def test_the_same_dataset_is_the_same(kg: KnowledgeGraph, questions: list[Question]) -> None:
    found = held(kg, Changed(kg.release.quads(), "oxigraph"), questions)
    assert set(results(found).values()) == {"same"}
    assert (found.holds, found.answered) == (True, len(ASKED))
    assert found.verdict == "4 of 4 questions are answered as here"
    assert "departures" not in str(found.rows())


@pytest.mark.parametrize("part", ["default", "claim", "letters"])
def test_what_is_lost_or_spoilt_is_seen(
    kg: KnowledgeGraph, questions: list[Question], part: str
) -> None:
    quads = list(kg.release.quads())
    of_claims = [q for q in quads if isinstance(q.graph_name, ox.NamedNode)]
    spoilt = next(q for q in quads if isinstance(q.object, ox.Literal) and q.object.language)
    there = Changed(quads, "oxigraph")
    raw = there.oxigraph
    if part == "default":
        raw.remove(next(q for q in quads if isinstance(q.graph_name, ox.DefaultGraph)))
    elif part == "claim":
        raw.remove(of_claims[0])
    else:
        text = ox.Literal("Ã" + spoilt.object.value, language=spoilt.object.language)
        raw.remove(spoilt)
        raw.add(ox.Quad(spoilt.subject, spoilt.predicate, text, spoilt.graph_name))
    found = held(kg, there, questions)
    counted = {"default": "default graph", "claim": "graphs of claims"}.get(part)
    assert results(found)[counted or "texts in a language"] == "different"
    assert not found.holds


def test_a_listed_departure_passes_and_nothing_else(
    kg: KnowledgeGraph, questions: list[Question]
) -> None:
    there = Changed(in_a_graph(kg.release.quads()))
    words = {name: kg.questions[name].query[-200:] for name in ASKED}
    there.changes = {words["statements"]: reverse, words["partners"]: drop_one}
    found = held(kg, there, questions)
    assert results(found)["statements"] == results(found)["partners"] == "departure"
    assert (found.holds, found.answered, found.met) == (True, 2, 2)
    cells = {row[0].value: row[2].value for row in found.rows() if row[0] and row[2]}
    assert (cells["statements"][-5:], cells["partners"]) == (" rows", "other rows")
    there.is_like = "fuseki"  # of which nothing is listed
    assert not held(kg, there, questions).holds
    there.is_like = "virtuoso"
    there.changes[words["statements"]] = drop_one  # its order is listed, its rows are not
    assert results(held(kg, there, questions))["statements"] == "different"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_certificate_is_a_page_in_both_languages(
    kg: KnowledgeGraph, questions: list[Question], lang: str
) -> None:
    there = Changed(
        [q for q in kg.release.quads() if q.predicate.value != PREFIXES["skos"] + "note"]
    )
    words = {name: kg.questions[name].query[-200:] for name in ASKED}
    there.changes = {words["partners"]: drop_one, words["cofounders"]: drop_one}
    found = held(kg, there, questions)
    lines = certificate_lines(Page(80, lang=lang), found, everything=False)
    assert max(map(display_width, lines)) <= 80
    shown = "\n".join(lines)
    wanted = {
        "en": (
            "WHAT IT HOLDS\n  default graph:",
            "2 of 4 questions as here\n  1 of 6 departures met that docs/stores.md lists",
            "texts in a language:",
            "cofounders: 2 rows for 3",
            "partners: cells of OPTIONAL are empty",
            "ask the graph without --store",
            "TO SET\n  `ResultSetMaxRows`",
        ),
        "zh": (
            "所存内容\n  默认图：",
            "4 个问题中 2 个的回答与此处相同\n  docs/stores.md 所列的 6 处差异中遇到 1 处",
            "带语言标记的文本：",
            "cofounders：2 行（应为 3 行）",
            "应作的设置\n",
        ),
    }[lang]
    assert [part for part in wanted if part not in shown] == [], shown
    assert ("partners" in shown, "gaps" in shown, "statements" in shown) == (True, False, False)
    whole = certificate_lines(Page(80, lang=lang), found, everything=True)
    assert set(lines) < set(whole) and any("gaps" in line for line in whole)


def test_ones_and_noughts_are_read_where_a_question_declares_booleans(
    kg: KnowledgeGraph, questions: list[Question]
) -> None:
    there = Changed(kg.release.quads(), "oxigraph")
    there.changes = {kg.questions["gaps"].query[-200:]: count_truths}
    assert results(held(kg, there, questions))["gaps"] == "same"


def test_a_folder_is_compared_too(cli: Cli, kg: KnowledgeGraph, tmp_path: Path) -> None:
    place = tmp_path / "store"
    store = ox.Store(str(place))
    store.extend(kg.release.quads())
    store.remove(next(iter(store.quads_for_pattern(None, None, None, ox.DefaultGraph()))))
    store.flush()
    del store
    done = cli("compare", "--store", str(place), "-f", "csv")
    assert (done.returncode, "default graph" in done.stdout) == (1, True)
    assert "1 count, such as of" in done.stdout


def test_files_beside_a_store_are_refused(cli: Cli) -> None:
    done = cli("compare", "data.ttl", "--store", "folder")
    assert (done.returncode, "BRI760" in done.stderr) == (2, True)


def test_what_is_listed_are_stored_questions_of_known_kinds(kg: KnowledgeGraph) -> None:
    assert set(known_stores()) < set(KINDS)
    for known in known_stores().values():
        listed = [name for each in known.departures for name in each.questions]
        assert set(listed) <= set(kg.questions)


def test_a_store_with_departures_is_warned_of() -> None:
    assert warning("oxigraph") is None
    assert warning("", "partners") is None
    assert "docs/stores.md" in str(warning("virtuoso"))
    assert "docs/stores.md" in str(warning("virtuoso", "gaps"))  # read rightly by bri-kg
    assert "partners" in str(warning("virtuoso", "partners"))


def test_the_page_of_stores_follows_from_the_certificates() -> None:
    wanted = store_pages(ROOT / "docs")[ROOT / "docs" / "stores.md"]
    assert (ROOT / "docs" / "stores.md").read_text(encoding="utf-8") == wanted, (
        "run python -m bri_kg.cli.generate"
    )
    for known in known_stores().values():
        for name, _ in known.forms:
            assert f"certificates/{name}.csv" in wanted
            assert (ROOT / "docs" / "certificates" / f"{name}.csv").is_file()


def test_versions_are_those_that_maven_brings() -> None:
    pom = (ROOT / "tests" / "stores" / "pom.xml").read_text(encoding="utf-8")
    for kind, artifact in (("fuseki", "jena-fuseki-server"), ("rdf4j", "rdf4j-http-server")):
        version = known_stores()[kind].version
        assert f"<artifactId>{artifact}</artifactId>\n      <version>{version}<" in pom
