"""The page of a thing: facts with their passages, what differs, what is only ahead; small, and safe."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pages_here
import pytest
from starlette.testclient import TestClient

import bri_kg
from bri_kg.answers.fact_groups import told_together
from bri_kg.answers.model import Passage, Source
from bri_kg.answers.nature_words import told_otherwise
from bri_kg.answers.rivals import all_compared, differing, rivals_of_count, rivals_of_fact
from bri_kg.answers.standing import is_ahead, sources_of, tells_how_far
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import BASE, BRI, COME_ABOUT
from bri_kg.texts.originals import texts_at_hand
from bri_kg.web.explorer.page import Page
from bri_kg.web.explorer.page_addresses import Served
from bri_kg.web.explorer.publisher_links import at_publisher
from bri_kg.web.explorer.thing_parts import STEP, parts
from bri_kg.web.explorer.things import pages_going_on, thing_of
from bri_kg.web.site import Site, Words

ANSO, CAS = BASE + "id/org/anso", BASE + "id/org/cas"
FOUNDERS = BASE + "claim/cas-decade-anso-founders"
# The heaviest things, and one of each kind.
SHOWN = (
    ANSO, CAS, BASE + "id/place/china", BASE + "id/place/beijing", BASE + "id/person/xi-jinping",
    BASE + "vocab/theme/climate-change", BASE + "vocab/kind/document", BASE + "vocab/factuality",
    BASE + "vocab/kind/review-of-past-years", BASE + "vocab/factuality/achieved", BASE + "id/time/2018",
    FOUNDERS, BASE + "claim/anso-pakistan-members-count", BASE + "id/group/chinese-scientists",
    BRI + "isFoundedBy", BRI + "Organization", BRI + "Claim", BRI + "evidence",
    BASE + "id/comparison/action-plan-and-action-program",
)  # fmt: skip
MOST = 100_000
HOSTILE = """@prefix : <http://example.org/> .
@prefix bri: <https://w3id.org/bri-kg/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
:x skos:prefLabel "<script>alert(1)</script>"@en , "\\"><img src=x onerror=alert(1)>"@zh ;
  skos:altLabel "'><svg onload=alert(1)>"@fr-x-y ;
  skos:definition "</p><iframe src=javascript:alert(1)>"@en ;
  :p <javascript:alert(1)> , <data:text/html,x> , :y ; :q "<b onclick=alert(1)>"@en .
:y :p :x .
"""


def here(iri: str, lang: str = "en", *, texts: Path | None = None, **query: str) -> Page:
    at = Served(pages_here.URL, lang, iri, tuple(query.items()))
    return Page(at, lang, texts=texts)


@pytest.fixture(scope="module")
def site(kg: KnowledgeGraph) -> Site:
    return Site(kg, pages_here.URL, "0123456789abcdef")


@pytest.fixture(scope="module")
def web(kg: KnowledgeGraph) -> Iterator[TestClient]:
    with pages_here.client(kg) as client:
        yield client


def parted(html: str, tag: str, mark: str) -> list[str]:
    """Return the elements of a page that begin so, with all that is in them."""
    found = []
    for begin in re.finditer(rf"<{tag}\b[^>]*{mark}[^>]*>", html):
        depth, end = 0, len(html)
        for one in re.finditer(rf"<(/?){tag}\b", html[begin.start() :]):
            depth += -1 if one[1] else 1
            if depth == 0:
                end = begin.start() + one.end()
                break
        found.append(html[begin.start() : end])
    return found


@pytest.mark.parametrize("iri", SHOWN)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_page_is_small_with_words_too(site: Site, iri: str, lang: str) -> None:
    folder = texts_at_hand(None) if lang == "en" else None
    html = thing_of(site, here(iri, lang, texts=folder), iri)
    assert len(html.encode()) < MOST
    assert " style=" not in html
    assert "<script" not in html.partition("<main")[2]


def test_every_fact_has_a_passage_or_says_what_it_rests_on(site: Site) -> None:
    for iri in (ANSO, CAS, BASE + "id/place/beijing"):
        html = thing_of(site, here(iri), iri)
        facts = [
            item
            for listed in parted(html, "ul", 'class="plain facts"')
            for item in re.split(r"\n(?=<li)", listed)[1:]
        ]
        assert len(facts) > 5
        for fact in facts:
            has_passage = re.search(r'href="/doc/source/[^"]+#char=', fact)
            assert has_passage or "from a reference" in fact or "inferred" in fact, fact


def test_what_is_ahead_stands_apart_and_each_line_says_how_far(
    site: Site, kg: KnowledgeGraph
) -> None:
    about = kg.describe(ANSO)
    html = thing_of(site, here(ANSO), ANSO)
    (block,) = parted(html, "section", 'id="planned"')
    items = re.findall(r'<li class="ahead">(<span class="mark ahead">[^<]+</span>)?', block)
    assert len(items) == 5 and all(items)
    for fact in parted(html, "section", 'id="facts"') + parted(html, "section", 'id="counts"'):
        for rivals in parted(fact, "details", 'class="rivals"'):
            fact = fact.replace(rivals, "")
        assert 'class="mark ahead"' not in fact
    ahead = {claim.iri for claim in about.ahead}
    assert ahead
    for part in parts(about):
        if part.kind == "facts":
            told = {claim for values in part.items for claim in values.claims}
            assert not ahead & {claim.iri for claim in told}
            assert all(claim.factuality.iri in COME_ABOUT for claim in told)


def test_words_stand_in_folds_in_the_language_of_the_source(
    site: Site, kg: KnowledgeGraph, sources: Path
) -> None:
    words = kg.explain(FOUNDERS, texts=sources).said_by[0].evidence[0].words
    assert words
    html = thing_of(site, here(ANSO, "zh", texts=sources), ANSO)
    shown = "".join(re.findall(r'<blockquote lang="en">.*?</blockquote>', html))
    assert words.split(" (")[0] in shown
    assert "<blockquote>" not in html
    opened = re.findall(r'<details class="said"( open)?>', html)
    assert 10 < sum(map(bool, opened)) < len(opened)
    assert "已核对" in html
    assert ":~:text=" in html and 'rel="noopener noreferrer"' in html


def test_without_the_texts_there_are_no_words_but_the_way_to_them(
    site: Site, kg: KnowledgeGraph
) -> None:
    html = thing_of(site, here(ANSO), ANSO)
    assert "<blockquote" not in html
    assert ":~:text=" not in html
    passage = kg.explain(FOUNDERS).said_by[0].evidence[0]
    assert passage.source.language == "en"
    assert f'href="{passage.source.page}"' in html
    assert "cas-decade 3036–3249" in html


def test_a_changed_text_shows_no_words_and_says_so(
    kg: KnowledgeGraph, sources: Path, tmp_path: Path
) -> None:
    for file in sources.glob("*.txt"):
        (tmp_path / file.name).write_text(
            "x" + file.read_text(encoding="utf-8"), encoding="utf-8", newline=""
        )
    with pages_here.client(kg, words=Words(tmp_path, is_for_all=True)) as web:
        html = web.get("/doc/id/org/anso.html").text
    assert "<blockquote" not in html
    assert "the text has changed" in html


def test_rivals_stand_beside_the_fact_that_they_concern(site: Site, kg: KnowledgeGraph) -> None:
    about = kg.describe(ANSO)
    stated = [one for group in about.facts for one in group.facts]
    told_otherwise = [one for one in stated if rivals_of_fact(about, one)]
    assert told_otherwise and len(told_otherwise) < len(stated)
    for one in told_otherwise:
        for rival in rivals_of_fact(about, one):
            assert rival in differing(about)
            assert {claim.iri for claim in one.claims} & {claim.iri for claim in rival.claims}
    graveness = ("contradicts", "differs", "agrees", "related")
    stances = [graveness.index(one.stance) for one in all_compared(kg.describe(CAS))]
    assert stances == sorted(stances) and len(set(stances)) > 1
    html = thing_of(site, here(ANSO), ANSO)
    facts = [
        one
        for one in parted(html, "li", "")
        if re.match(r"<li><strong>[^\n]*/doc/id/org/ras\.html", one)
    ]
    assert len(facts) == 2  # it founded the alliance, and is a member of it
    for fact in facts:
        assert "founders and members" in fact.partition("</summary>")[0]
    # No two accounts exclude each other, so that nothing is shown as a conflict.
    assert 'class="against"' not in html and "differ</summary>" not in html


def test_only_what_excludes_each_other_is_told_as_a_conflict(kg: KnowledgeGraph) -> None:
    page = here(ANSO)
    rivals = differing(kg.describe(ANSO))
    listed = [one for one in rivals if one.leading and one.leading.iri.endswith("/other-list")]
    contradicting = replace(rivals[0], stance="contradicts")
    assert told_otherwise(page, rivals) == "Also told otherwise"
    assert told_otherwise(page, listed) == "Also told with other names"
    assert told_otherwise(page, [*rivals, contradicting]) == "Contradicted elsewhere"


def test_a_count_that_is_told_otherwise_says_so(site: Site, kg: KnowledgeGraph) -> None:
    about = kg.describe(ANSO)
    rivals = {count: rivals_of_count(about, count) for count in about.quantities}
    assert any(rivals.values())
    (counts,) = parted(thing_of(site, here(ANSO), ANSO), "section", 'id="counts"')
    for several in rivals.values():
        for one in several[:3]:
            assert str(one.label) in counts


def test_values_that_rest_on_the_same_stand_together_and_none_is_lost(kg: KnowledgeGraph) -> None:
    about = kg.describe(ANSO)
    for part in parts(about):
        if part.group is not None:
            told = {node for values in part.items for node in values.values}
            assert len(told) == len(part.group.facts) == part.count


def test_what_one_passage_names_is_one_block_and_what_most_sources_say_comes_first(
    kg: KnowledgeGraph,
) -> None:
    about = kg.describe(ANSO)
    founded = next(one for one in about.facts if one.property.iri == BRI + "isFoundedBy")
    blocks = told_together(founded)
    labels = [[getattr(value, "label", None) for value in one.values] for one in blocks]
    assert labels[0][0] == "Chinese Academy of Sciences" and len(labels[0]) == 4
    assert labels[1] == ["Chinese Academy of Sciences"]  # by itself, in two sources
    assert len(blocks[0].accounts) == 1 and len(blocks[1].accounts) == 2
    for group in about.facts:
        for one in told_together(group):
            for account in one.accounts:
                assert len({tuple(p.iri for p in claim.evidence) for claim in account}) == 1
        several = [
            max(sources_of(fact.claims) for fact in one.facts)
            for one in told_together(group)
            if one.accounts
        ]
        assert several == sorted(several, reverse=True)


@pytest.mark.parametrize("iri", [ANSO, BRI + "Claim"])
@pytest.mark.slow
def test_lists_go_on_until_all_is_told(site: Site, kg: KnowledgeGraph, iri: str) -> None:
    about = kg.describe(iri)
    going_on = pages_going_on(about)
    first = thing_of(site, here(iri), iri)
    ahead = [asked for asked in going_on if asked["part"] == "planned"]
    shown = re.findall(r'<li class="ahead">', "".join(parted(first, "section", 'id="planned"')))
    count = len(shown)
    for asked in ahead:
        html = thing_of(site, here(iri, **asked), iri, asked)
        (block,) = parted(html, "section", 'class="plans"')
        count += len(re.findall(r'<li class="ahead">', block))
        assert len(html.encode()) < MOST
    assert count == len([claim for claim in about.ahead if claim != about.claim])
    for asked in going_on[:6]:
        assert len(thing_of(site, here(iri, **asked), iri, asked).encode()) < MOST
    assert count > STEP or iri == ANSO


def test_pages_that_go_on_lead_to_each_other_and_back(web: TestClient) -> None:
    first = web.get("/doc/id/org/anso.html?lang=en").text
    (onward,) = re.findall(r'href="([^"]*part=planned[^"]*)"', first)
    assert onward == "/doc/id/org/anso.html?lang=en&amp;part=planned&amp;from=5"
    answer = web.get(onward.replace("&amp;", "&"))
    assert answer.status_code == 200
    assert answer.headers["etag"] != web.get("/doc/id/org/anso.html?lang=en").headers["etag"]
    assert "6 to 13 of 13" in answer.text
    assert 'href="/doc/id/org/anso.html?lang=en"' in answer.text
    other = 'class="tongue" lang="zh" hreflang="zh" href="/doc/id/org/anso.html?lang=zh&amp;'
    assert f"{other}from=5&amp;part=planned" in answer.text


@pytest.mark.parametrize(
    "query", ["part=nothing", "part=planned&from=-1", "part=planned&from=9999", "from=x", "part="]
)
def test_a_part_that_is_not_there_is_the_whole_page(web: TestClient, query: str) -> None:
    answer = web.get(f"/doc/id/org/anso.html?lang=en&{query}")
    assert answer.status_code == 200
    assert 'id="facts"' in answer.text


def test_a_claim_is_told_as_a_sentence_with_all_that_hangs_on_it(
    site: Site, kg: KnowledgeGraph
) -> None:
    html = thing_of(site, here(FOUNDERS), FOUNDERS)
    assert re.search(r"<h1[^>]*>Alliance of International Science Organizations, with ", html)
    assert re.search(r" as founders</h1>", html)
    (claim,) = parted(html, "section", 'id="claim"')
    for word in ("achieved", "in 2018", "cas-decade 3036–3249", "is founded by"):
        assert word in claim
    (compared,) = parted(html, "section", 'id="compared"')
    assert "four founders or one" in compared
    ahead = kg.describe(ANSO).ahead[0]
    html = thing_of(site, here(ahead.iri), ahead.iri)
    (claim,) = parted(html, "section", 'id="claim"')
    assert 'class="plans"' in claim
    assert "not of something done" in claim


def test_achieved_stands_where_something_was_done_and_what_is_ahead_always_says_so(
    site: Site, kg: KnowledgeGraph, web: TestClient
) -> None:
    mark = '<span class="mark">achieved</span>'
    html = web.get("/doc/source/cgtn-debut.html?lang=en").text
    for line in parted(html, "li", ""):
        if " as abbreviation of " in line and "<blockquote" not in line and "tellings" not in line:
            assert mark not in line
    for claim in kg.claims():
        said_only = claim.cls.iri in (BRI + "NameClaim", BRI + "StatementClaim", BRI + "ThemeClaim")
        assert not (
            said_only and claim.factuality.iri.endswith("/achieved") and tells_how_far(claim)
        )
        assert tells_how_far(claim) or not is_ahead(claim)
    assert mark in thing_of(site, here(ANSO), ANSO)


def test_what_many_tell_is_summed_up_and_a_role_that_says_more_stands_with_its_claim(
    site: Site, kg: KnowledgeGraph
) -> None:
    founded = next(
        one for one in kg.describe(ANSO).facts if one.property.iri == BRI + "isFoundedBy"
    )
    claims = {claim.iri: claim for one in founded.facts for claim in one.claims}.values()
    html = thing_of(site, here(ANSO), ANSO)
    summed = f"{sources_of(claims)} sources name {len(founded.facts)} founders in 4 tellings."
    assert summed in html and "the telling beside which it stands" in html
    assert html.index(summed) < html.index("cas-decade 3036–3249")
    for iri, title in ((ANSO, "is founded by"), (CAS, "what it founded")):
        told = thing_of(site, here(iri), iri).partition(f"<h3>{title}</h3>")[2].partition("<h3>")[0]
        (lead,) = re.findall(r'<div class="grounds"><a[^>]*>lead founder</a>.*', told)
        assert "some time since 2013" in lead and "cas-decade 330–427" in lead
        assert not re.search(r'<div class="grounds"><a[^>]*>founder</a>', told)
    assert "2 个来源在 4 处提到 5 个创立者" in thing_of(site, here(ANSO, "zh"), ANSO)


def test_a_page_begins_with_facts_and_with_its_name_in_both_languages(site: Site) -> None:
    html = thing_of(site, here(ANSO), ANSO)
    first = html.partition("<main")[2].partition("</header>")[0]
    assert 'lang="zh">“一带一路”国际科学组织联盟</span>' in first
    assert "<span>Alliance of International Science Organizations</span>" in first
    facts, names, contents = (html.index(of) for of in ('"first"', "<dt>name</dt>", '"contents"'))
    assert facts < names < contents
    assert "Russian Academy of Sciences" in html[facts:names] and "all 5</a>" in html[facts:names]


def test_a_list_names_a_source_once_and_then_by_its_short_name(site: Site) -> None:
    html = thing_of(site, here(ANSO), ANSO)
    for part in re.split(r"<h[23]", html.partition('id="facts"')[2].partition('id="data"')[0]):
        titles = re.findall(r"<cite[^>]*>([^<]+)</cite>", part)
        assert len(titles) == len(set(titles))
    # What has only the short name tells the whole one to who points at it.
    assert 'title="the CGTN report on the debut of the alliance"><small>cgtn-debut' in html


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_only_words_of_the_page_are_explained(site: Site, lang: str) -> None:
    for iri in (ANSO, BASE + "id/place/beijing", FOUNDERS):
        html = thing_of(site, here(iri, lang), iri)
        above, _, words = html.partition('<section id="words">')
        said = pages_here.Seen(above.partition("<main")[2]).text.casefold()
        explained = re.findall(r"<dt>([^<（]+)", words)
        assert explained and all(word.casefold() in said for word in explained)
        assert "isFoundedBy" not in words
        if iri == FOUNDERS:
            assert not {"pledged", "target", "已承诺", "目标"} & set(explained)


def test_counts_and_times_keep_their_words(site: Site, kg: KnowledgeGraph) -> None:
    vague = next(
        claim
        for claim in kg.claims()
        if any(t.label == "over the past decade" for t in claim.times)
    )
    assert "over the past decade" in thing_of(site, here(vague.iri), vague.iri)
    assert "more than 100 <a" in thing_of(site, here(CAS), CAS)
    lead = BASE + "claim/cas-decade-anso-lead"
    html = thing_of(site, here(lead), lead)
    # A period is no date: it says so, and leads to what else it was read from.
    (period,) = parted(parted(html, "section", 'id="claim"')[0], "details", 'class="when"')
    assert "some time since 2013" in period and "cas-decade 92–141" in period


def test_a_term_tells_what_it_hangs_together_with(web: TestClient) -> None:
    html = web.get("/terms/isFoundedBy?lang=en").text
    for told in (
        "bri:isCreatedBy",
        "The alliance is founded by four bodies.",
        "cofounders",
        "schema:founder",
    ):
        assert told in html
    assert web.get("/terms/isFoundedBy?lang=zh").text.count("上位") > 0


def test_the_query_and_the_citation_can_be_taken_along(site: Site, kg: KnowledgeGraph) -> None:
    html = thing_of(site, here(ANSO), ANSO)
    (data,) = parted(html, "section", 'id="data"')
    query = unquote(re.search(r'href="/editor\?[^"]*query=([^"&]+)', data)[1].replace("+", " "))
    rows = kg.query(query)
    assert len(rows) > 30 and all(row["passage"] for row in rows)
    for form in ("ttl", "nt", "jsonld"):
        assert f'href="/doc/id/org/anso.{form}"' in data
    assert "release 0123456789ab" in data and ANSO in data and "bri-kg " in data
    assert "the CGTN report on the debut of the alliance" in data


def test_a_hostile_store_does_nothing_to_a_page(tmp_path: Path) -> None:
    file = tmp_path / "hostile.ttl"
    file.write_text(HOSTILE, encoding="utf-8")
    with pages_here.client(bri_kg.open(store=file)) as web:
        for lang in ("en", "zh"):
            for query in ("", "&part=properties&from=0", "&part=%3Cscript%3E&from=%22%3E"):
                answer = web.get(f"/thing?iri=http://example.org/x&lang={lang}{query}")
                assert answer.status_code == 200
                seen = pages_here.Seen(answer.text)
                assert not {"iframe", "img", "b"} & set(seen.tags)
                assert "svg" not in seen.tags
                assert not [name for name in seen.attributes if name.startswith("on")]
                assert not [to for to in seen.links if to.startswith(("javascript:", "data:text"))]
                assert "alert(1)" in seen.text


def test_a_link_to_the_publisher_finds_the_words_and_stores_none() -> None:
    source = Source("urn:s", "s", None, None, "https://x.example/page", "en")

    def link(words: str | None, page: str | None = source.page) -> str | None:
        given = Source("urn:s", "s", None, None, page, "en")
        return at_publisher(Passage("urn:p", "evidence", given, 0, 9, None, "verified", words))

    assert link(None) == "https://x.example/page"
    assert link("has 67 members") == "https://x.example/page#:~:text=has%2067%20members"
    long = "one two, three-four five six seven eight nine & ten"
    assert link(long) == (
        "https://x.example/page#:~:text=one%20two%2C%20three%2Dfour%20five,eight%20nine%20%26%20ten"
    )
    two_lines = "A heading\nthat is followed by more text"
    assert (
        link(two_lines) == "https://x.example/page#:~:text=A%20heading,followed%20by%20more%20text"
    )
    assert link("x", "https://x.example/#a") == "https://x.example/#a:~:text=x"
    assert link("x", "javascript:alert(1)") is None
    chinese = link("甲乙丙丁戊己庚辛壬癸")
    assert chinese is not None
    assert unquote(chinese).endswith("#:~:text=甲乙丙丁,庚辛壬癸")
