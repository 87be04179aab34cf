"""The pages that tell of the whole graph: start, disagreements, plans and sources, held against the data."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pages_here
import pytest
from pages_here import URL, Seen
from starlette.testclient import TestClient

import bri_kg
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import BASE, COME_ABOUT, split_passage
from bri_kg.web.explorer.page import Page
from bri_kg.web.explorer.page_addresses import PART, Served, part_of
from bri_kg.web.explorer.routes import overview_keys
from bri_kg.web.explorer.source_pages import source_parts
from bri_kg.web.site import Site, Words

LANGUAGES = ("en", "zh")
MOST = 100_000  # bytes
OWN = 'href="(/doc/[^"#?]*)'


@pytest.fixture(scope="module")
def web(kg: KnowledgeGraph) -> Iterator[TestClient]:
    with pages_here.client(kg) as client:
        yield client


@pytest.fixture(scope="module")
def reader(kg: KnowledgeGraph) -> Iterator[TestClient]:
    """Whoever holds the texts."""
    texts = os.environ.get("BRI_KG_SOURCES")
    if not texts:
        pytest.skip("BRI_KG_SOURCES names no folder of texts")
    with pages_here.client(kg, words=Words(Path(texts), is_for_all=True)) as client:
        yield client


@pytest.fixture(scope="module")
def keys(kg: KnowledgeGraph) -> tuple[str, ...]:
    page = Page(Served(URL, "en"), "en")
    return ("", *overview_keys(Site(kg, URL, "a-release"), page))


@pytest.fixture(scope="module")
def parts(kg: KnowledgeGraph) -> tuple[str, ...]:
    """The addresses of every part of every source, without the language."""
    site, page = Site(kg, URL, "a-release"), Page(Served(URL, "en"), "en")
    return tuple(
        f"/doc/{source.removeprefix(BASE)}.html?from={begin}"
        for source in sources(kg)
        for begin in source_parts(site, page, source)
    )


def sources(kg: KnowledgeGraph) -> list[str]:
    rows = kg.query("SELECT ?source WHERE { ?source a bri:Source } ORDER BY ?source")
    return [str(row.value("source")) for row in rows]  # type: ignore[union-attr]


def text_of(web: TestClient, path: str, lang: str = "en") -> str:
    mark = "&" if "?" in path else "?"
    answer = web.get(f"{path}{mark}lang={lang}")
    assert answer.status_code == 200, (path, answer.text[:300])
    return answer.text


def linked(html: str, below: str) -> list[str]:
    """Return the IRIs of ours under a path that a page leads to."""
    found = re.findall(rf'href="/doc/({below}[^"?]*)\.html', html)
    return [BASE + path for path in found]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.slow
def test_every_page_is_small_and_its_links_lead_on(
    web: TestClient, keys: tuple[str, ...], parts: tuple[str, ...], lang: str
) -> None:
    paths = {f"/{key}" for key in keys}
    pages = {path: text_of(web, path, lang) for path in (*sorted(paths), *parts)}
    assert len(pages) > 70
    for path, html in pages.items():
        assert len(html.encode()) < MOST, path
        seen = Seen(html)
        assert seen.lang == lang
        assert "style" not in seen.attributes, path
        assert [one for one, n in Counter(seen.anchors).items() if n > 1] == [], path
        for link in seen.links:
            place, _, fragment = link.partition("#")
            key = place.partition("?")[0]
            if key in paths and fragment:
                assert fragment in Seen(pages[key]).anchors, (path, link)
            elif key.startswith(("/disagreements/", "/planned/", "/sources/", "/reference")):
                assert key in paths, (path, link)


def test_every_comparison_stands_once_where_sources_differ(
    web: TestClient, kg: KnowledgeGraph
) -> None:
    html = text_of(web, "/disagreements")
    every = [one.iri for one in kg.conflicts()]
    assert Counter(linked(html, "id/comparison/")) == Counter(every)
    stances = Counter(one.stance for one in kg.conflicts())
    differing, staged = map(int, re.findall(r"In (\d+)(?: they differ|, one side)", html))
    assert differing + staged == stances["differs"]
    assert not stances["contradicts"] and "No two sources contradict each other" in html
    parts = (
        "On what they differ",
        "What each says",
        ">They agree",
        ">They fit",
        ">Easily confused",
    )
    order = [html.index(part) for part in parts]
    assert order == sorted(order)
    natures = Counter(nature.iri for one in kg.conflicts() for nature in one.natures)
    told = re.findall(r'/disagreements/([\w-]+)\?[^<]*</a> <span class="quiet">(\d+)<', html)
    assert {f"{BASE}vocab/nature/{name}": int(count) for name, count in told} == natures


def main_of(html: str) -> str:
    return html[html.index("<main") : html.index("</main>")]


def read_at_once(html: str) -> str:
    """Return what stands on a page without what is folded, the innermost folds first."""

    def unfolded(fold: re.Match[str]) -> str:
        return fold[2] if "open" in fold[1].split() else ""

    innermost = re.compile(r"<details([^>]*)>((?:(?!<details).)*?)</details>", re.DOTALL)
    found = 1
    while found:
        html, found = innermost.subn(unfolded, html)
    return " ".join(Seen(html).text.split())


def test_what_differs_about_a_thing_is_told_before_the_sides(web: TestClient) -> None:
    html = main_of(text_of(web, "/disagreements?about=joint%20laboratory"))
    told = read_at_once(html[: html.index("Side by side")])
    for words in ("more than 50", "100 (target)", "Science and Technology Daily", "the slides of"):
        assert words in told
    assert "achieved" not in told, "numbers, names and reasons, and no record"
    assert len(told.split()) < 300
    groups = ("What exists, and what is aimed at", "They differ", "They agree", "Easily confused")
    order = [told.index(words) for words in groups]
    assert order == sorted(order)
    assert told.index("100 envisaged") < told.index("who set up"), "numbers come first"


def test_the_overview_of_all_differences_goes_by_what_they_are_about(web: TestClient) -> None:
    html = main_of(text_of(web, "/disagreements"))
    glance = html[html.index("On what they differ") : html.index("What each says")]
    assert len(read_at_once(html[: html.index("What each says")]).split()) < 400
    of_laboratories = glance[glance.index("joint laboratory") :].partition("</ul>")[0]
    assert of_laboratories.count("<a ") == 2
    for anchor in re.findall(r'href="#([^"]+)"', glance):
        assert f'id="{anchor}"' in html


def test_only_what_deviates_is_marked(web: TestClient) -> None:
    html = text_of(web, "/disagreements/other-status")
    section = html[html.index('id="joint-laboratories-50-or-100"') :].partition("</section>")[0]
    sides = section.split('<article class="side')[1:]
    numbers = [side[side.index("number") :].partition("</dd>")[0] for side in sides]
    assert ["≠" in number for number in numbers] == ["100" in number for number in numbers]
    assert "the slides of CASTED" in sides[0].partition("</p>")[0], "a side is called by its source"


def test_contradictions_stand_whole_and_first(kg: KnowledgeGraph, tmp_path: Path) -> None:
    nature, contradiction = (f"{BASE}vocab/nature/{n}" for n in ("other-list", "contradiction"))
    other = tmp_path / "other.nq"
    quads = "\n".join(f"{quad} ." for quad in kg.store)
    assert f"<{nature}>" in quads
    other.write_text(quads.replace(f"<{nature}>", f"<{contradiction}>"), encoding="utf-8")
    with pages_here.client(bri_kg.open(store=other)) as web:
        html = text_of(web, "/disagreements")
    whole = html[: html.index("On what they differ")]
    assert "comparison" in whole and 'class="beside"' in whole
    assert "A of 3" in whole and "C of 3" in whole
    assert "No two sources contradict" not in html


def test_a_nature_shows_its_comparisons_side_by_side(web: TestClient, kg: KnowledgeGraph) -> None:
    wanted = kg.conflicts(nature="other-unit")
    html = "".join(text_of(web, f"/disagreements/other-unit{part}") for part in ("", "/2"))
    sides = html.split('<section class="comparison"')[1:]
    assert len(sides) == len(wanted)
    for one, side in zip(
        sorted(wanted, key=lambda c: c.iri),
        sorted(sides, key=lambda s: linked(s, "id/comp")),
        strict=True,
    ):
        assert linked(side, "id/comparison/")[0] == one.iri
        assert {claim.iri for claim in one.claims} == set(linked(side, "claim/"))
        for claim in one.claims:
            assert all(passage.iri.rpartition("#")[2] in side for passage in claim.evidence)


def test_comparisons_can_be_narrowed_to_a_thing(web: TestClient, kg: KnowledgeGraph) -> None:
    html = text_of(web, "/disagreements?about=TWAS")
    assert len(kg.conflicts("TWAS")) == 1 and ">1 comparison ·" in html
    none = text_of(web, "/disagreements?nature=contradiction&about=TWAS")
    assert "No comparison is of that kind" in none
    unknown = web.get("/disagreements?about=Nobody%20knows%20this&lang=en")
    assert unknown.status_code == 400 and "BRI" in unknown.text
    assert "<script>" not in web.get("/disagreements?about=<script>alert(1)</script>").text


def test_sources_without_a_side_are_named_and_no_others(
    web: TestClient, kg: KnowledgeGraph
) -> None:
    html = text_of(web, "/disagreements/other-time")
    for one, side in zip(
        sorted(kg.conflicts(nature="other-time"), key=lambda c: c.iri),
        sorted(html.split('<section class="comparison"')[1:], key=lambda s: linked(s, "id/comp")),
        strict=True,
    ):
        sided = {passage.source.iri for claim in one.claims for passage in claim.evidence}
        after = side.rpartition("</article>")[2]
        assert set(linked(after, "source/")) == set(sources(kg)) - sided


def test_sides_are_marked_where_they_differ_and_not_in_the_label_of_a_set(web: TestClient) -> None:
    html = text_of(web, "/disagreements?about=joint%20laboratory")
    marked = re.findall(r"<dt>([^<]*?) <span aria-hidden=\"true\">≠", html)
    assert marked and "subject" not in marked
    assert "by June 2023" in html and "until 2023-06" not in main_of(html)
    agreeing = text_of(web, "/disagreements/agreement")
    assert "They agree" in agreeing
    for section in re.findall(r'<section class="comparison".*?</section>', agreeing, re.DOTALL):
        both = re.findall(r'<span class="mark[^"]*">([^<]+)', section[: section.index("beside")])
        assert both != ["agreement of claims"] or "≠" not in section


def test_all_that_has_not_come_about_is_planned_and_nothing_else(
    web: TestClient, kg: KnowledgeGraph
) -> None:
    html = text_of(web, "/planned")
    ahead = {
        one.iri for one in kg.claims() if one.factuality.iri not in COME_ABOUT and one.live is False
    }
    outside = re.sub(r'<div class="reached">.*?</ul></div>', "", html, flags=re.DOTALL)
    assert Counter(linked(outside, "claim/")) == Counter(ahead)
    assert len(outside) < len(html), "what has come about since stands beside its plan"
    assert "achieved" not in Seen(outside).text
    assert html.count('<article class="plan"') < len(ahead), "claims of one passage are one plan"
    sorts = ("firm", "planned", "intended", "hoped", "since")
    assert sorted(sorts, key=lambda sort: html.index(f'id="sort-{sort}"')) == list(sorts)
    assert "the source does not say when" in html


def test_what_is_planned_is_told_at_a_glance(web: TestClient, kg: KnowledgeGraph) -> None:
    html = main_of(text_of(web, "/planned"))
    told = read_at_once(html)
    assert len(told.split()) < 340
    assert "100 to be set up" in told
    assert "to be built by China's side" in told
    assert "since come about: members of ANSO: 67" in told
    ahead = [c for c in kg.claims() if c.factuality.iri not in COME_ABOUT and c.live is False]
    things = re.search(
        r"(\d+) things are only planned.*? told by (\d+) claims; [^.]+\. (.+?)\.", told
    )
    more = re.search(r"(\d+) claims only add", Seen(html).text)
    assert things and more and int(things[2]) == len(ahead) == int(things[1]) + int(more[1])
    counts = re.findall(r"(\d+)(?:,|$)", things[3])
    assert sum(map(int, counts)) == int(things[1])
    assert counts == re.findall(r'<h2 [^>]*>[^<]+<span class="quiet">(\d+)', html), "one count each"
    for anchor in re.findall(r'href="#([^"]+)"', html):
        assert f'id="{anchor}"' in html


def test_vague_plans_name_who_stands_behind_them_before_they_are_unfolded(web: TestClient) -> None:
    told = read_at_once(main_of(text_of(web, "/planned")))
    assert "by whom: China's side, not named further 4; Chinese Academy of Sciences 2" in told
    assert "said by: Xi Jinping 9; Liu He 2" in told and "the sources themselves 9" in told
    assert "willing to work more closely" not in told


def test_a_plan_of_china_says_which_china_is_meant(web: TestClient) -> None:
    html = Seen(main_of(text_of(web, "/planned"))).text
    told = " ".join(html.split())
    assert re.search(r"by whom ?Government of China", told)
    assert re.search(r"conservation of biodiversity ?\( ?China's side, not named further ?\)", told)


def test_pledges_and_targets_stand_first_with_by_whom_and_by_when(web: TestClient) -> None:
    html = main_of(text_of(web, "/planned"))
    digest = html[: html.index('id="sort-planned"')]
    firm = digest[digest.index('id="sort-firm"') :]
    pledge, target = re.findall(r'<li class="ahead">.*?</dl>', firm, flags=re.DOTALL)
    assert "coal-fired" in pledge and "Government of China" in pledge
    assert target.count("<dd>not said</dd>") == 2, "neither by whom nor by when"
    assert 'Xi Jinping</a> <span class="quiet">(inferred by the editors)' in target
    assert len(read_at_once(digest).split()) < 170


def test_a_plan_says_its_date_first_and_its_speaker_once(web: TestClient) -> None:
    told = " ".join(Seen(main_of(text_of(web, "/planned"))).text.split())
    assert "in the coming days: The new alliance" in told
    assert "Bai Chunli says that" in told and "He says" not in told
    assert "according to Bai Chunli" not in told


def test_a_plan_names_who_says_it_and_who_is_to_do_it(web: TestClient) -> None:
    html = text_of(web, "/planned")
    plans = html.split('<article class="plan"')[1:]
    laboratories = next(p for p in plans if "casted-slides-outlook-joint-labs.html" in p)
    assert "Xi Jinping" in laboratories
    assert "casted-slides-outlook-joint-labs-begin" in laboratories, "one plan, one place"
    assert "the source does not say when" in laboratories
    centre = next(p for p in plans if "std-decade-transfer-center-planned.html" in p)
    assert "the source itself" in centre and "China's side" in centre.replace("&#39;", "'")
    members = next(p for p in plans if "anso-pakistan-members-count.html" in p)
    assert "anso-members-67-or-more-than-40" in members


def test_sources_tell_who_published_them_and_why_there_is_no_date(
    web: TestClient, kg: KnowledgeGraph
) -> None:
    html = text_of(web, "/sources")
    assert {one for one in linked(html, "source/") if one in sources(kg)} == set(sources(kg))
    page = html[html.index("cas-decade.html") :]
    assert "publisher" in page and "first year only" in page
    assert "no public page is known" in html, "of the slides none is"
    assert "61 passages, 67 claims" in html


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_passage_stands_on_one_page_and_its_address_leads_there(
    web: TestClient, kg: KnowledgeGraph, parts: tuple[str, ...], lang: str
) -> None:
    stands: dict[str, list[str]] = {}
    for path in parts:
        listed = (
            text_of(web, path, lang).partition('class="plain passages"')[2].partition("</ol>")[0]
        )
        source = BASE + path.removeprefix("/doc/").partition(".html")[0]
        for anchor in re.findall(r'<li id="([^"]+)"', listed):
            stands.setdefault(f"{source}#{anchor}", []).append(path)
    rows = kg.query("SELECT ?passage WHERE { ?passage bri:isPassageOf ?source }")
    every = {str(row.value("passage")) for row in rows}  # type: ignore[union-attr]
    assert set(stands) == every
    at = Served(URL, lang)
    for passage, paths in stands.items():
        assert len(paths) == 1, passage
        address = at.thing(passage) or ""
        assert address.endswith(passage.partition("#")[2])
        begin = re.search(r"from=(\d+)", address)
        assert int(begin[1] if begin else 0) == int(paths[0].rpartition("=")[2]) == part_of(passage)


def test_a_passage_tells_its_claims_and_what_is_left_out_why(web: TestClient) -> None:
    html = text_of(web, "/doc/source/cas-decade.html")
    passage = html[html.index('<li id="char=330,427"') :].partition("</li>\n<li id=")[0]
    assert "claim/cas-decade-anso-lead.html" in passage and "lead founder" in passage
    omitted = html[html.index(' id="char=429,432"') :].partition("<li id=")[0]
    assert "Nothing is taken from it" in omitted and "connective" in omitted
    left_out = html[html.index("What was left out") :]
    assert left_out.count("vocab/omission/connective") == 7
    assert 'id="char=3036,3249"' in html, "an address of a passage from elsewhere finds its way on"


def test_a_part_that_is_not_there_is_the_nearest(web: TestClient) -> None:
    first = text_of(web, "/doc/source/cas-decade.html?from=0")
    assert "char=0,89" in first.partition("passages")[2]
    for odd in ("-1", "abc", "9" * 40, "1e3"):
        assert text_of(web, f"/doc/source/cas-decade.html?from={odd}").count('<li id="char=') > 5
    last = text_of(web, "/doc/source/cas-decade.html?from=999999")
    assert 'id="char=3672,3718"' in last


def test_words_stand_only_where_texts_are_at_hand(web: TestClient, reader: TestClient) -> None:
    for path in ("/", "/disagreements/other-list", "/planned", "/doc/source/cas-decade.html"):
        assert "<blockquote" not in text_of(web, path), path
        assert "<blockquote" in text_of(reader, path), path


def test_words_of_a_passage_are_its_own(reader: TestClient, kg: KnowledgeGraph) -> None:
    html = text_of(reader, "/doc/source/cas-decade.html")
    shown = re.findall(r'<li id="(char=[^"]+)">.*?<blockquote[^>]*>(.*?)</blockquote>', html, re.S)
    assert len(shown) > 10
    folder = Path(os.environ["BRI_KG_SOURCES"])
    rows = kg.query(
        "SELECT ?f WHERE { <https://w3id.org/bri-kg/source/cas-decade> bri:fileName ?f }"
    )
    name = str(next(iter(rows)).value("f"))  # type: ignore[arg-type,union-attr]
    text = (folder / name).read_bytes().decode()
    for anchor, words in shown:
        _, begin, end = split_passage(f"{BASE}source/cas-decade#{anchor}") or ("", 0, 0)
        plain = re.sub(r"&#?\w+;", "", words)
        assert len(plain) <= len(" ".join(text[begin:end].split()))
        assert begin // PART == 0


def test_the_start_page_shows_one_fact_with_its_evidence_and_a_rival(
    web: TestClient, kg: KnowledgeGraph
) -> None:
    html = text_of(web, "/")
    example = html.partition('class="example"')[2].partition("</section>")[0]
    founders = kg.explain("ANSO", "isFoundedBy", "CAS")
    for claim in founders.said_by:
        assert claim.iri in linked(example, "claim/")
        assert all(passage.iri.rpartition("#")[2] in example for passage in claim.evidence)
    assert "2 sources say it" in example
    rivals = set(linked(example, "id/comparison/"))
    assert rivals
    assert rivals <= {one.iri for one in founders.differs if one.iri in founders.on_fact}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_start_page_tells_the_size_of_the_graph_and_leads_on(
    web: TestClient, kg: KnowledgeGraph, lang: str
) -> None:
    seen = Seen(text_of(web, "/", lang))
    ahead = sum(one.factuality.iri not in COME_ABOUT for one in kg.claims())
    for number in (len(kg.claims()), ahead, len(kg.conflicts()), len(sources(kg))):
        assert str(number) in seen.text
    links = {link.partition("?")[0] for link in seen.links}
    assert {f"/{key}" for key in ("search", "questions", "disagreements", "planned")} <= links
    assert {f"/questions/{name}" for name in kg.questions} <= links
    assert "a-release" in seen.text


def test_a_store_without_claims_gives_pages_that_say_so(tmp_path: Path) -> None:
    data = tmp_path / "other.ttl"
    data.write_text("<http://example.org/a> <http://example.org/p> <http://example.org/b> .")
    with pages_here.client(bri_kg.open(store=data)) as web:
        assert "holds no claims" in text_of(web, "/")
        assert "No claims are compared" in text_of(web, "/disagreements")
        assert "nothing that is planned" in text_of(web, "/planned")
        assert "describes no source" in text_of(web, "/sources")
        assert "Modules" in text_of(web, "/reference") or "module" in text_of(web, "/reference")
        assert "没有对说法的比较" in text_of(web, "/disagreements", "zh")


def test_names_in_a_store_of_the_user_s_run_nothing(tmp_path: Path) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    data = tmp_path / "evil.ttl"
    data.write_text(
        f"""@prefix bri: <https://w3id.org/bri-kg/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix schema: <https://schema.org/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
<https://w3id.org/bri-kg/source/evil> a bri:Source ; skos:prefLabel "{evil}"@en ;
  dcterms:title "{evil}"@en ; schema:url <javascript:alert(1)> ; bri:reason "{evil}"@en ;
  bri:leavesOpen <https://w3id.org/bri-kg/vocab/gap/date> .
<https://w3id.org/bri-kg/source/evil#char=0,5> bri:isPassageOf <https://w3id.org/bri-kg/source/evil> .
<https://w3id.org/bri-kg/id/comparison/evil> a bri:Comparison ; skos:prefLabel "{evil}"@en ;
  bri:nature <https://w3id.org/bri-kg/vocab/nature/contradiction> ; bri:reason "{evil}"@en .
""",
        encoding="utf-8",
    )
    with pages_here.client(bri_kg.open(store=data)) as web:
        for path in ("/sources", "/disagreements", "/doc/source/evil.html"):
            seen = Seen(text_of(web, path))
            assert not {"img", "script"} & set(seen.tags) - {"script"}, path
            assert "onerror" not in seen.attributes and "<img" not in seen.tags
            assert not [link for link in seen.links if link.startswith("javascript")]
            assert "alert(1)" in seen.text


def test_comparisons_of_one_story_stand_below_the_whole(web: TestClient) -> None:
    html = main_of(text_of(web, "/disagreements?about=bri-org:anso"))
    whole = html[html.index('id="anso-founding-told"') :]
    below = whole[whole.index("<details") : whole.index("</details>")]
    assert "This is the whole story; 3 more" in below
    for part in ("four-or-one", "lead-among-founders", "community-and-bodies"):
        assert part in below
        assert html.count(f'{part}-told"') == 1
