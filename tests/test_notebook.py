"""Results in a notebook: every passage whole, planned never like achieved, nothing runs, nothing is fetched."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

import bri_kg
from bri_kg.answers import description_model, model
from bri_kg.answers.model import Claim, Comparison, Named, Passage, Step
from bri_kg.answers.search import Hit, Hits
from bri_kg.findings import Finding
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.notebook import BLOCKS, cited
from bri_kg.notebook.told_rows import FACTUALITIES
from bri_kg.plain import Plain, Several
from bri_kg.rdf.rows import Row, Rows

LANGS = ("en", "zh")
TAGS = {
    "a", "blockquote", "details", "div", "span", "summary", "table", "tbody", "td", "th", "thead", "tr",
}  # fmt: skip
ATTRIBUTES = {"class", "dir", "href", "lang", "rel", "scope", "style", "title"}
STATES = {
    "en": {"unchecked": "not checked against the text", "verified": "verified", "changed": "the text has changed"},
    "zh": {"unchecked": "未与文本核对", "verified": "已核对", "changed": "文本已改动"},
}  # fmt: skip
HOSTILE = "</span><script>alert(1)</script>\u202e\x1b[31m\" onclick=x '<img src=http://x.example/>"
KNOWN = sorted(
    {
        cls
        for module in (model, description_model)
        for cls in vars(module).values()
        if isinstance(cls, type) and issubclass(cls, Plain) and cls is not Plain
    },
    key=lambda cls: cls.__name__,
)


class Strict(HTMLParser):
    """Reads HTML, and fails on what is not closed, not known or not harmless; keeps the text."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.parts: list[str] = []
        self.langs: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS
        given = dict(attrs)
        assert given.keys() <= ATTRIBUTES
        assert len(given) == len(attrs)
        href = given.get("href")
        assert href is None or re.match("https?://", href)
        style = given.get("style") or ""
        assert "url(" not in style
        assert "expression" not in style
        if lang := given.get("lang"):
            self.langs.append(lang)
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)


def read(html: str | None) -> Strict:
    assert html is not None
    parser = Strict()
    parser.feed(html)
    parser.close()
    assert not parser.open
    return parser


def seen(result: Any) -> str:
    """Return the text of the HTML of a result, which a browser shows."""
    return "".join(read(result._repr_html_()).parts)


def walk(value: object) -> Iterator[object]:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        yield value
        for field in dataclasses.fields(value):
            yield from walk(getattr(value, field.name))
    elif isinstance(value, tuple | list):
        for one in value:
            yield from walk(one)


@cache
def answers(kg: KnowledgeGraph, lang: str) -> tuple[Any, ...]:
    return (
        kg.explain("ANSO", "isFoundedBy", "RAS", lang=lang),
        kg.explain("bri-claim:anso-pakistan-cas-support", lang=lang),
        kg.explain("bri-org:anso", "rdf:type", "prov:Agent", lang=lang),
        kg.describe("CAS", lang=lang),
        kg.conflicts("CAS", lang=lang),
        kg.claims("ANSO", lang=lang),
    )


@cache
def examples(kg: KnowledgeGraph, lang: str) -> dict[type, Any]:
    """Return the richest instance of each dataclass among some answers."""
    found: dict[type, Any] = {}
    sizes: dict[type, int] = {}
    for value in (one for answer in answers(kg, lang) for one in walk(answer)):
        size = len(repr(value)) if not isinstance(value, model.Explanation) else 10**9
        if size > sizes.get(type(value), -1) and size < 10**9:
            found[type(value)], sizes[type(value)] = value, size
        elif isinstance(value, model.Explanation):
            found.setdefault(type(value), value)
    one, other = kg.claims("CAS", lang=lang)[:2]
    found.setdefault(model.Outranking, model.Outranking(one, other, model.Text("why", "en")))
    found.setdefault(model.Candidate, model.Candidate("check", "a summary", (one, other)))
    found.setdefault(Step, Step(one.facts[0], one.facts[0], (one.facts[0],)) if one.facts else None)
    return found


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("cls", KNOWN, ids=lambda cls: cls.__name__)
def test_every_dataclass_shows_itself_with_every_passage_whole(
    kg: KnowledgeGraph, cls: type, lang: str
) -> None:
    example = examples(kg, lang)[cls]
    page, text = seen(example), str(example)
    assert page.strip()
    assert text.strip()
    for one in walk(example):
        if isinstance(one, Passage):
            assert f"{one.source.slug} {one.begin}–{one.end}" in page
            assert f"{one.source.slug} {one.begin}–{one.end} · {STATES[lang][one.state]}" in text
            assert one.source.page is None or one.source.page in page
        if isinstance(one, Claim):
            assert f"[{one.factuality.label}]" in page
            assert f"[{one.factuality.label}]" in text


@pytest.mark.parametrize("lang", LANGS)
def test_answers_speak_one_language_and_say_which(kg: KnowledgeGraph, lang: str) -> None:
    for answer in answers(kg, lang):
        if answer:
            assert read(answer._repr_html_()).langs[0] == lang


def test_every_claim_and_comparison_of_an_answer_is_there(kg: KnowledgeGraph) -> None:
    for answer in answers(kg, "en"):
        page = seen(answer)
        for one in walk(answer):
            if isinstance(one, Claim):
                assert one.iri.rsplit("/", 1)[-1] in page
            if isinstance(one, Comparison):
                assert one.reason is None or one.reason.value in page
                assert all(nature.label and nature.label in page for nature in one.natures)


@pytest.mark.parametrize("lang", LANGS)
def test_what_has_not_come_about_is_dotted_and_says_so_in_each_line(
    kg: KnowledgeGraph, lang: str
) -> None:
    ahead = [
        c
        for c in kg.claims(lang=lang)
        if c.factuality.iri.endswith(("planned", "pledged", "target"))
    ]
    assert ahead
    for claim in ahead:
        assert "border:2px dotted" in (claim._repr_html_() or "")
        lines = str(claim).splitlines()
        assert all(f"[{claim.factuality.label}]" in one for one in lines)
    firm = next(c for c in kg.claims(lang=lang) if c.live)
    assert "dotted" not in (firm._repr_html_() or "")


def test_what_is_denied_or_silenced_says_so(kg: KnowledgeGraph) -> None:
    firm = next(c for c in kg.claims() if c.live)
    assert "denied" not in seen(firm)
    assert "denied" in seen(dataclasses.replace(firm, negated=True))
    assert "silenced" in seen(dataclasses.replace(firm, live=False, outranked_by=("urn:x",)))
    assert "deprecated" in seen(dataclasses.replace(firm, rank=Named("urn:r", "deprecated", "en")))


def test_contradictions_come_first_and_agreement_stands_apart(kg: KnowledgeGraph) -> None:
    conflicts = kg.conflicts()
    assert isinstance(conflicts, Several)
    assert isinstance(conflicts, tuple)
    grave = dataclasses.replace(conflicts[0], stance="contradicts")
    heads = re.findall(r"^  ([A-Z ]+): (\d+)$", str(Several((*conflicts, grave))), re.M)
    assert [head for head, _ in heads] == ["CONTRADICTS", "DIFFERS", "AGREES", "RELATED"]
    assert sum(int(count) for _, count in heads) == len(conflicts) + 1
    for one in conflicts:
        assert ("border-left:5px double" in (one._repr_html_() or "")) == (
            one.stance in ("contradicts", "differs")
        )


def test_nothing_known_is_said_not_to_be_a_no(kg: KnowledgeGraph) -> None:
    known = kg.explain("ANSO", "isFoundedBy", "RAS")
    why = dataclasses.replace(known, said_by=())
    assert not why.is_known
    assert "not known" in seen(why)
    assert "not known" in seen(kg.ask("cofounders", partner="TWAS"))


# ------------------------------------------------- the words of a source


def test_words_stand_where_the_texts_are_at_hand_and_nowhere_else(
    kg: KnowledgeGraph, sources: Path
) -> None:
    for call in (
        lambda **how: kg.explain("ANSO", "isFoundedBy", "RAS", **how),
        lambda **how: kg.describe("TWAS", **how),
        lambda **how: kg.conflicts("TWAS", **how),
    ):
        bare, full = call(), call(texts=sources)
        words = {p.words for p in walk(full) if isinstance(p, Passage) and p.words}
        page, text = seen(full), str(full)
        assert words
        assert "<blockquote" not in (bare._repr_html_() or "")
        assert "| " not in str(bare)
        for one in words:
            whole = " ".join(one.split())
            assert whole in page
            assert f"| {whole}" in text


def test_a_changed_passage_shows_no_words() -> None:
    source = model.Source("urn:s", "s", None, None, "https://x.example/page")
    passage = Passage("urn:p", "evidence", source, 0, 5, "0" * 64, "changed", None)
    assert "the text has changed" in seen(passage)
    assert "https://x.example/page" in seen(passage)
    assert "0" * 64 in (passage._repr_html_() or "")


# ------------------------------------------------- hostile text


def poisoned(value: Any) -> Any:
    """Return a result in which every text is hostile."""
    if isinstance(value, str):
        return value + HOSTILE
    if isinstance(value, tuple):
        return type(value)(poisoned(one) for one in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changed = {
            f.name: poisoned(getattr(value, f.name)) for f in dataclasses.fields(value) if f.init
        }
        return dataclasses.replace(value, **changed)
    return value


def others() -> list[Any]:
    hit = Hit("urn:n", "thing", "label", "matched", "alias", 1.0, "urn:c", "class")
    finding = Finding("terms", "code", "error", "message", "fix", "urn:f", "urn:p", "v", "a.ttl", 3)
    return [hit, Hits("words", (hit,), 1), Hits("words", (), 0), finding, Named("urn:n")]


def assert_neutral(page: Strict, html: str) -> None:
    assert "<script" not in html
    assert "<img" not in html
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08\x1b]", html)
    assert "\\u202e" in "".join(page.parts)


def test_hostile_text_is_shown_and_does_nothing(kg: KnowledgeGraph) -> None:
    for one in [*examples(kg, "en").values(), *others()]:
        bad = poisoned(one)
        html = BLOCKS.html(bad)
        assert_neutral(read(html), html)
        assert "\u202e" not in BLOCKS.text(bad)
        assert "\x1b" not in BLOCKS.text(bad)


def test_hostile_text_in_a_store_of_the_users_is_neutral(tmp_path: Path) -> None:
    store = ox.Store()
    node = ox.NamedNode("http://x.example/a")
    label = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    for lang in ("en", "zh"):
        store.add(ox.Quad(node, label, ox.Literal(HOSTILE, language=lang)))
    file = tmp_path / "hostile.nt"
    store.dump(str(file), ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    mine = bri_kg.open(store=file)
    for result in (
        mine.query("SELECT * { ?s ?p ?o }"),
        mine.query("CONSTRUCT WHERE { ?s ?p ?o }"),
        mine.search("script"),
    ):
        html = BLOCKS.html(result)
        assert_neutral(read(html), html)


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "http://x/\" onclick='y"]
)
def test_only_addresses_of_the_web_are_links(address: str) -> None:
    assert "href" not in BLOCKS.html(model.Source("urn:s", "s", "t", "en", address))
    assert "href" not in BLOCKS.html(model.Reference("urn:s", "s", "en", address))


# ------------------------------------------------- rows


def test_rows_show_the_citation_the_label_and_the_prefixed_name(kg: KnowledgeGraph) -> None:
    rows = kg.ask("cofounders")
    page = seen(rows)
    assert page.count("cas-decade 3036–3249") == 3
    for name in ("3 rows", "Pakistan Academy of Sciences", "bri-org:pas"):
        assert name in page
    assert "https://w3id.org/bri-kg/source/cas-decade#char=3036,3249" in (rows._repr_html_() or "")
    assert seen(rows[0]).count("3036–3249") == 1


@pytest.mark.slow
def test_every_question_shows_every_value(kg: KnowledgeGraph) -> None:
    for name in kg.questions:
        rows = kg.ask(name)
        page, text = seen(rows), str(rows)
        for row in rows[:100]:
            for term in row:
                if isinstance(term, ox.Literal):
                    assert term.value in page
                    assert term.value in text
        passages = [str(row["passage"]) for row in rows[:100] if "passage" in rows.columns]
        for passage in passages:
            span = passage.partition("#char=")[2].rstrip(">").replace(",", "–")
            assert span in page, name


def test_rows_about_what_is_ahead_are_dotted(kg: KnowledgeGraph) -> None:
    rows = kg.ask("things-to-come")
    html = rows._repr_html_() or ""
    assert html.count("border:2px dotted") == len(rows)
    records = str(rows).splitlines()[1:]
    assert all("[" in line for line in records if line.startswith("    "))
    table = kg.ask("supporters")
    planned = [r for r in table if not str(r["factuality"]).endswith(("achieved>", "ongoing>"))]
    assert (table._repr_html_() or "").count("outline:2px dotted") == len(planned)


@pytest.mark.parametrize("lang", LANGS)
def test_rows_say_how_far_things_have_come_in_the_words_of_the_vocabulary(
    kg: KnowledgeGraph, lang: str
) -> None:
    labels = kg.query(
        f'''SELECT ?f ?label {{ ?f skos:inScheme <https://w3id.org/bri-kg/vocab/factuality> ;
        skos:prefLabel ?label FILTER (LANG(?label) = "{lang}") }}'''
    )
    assert isinstance(labels, Rows)
    known = {str(row.value("f")).rsplit("/", 1)[-1]: row.value("label") for row in labels}
    assert known == {name: both[lang == "zh"] for name, both in FACTUALITIES.items()}
    assert f"[{known['expected']}]" in seen(kg.ask("things-to-come", lang=lang))


def test_many_rows_are_left_out_whole_and_counted() -> None:
    rows = Rows(("n",), tuple((ox.Literal(n),) for n in range(250)), truncated=True)
    page = seen(rows)
    assert "250 rows; a limit left some out" in page
    assert "150 more rows are not shown" in page
    assert "99" in page
    assert str(rows[0]) == "1\n  n 0"
    assert "3.10" in seen(
        Rows(
            ("n",),
            (
                (
                    ox.Literal(
                        "3.10", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
                    ),
                ),
            ),
        )
    )
    assert isinstance(rows[0], Row)


@pytest.mark.parametrize("lang", LANGS)
def test_the_passages_of_rows_have_their_address_or_their_words(
    kg: KnowledgeGraph, lang: str
) -> None:
    rows = kg.ask("founders", lang=lang)
    passages = cited(kg, rows, lang=lang)
    cells = (row[column] for row in rows for column in ("passage", "context"))
    wanted = {str(cell).strip("<>") for cell in cells if cell is not None}
    assert {passage.iri for passage in passages} == wanted
    assert len(passages) == len(wanted)
    page = seen(passages)
    for passage in passages:
        assert f"{passage.source.slug} {passage.begin}–{passage.end}" in page
        assert str(passage.source.page) in page
    assert cited(kg, kg.ask("countries")) == ()


def test_rows_have_words_where_the_texts_are_at_hand(kg: KnowledgeGraph, sources: Path) -> None:
    (passage,) = cited(kg, kg.ask("cofounders"), texts=sources)
    assert passage.words
    assert " ".join(passage.words.split()) in seen(passage)
    assert "verified" in seen(passage)


# ------------------------------------------------- other results


@pytest.mark.parametrize("lang", LANGS)
def test_questions_show_wording_parameters_and_how_to_ask(kg: KnowledgeGraph, lang: str) -> None:
    question = kg.questions["cofounders"]
    page = seen(question)
    for words in (question.summary, question.summary_zh, 'kg.ask("cofounders")', "'bri-org:cas'"):
        assert words in page
    assert "cofounders · Who founded" in str(kg.questions.about("co-founders"))
    assert seen(kg.questions).startswith(f"{len(kg.questions)} questions")
    assert repr(question).startswith("<question cofounders(")


# Told by other fields, or by none: they only order or name.
UNSAID = {
    "Named": {"lang"}, "Text": {"lang"}, "Source": {"lang", "language"}, "Comparison": {"iri", "lang", "leading"},
    "Passage": {"iri"}, "Quantity": {"iri", "comparator", "stated"}, "TimeSpan": {"iri", "not_before", "not_after"},
    "Claim": {"live", "facts", "rank"}, "Reference": {"lang", "iri"}, "Name": {"lang", "kind"},
    "Explanation": {"on_fact"}, "StatedFact": {"basis"}, "FactGroup": {"inverse"},
    "Count": {"claim"}, "Description": {"claim"},
}  # fmt: skip


@pytest.mark.parametrize("cls", KNOWN, ids=lambda cls: cls.__name__)
def test_no_field_is_left_unsaid(kg: KnowledgeGraph, cls: type) -> None:
    """A field that is emptied changes what is shown: one that is added later must be told too."""
    example = examples(kg, "en")[cls]
    shown = example._repr_html_()
    for field in dataclasses.fields(cls):
        value = getattr(example, field.name)
        if field.name in UNSAID.get(cls.__name__, ()) or value in ((), None, False):
            continue
        if isinstance(value, str):
            empty: object = value + " otherwise"
        elif isinstance(value, tuple):
            empty = ()
        elif isinstance(value, bool | int):
            empty = not value if isinstance(value, bool) else value + 1
        elif isinstance(value, Named):
            empty = dataclasses.replace(value, label="otherwise")
        else:
            continue
        changed = dataclasses.replace(example, **{field.name: empty})
        assert changed._repr_html_() != shown, field.name


def test_reports_show_their_findings(kg: KnowledgeGraph, tmp_path: Path) -> None:
    file = tmp_path / "new.ttl"
    file.write_text(
        "@prefix bri: <https://w3id.org/bri-kg/ontology#> . <urn:a> a bri:Organisation .",
        encoding="utf-8",
    )
    page = seen(kg.validate(file))
    for word in ("does not conform", "unknown-term", "did you mean bri:Organization?", "closure"):
        assert word in page
    assert "is_consistent True" in str(kg.infer((), ()))


def test_a_search_shows_why(kg: KnowledgeGraph) -> None:
    page = seen(kg.search("Unseco"))
    assert "slip: UNESCO" in page
    assert "bri-org:unesco" in page
    assert "0 found" in seen(kg.search("Unseco", kinds=("question",)))


def test_ipython_prints_the_same_text(kg: KnowledgeGraph) -> None:
    pretty = pytest.importorskip(
        "IPython.lib.pretty", reason="the extra `tour` is not installed"
    ).pretty
    for one in (kg.ask("cofounders"), kg.search("UNESCO"), kg.conflicts("TWAS")):
        assert pretty(one) == str(one)
