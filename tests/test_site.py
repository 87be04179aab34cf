"""`build site`: the explorer as files; links lead somewhere, nothing comes from elsewhere, nothing is lost."""

from __future__ import annotations

import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from conftest import ROOT, Cli
from hypothesis import given
from hypothesis import strategies as st
from page_sizes import APART, sizes, table
from written_sites import faults

from bri_kg.errors import InputError
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import BASE, BRI
from bri_kg.stores.memory import Store
from bri_kg.web.explorer.other_answers import Answers, Choice
from bri_kg.web.linked_library import Library
from bri_kg.web.site import Site
from bri_kg.web.snapshots import Place
from bri_kg.web.written import page_keys, site_builder
from bri_kg.web.written.file_names import data_file, page_file, safe, thing_file
from bri_kg.web.written.page_keys import is_page
from bri_kg.web.written.site_builder import Wanted, build_site
from bri_kg.web.written.site_folder import refuse_foreign, sitemaps
from bri_kg.web.written.site_plan import Plan
from bri_kg.web.written.site_planning import Things, things_of
from bri_kg.web.written.written_addresses import Written

_LIGHT = 100_000  # bytes
ANSO = BASE + "id/org/anso"
_OF_SUBSET = ("id/org/anso", "source/cas-decade", "question/cofounders", "ontology#isFoundedBy")
_PLAN = Plan(
    release="0" * 64,
    things=(ANSO, BASE + "source/cas-decade", BRI + "Claim", BRI + "claim", "urn:x:A", "urn:x:a"),
    questions=("founders",),
    answers={
        "founders": (
            Answers("thing", "bri-org:anso", (Choice("bri-org:x", {"en": "X"}, 2),), ()),
            Answers("role", None, (), ()),
        )
    },
    at="https://example.org/copy/",
)


def _at(here: str, lang: str = "en", **more: Any) -> Written:
    return Written(_PLAN, is_page, lang, here, **more)


def _keyed(key: str) -> bool:
    return not key.startswith(("reference/", "disagreements/", "thing"))


def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a site be written of a few things, pages and questions: quick to write, and of each kind one."""
    of_all = site_builder.things_of

    def some(*args: Any) -> Things:
        found = of_all(*args)
        return Things(
            tuple(one for one in found.written if one.endswith(_OF_SUBSET)), found.left_out
        )

    monkeypatch.setattr(site_builder, "things_of", some)
    monkeypatch.setattr(site_builder, "questions_of", lambda graph: ("cofounders",))
    kept = {key: made for key, made in page_keys._MADE.items() if _keyed(key)}
    monkeypatch.setattr(page_keys, "_MADE", kept)
    page_keys.made_at.cache_clear()


def _built(folder: Path) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        _few(patch)
        build_site(Place(), folder, Wanted("https://example.org/copy/", processes=1))
    page_keys.made_at.cache_clear()
    return folder


@pytest.fixture(scope="module")
def site(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _built(tmp_path_factory.mktemp("site") / "site")


# Names of files


def test_a_plain_name_is_a_file_and_any_other_has_a_digest() -> None:
    assert safe("cas-decade") == "cas-decade"
    assert safe("0.3.0") == "0.3.0"
    odd_names = (
        "Claim",
        "a b",
        "a/b",
        "",
        ".",
        "..",
        "con",
        "nul.txt",
        "中国",
        "x" * 90,
        "-a",
        "a~b",
    )
    for odd in odd_names:
        assert re.fullmatch("[a-z0-9-]+~[0-9a-f]{10}", safe(odd)), odd
    assert safe("0.3.0", is_folder=True) != "0.3.0"


@given(st.text(min_size=1), st.text(min_size=1))
def test_names_that_differ_are_files_that_differ_by_more_than_case(one: str, other: str) -> None:
    assert (safe(one).casefold() == safe(other).casefold()) == (one == other)


def test_terms_that_differ_by_case_have_files_that_differ_by_more() -> None:
    one, other = thing_file("en", BRI + "Theme"), thing_file("en", BRI + "theme")
    assert one.casefold() != other.casefold()
    assert thing_file("zh", ANSO) == "zh/id/org/anso.html"
    assert data_file(ANSO, "ttl") == "data/id/org/anso.ttl"
    # No IRI of a user's stands where a page of the explorer does.
    assert thing_file("en", BASE + "questions") != page_file("en", "questions")


# Addresses


def test_links_hold_wherever_the_folder_lies() -> None:
    page = _at(ANSO)
    assert page.file == "en/id/org/anso.html"
    assert page.of("") == "../../index.html"
    assert page.asset("style.css") == "../../../assets/style.css"
    assert page.in_language("zh") == "../../../zh/id/org/anso.html"
    assert page.data(ANSO, "ttl") == "../../../data/id/org/anso.ttl"
    assert page.thing(BRI + "Claim") == f"../../{thing_file('en', BRI + 'Claim')[3:]}"
    assert page.canonical == page.file
    root = _at("", place="index.html")
    assert root.of("questions") == "en/questions.html"
    assert root.in_language("zh") == "zh/index.html"


def test_a_passage_is_in_its_part_of_the_source_which_is_written() -> None:
    page = _at(ANSO)
    there = page.thing(BASE + "source/cas-decade#char=1289,1322")
    assert there == "../../source/cas-decade/from-1000.html#char=1289,1322"
    assert page.linked == {("", (("from", "1000"),), BASE + "source/cas-decade")}
    assert page.thing(BASE + "source/cas-decade#char=12,34") == "../../source/cas-decade.html#char=12,34"  # fmt: skip


def test_what_has_no_page_is_led_to_elsewhere_or_nowhere() -> None:
    page = _at("questions")
    assert page.thing(BASE + "id/org/none") is None
    assert page.thing("https://example.org/x") == "https://example.org/x"
    assert page.thing("javascript:alert(1)") is None
    assert page.data(BASE + "id/org/none", "ttl") is None
    given_to_us = Written(Plan("0", (), (), {}, is_given=True), is_page, "en")
    assert given_to_us.thing("https://example.org/x") is None


def test_answers_are_led_to_where_they_are_written() -> None:
    page = _at("questions")
    assert page.of("questions/founders") == "questions/founders.html"
    assert page.of("questions/founders", thing="bri-org:anso", view="map") == "questions/founders.html"  # fmt: skip
    other = page.of("questions/founders", thing="bri-org:x")
    assert other.startswith("questions/founders/bri-org-x~")
    assert ("questions/founders", (("thing", "bri-org:x"),), "") in page.linked
    assert page.of("questions/founders", format="csv") == "../data/en/questions/founders.csv"
    assert page.has("questions/founders", format="json")
    for absent in ({"format": "xml"}, {"thing": "bri-org:y"}, {"thing": "bri-org:x", "role": "z"}):
        assert not page.has("questions/founders", **absent), absent
    assert page.of("editor", query="ASK {}") == "editor.html#query=ASK+%7B%7D"


def test_a_plan_is_read_as_it_was_kept(tmp_path: Path) -> None:
    _PLAN.write(tmp_path / "plan.json")
    read = Plan.read(tmp_path / "plan.json")
    assert (read.things, read.questions, read.at) == (_PLAN.things, _PLAN.questions, _PLAN.at)
    assert read.answers == _PLAN.answers


# What is written


def test_a_site_is_whole(site: Path, sources: Path) -> None:
    assert not list(faults(site))
    names = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert {"index.html", "en/index.html", "zh/id/org/anso.html"} <= names
    assert "en/source/cas-decade/from-1000.html" in names
    assert {"data/id/org/anso.ttl", "data/id/org/anso.jsonld", "data/en/questions/cofounders.csv"} <= names  # fmt: skip
    assert {"assets/search-index-en.js", "assets/editor/engine.js", "sitemap.xml"} <= names
    listed = (site / "SHA256SUMS").read_text().splitlines()
    sums = dict(reversed(line.split("  ")) for line in listed)
    assert names == {*sums, "SHA256SUMS"}
    assert all(
        hashlib.sha256((site / name).read_bytes()).hexdigest() == sum_
        for name, sum_ in sums.items()
    )
    anso = (site / "en/id/org/anso.html").read_text()
    release = json.loads((site / "manifest.json").read_text())["release"]
    assert release[:12] in anso
    assert 'http-equiv="Content-Security-Policy"' in anso
    assert '<link rel="canonical" href="https://example.org/copy/en/id/org/anso.html">' in anso
    assert "/sparql" not in anso
    question = (site / "en/questions/cofounders.html").read_text()
    assert 'id="others"' in question and "<form method" not in question
    # With the texts at hand, no words of theirs are in any file; titles are shorter.
    texts = [path.read_text("utf-8") for path in sources.glob("*.txt")]
    runs = {text[at : at + 160] for text in texts for at in range(0, len(text) - 160, 150)}
    for name in names:
        if name.endswith((".html", ".js", ".ttl", ".csv")):
            content = (site / name).read_text("utf-8")
            assert not [run for run in runs if run.strip() and run in content], name


@pytest.mark.slow
def test_a_site_has_the_same_bytes_each_time(site: Path, tmp_path: Path) -> None:
    again = _built(tmp_path / "again")
    assert (site / "SHA256SUMS").read_bytes() == (again / "SHA256SUMS").read_bytes()


@pytest.mark.slow
def test_a_site_has_the_same_bytes_by_one_process_or_two(store: Path, tmp_path: Path) -> None:
    for count in (1, 2):
        build_site(Place(store=str(store)), tmp_path / str(count), Wanted(None, 3, count))
    one, two = ((tmp_path / name / "SHA256SUMS").read_bytes() for name in "12")
    assert one == two


_HOSTILE = """PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
<http://example.org/A> rdfs:label "<script>alert(1)</script>" ; rdfs:seeAlso <http://example.org/a> ,
  <javascript:alert(1)> .
<http://example.org/a> rdfs:label "'\\" onmouseover=alert(1) x='" ; rdfs:comment "x" , "y" .
<http://example.org/%E4%B8%AD?x=1&y=<>#z> rdfs:comment "nobody calls it anything" .
<urn:x:..%2F..%2Fetc> rdfs:label "up" .
<http://example.org/b> rdfs:comment "nobody calls it anything" .
"""


@pytest.fixture
def store(tmp_path: Path) -> Path:
    file = tmp_path / "hostile.ttl"
    file.write_text(_HOSTILE.replace("<>", "%3C%3E"), encoding="utf-8")
    return file


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let a site be written without the pages of our own ontology, which any store has."""
    kept = {key: made for key, made in page_keys._MADE.items() if key in ("", "search")}
    monkeypatch.setattr(page_keys, "_MADE", kept)
    page_keys.made_at.cache_clear()
    of_all = site_builder.things_of

    def some(*args: Any) -> Things:
        found = of_all(*args)
        own = tuple(one for one in found.written if not one.startswith(BASE))
        return Things(own, found.left_out)

    monkeypatch.setattr(site_builder, "things_of", some)
    yield
    page_keys.made_at.cache_clear()


@pytest.mark.parametrize(("most", "left_out"), [(None, 0), (3, 2), (1, 4)])
def test_a_store_is_written_up_to_a_number_and_says_nothing_that_runs(
    cache: Path, bare: None, store: Path, tmp_path: Path, most: int | None, left_out: int
) -> None:
    built = build_site(Place(store=str(store)), tmp_path / "site", Wanted(None, most, 1))
    assert built.left_out == left_out
    assert not list(faults(tmp_path / "site"))
    pages = list((tmp_path / "site/en/thing").rglob("*.html"))
    assert len(pages) == 5 - left_out
    text = "".join(page.read_text("utf-8") for page in pages)
    assert "<script>alert" not in text and 'href="javascript' not in text
    named = [page for page in pages if "nobody calls it anything" in page.read_text("utf-8")]
    assert len(named) == (2 if most is None else 0)


# Refusals, and folders of the user's


def test_what_does_not_go_together_is_refused(cli: Cli, tmp_path: Path) -> None:
    for arguments in (
        ("build", "ontology", "x", "--most", "3"),
        ("build", "release", "x", "--store", "y"),
    ):
        result = cli(*arguments)
        assert result.returncode == 2 and "BRI139" in result.stderr
    there = cli("build", "site", str(tmp_path / "x"), "--store", "http://127.0.0.1:9/sparql")
    assert there.returncode == 2 and "BRI912" in there.stderr
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_text("x")
    assert "BRI226" in cli("build", "site", str(mine)).stderr
    assert "BRI911" in cli("build", "site", str(mine), "--replace").stderr
    assert "BRI142" in cli("build", "site", str(tmp_path / "new"), "--at", "here").stderr
    assert [path.name for path in mine.iterdir()] == ["letter.txt"]


def test_a_site_is_replaced_only_where_nothing_of_the_users_is_in_it(tmp_path: Path) -> None:
    refuse_foreign(tmp_path / "not-there")
    (tmp_path / "manifest.json").write_text('{"name": "bri-kg site"}')
    (tmp_path / "en").mkdir()
    (tmp_path / "en/index.html").write_text("x")
    (tmp_path / "SHA256SUMS").write_text(f"{'0' * 64}  manifest.json\n{'0' * 64}  en/index.html\n")
    refuse_foreign(tmp_path)
    (tmp_path / "en/mine.html").write_text("x")
    with pytest.raises(InputError, match=r"en/mine\.html"):
        refuse_foreign(tmp_path)


def test_a_long_sitemap_is_cut_where_the_protocol_says() -> None:
    files = dict(sitemaps("https://example.org/", [f"{n}.html" for n in range(50_001)]))
    assert set(files) == {"sitemap-1.xml", "sitemap-2.xml", "sitemap.xml"}
    assert files["sitemap-2.xml"].count(b"<loc>") == 1
    assert b"https://example.org/sitemap-2.xml" in files["sitemap.xml"]


_MAIN = "import sys; from bri_kg.cli.main import main; sys.exit(main(sys.argv[1:]))"


def _until(holds: Callable[[], object], seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it takes too long"
        time.sleep(0.05)


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_who_is_killed_leaves_the_old_folder_and_no_process(cache: Path, tmp_path: Path) -> None:
    old = tmp_path / "site"
    old.mkdir()
    (old / "manifest.json").write_text('{"name": "bri-kg site"}')
    (old / "SHA256SUMS").write_text(f"{'0' * 64}  manifest.json\n")
    env = {**os.environ, "BRI_KG_CACHE": str(cache), "PYTHONPATH": str(ROOT)}
    command = (sys.executable, "-c", _MAIN, "build", "site", str(old), "--replace", "--most", "50")
    running = subprocess.Popen(command, env=env, stderr=subprocess.PIPE)
    _until(lambda: list(tmp_path.glob(".bri-kg-site-*/en/*")))
    running.send_signal(signal.SIGKILL)
    running.wait()
    assert {path.name for path in old.iterdir()} == {"manifest.json", "SHA256SUMS"}


@pytest.mark.slow
def test_pages_of_the_graph_are_light_and_every_link_leads_somewhere(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With BRI_KG_WHOLE_SITE=1, of the whole graph; else of some things of each kind."""
    is_whole = bool(os.environ.get("BRI_KG_WHOLE_SITE"))
    if not is_whole:
        _spread(monkeypatch, 150)
    built = build_site(Place(), tmp_path / "site", Wanted(None, None if is_whole else 150))
    assert (built.left_out == 0 and built.has_other_answers) == is_whole
    assert not list(faults(tmp_path / "site"))
    found = list(sizes(tmp_path / "site"))
    sys.stdout.write(f"\n{table(found)}\n")
    assert not [one for one in found if one.document > _LIGHT]
    assert not [one for one in found if one.packed > _LIGHT and one.kind not in APART]


def _spread(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    """Let a site tell of so many things, as far apart in the order of all as they can be."""
    of_all = site_builder.things_of

    def some(graph: Any, library: Any, _: int | None) -> Things:
        every = of_all(graph, library, None).written
        kept = every[:: -(-len(every) // most)]
        return Things(kept, len(every) - len(kept))

    monkeypatch.setattr(site_builder, "things_of", some)


def test_choosing_things_takes_no_more_memory_of_a_larger_store(
    kg: KnowledgeGraph,
) -> None:
    peaks = []
    for count in (2_000, 20_000):
        triples = (
            ox.Quad(ox.NamedNode(f"urn:x:{number}"), ox.NamedNode("urn:x:is"), ox.Literal("x"))
            for number in range(count)
        )
        given = KnowledgeGraph(kg.resources, Store(triples))
        library = Library(Site(given, "", "a-release"))
        things_of(given, library, 20)  # what is read once is there
        tracemalloc.start()
        found = things_of(given, library, 20)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert found.left_out == count - 20
    assert peaks[1] < 1.2 * peaks[0]
