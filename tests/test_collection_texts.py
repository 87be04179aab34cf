"""The texts of a collection: found by the faces of the terminal, and shown by a server only where that is asked for."""

from __future__ import annotations

import re
from argparse import Namespace
from pathlib import Path

import pytest
from conftest import ROOT
from running import Cli
from workbook_bench import Bench, claim, thing

from bri_kg.checking.checks import read_checks, run_check
from bri_kg.checking.workbook_desk import desk_of
from bri_kg.cli.texts_found import texts_named, texts_of_collection
from bri_kg.dataset.assembly import asserted_store
from bri_kg.dataset.new_collection import new_collection
from bri_kg.dataset.resources import find
from bri_kg.knowledge import open_graph
from bri_kg.rdf.graphs import write_graph
from bri_kg.texts.extracting import extract
from bri_kg.texts.new_source import Origin, write_source
from bri_kg.texts.workbook.source_places import places_of, put
from bri_kg.web.explorer.page import Page
from bri_kg.web.explorer.page_addresses import Served
from bri_kg.web.explorer.source_pages import source_page
from bri_kg.web.site import Site

URL = "http://127.0.0.1:8000"
WORDS = "Heron Academy and Plover Institute founded the Tern Alliance in 2016."
ROWS = {
    "things": [
        thing("organization", "Tern Alliance", "燕鸥联盟"),
        thing("organization", "Heron Academy", "苍鹭科学院"),
        thing("organization", "Plover Institute", "鸻鸟研究所"),
    ],
    "claims": [
        claim(
            "creation", WORDS, hasSubject="Tern Alliance", role="founder",
            hasAgent="Heron Academy; Plover Institute", hasTime="2016",
        )
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def mine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The collection of the tutorial, with the row that it explains, and a Chinese source without claims."""
    parent = tmp_path_factory.mktemp("texts")
    folder = new_collection(
        parent / "mine", "My documents", "https://example.org/mine/", "mine"
    ).folder
    given = {
        "notes": (WORDS, Origin("Tri-party MoU Signed", publisher="Heron News")),
        "chashu": ("茶的种植始于山间。", Origin("茶书")),
    }
    for name, (words, origin) in given.items():
        (parent / f"{name}.txt").write_text(f"{words}\n", encoding="utf-8")
        resources = find(folder)
        places, extracted = places_of(resources, name), extract(parent / f"{name}.txt")
        write_source(places, f"mine:{name}", extracted, origin, {}, parent / f"{name}.txt")
    own = Bench(find(folder), places_of(find(folder), "notes"))
    checked = own.check(ROWS)
    assert checked.is_ready, checked.problems
    put(own.places, write_graph(checked.made.quads(), "ttl"))
    return folder


@pytest.fixture
def no_texts_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BRI_KG_SOURCES", raising=False)


@pytest.mark.usefixtures("no_texts_named")
def test_the_words_are_shown_without_a_word_of_where_they_are(cli: Cli, mine: Path) -> None:
    shown = (
        ("explain", "mine-claim:notes-creation-tern-alliance"),
        ("evidence", "show", "mine-claim:notes-creation-tern-alliance"),
    )
    for words in shown:
        said = cli(*words, cwd=mine)
        assert "founded the Tern Alliance" in " ".join(said.stdout.split()), said.stderr
    found = cli("evidence", "find", "notes", "founded the Tern", cwd=mine)
    assert "#char=35,51>" in found.stdout


@pytest.mark.usefixtures("no_texts_named")
def test_the_answer_of_the_tutorial_is_the_one_that_is_printed(cli: Cli, mine: Path) -> None:
    page = (ROOT / "docs" / "collection.md").read_text(encoding="utf-8")
    asked, printed = re.findall(r"```console\n\$ (bri-kg ask [^\n]*)\n(.*?)```", page, re.DOTALL)[0]
    assert asked == 'bri-kg ask founders --param thing="Tern Alliance"'
    said = cli("ask", "founders", "--param", "thing=Tern Alliance", cwd=mine)
    assert said.stdout.strip() == printed.strip()


def test_what_is_named_goes_before_what_is_found(
    mine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BRI_KG_SOURCES", raising=False)
    args = Namespace(graph=[mine], alone=False, sources=None)
    assert texts_named(args) == texts_of_collection(args) == str(mine / "texts")
    assert texts_named(Namespace(graph=[mine], alone=False, sources="there")) == "there"
    monkeypatch.setenv("BRI_KG_SOURCES", "elsewhere")
    assert texts_named(args) is None


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_server_says_that_it_shows_no_words(
    mine: Path, lang: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from bri_kg.cli.verbs import serve
    from bri_kg.web.site import Words

    monkeypatch.delenv("BRI_KG_SOURCES", raising=False)
    args = Namespace(graph=[mine], alone=False, sources=None, store=None, lang=lang, quiet=False)
    serve._say_what_is_not_shown(args, Words(mine))
    assert capsys.readouterr().err == ""
    serve._say_what_is_not_shown(args, Words())
    [said] = capsys.readouterr().err.splitlines()
    assert "--sources" in said and "--publish-words" in said and str(mine / "texts") in said
    assert ("原文" in said) == (lang == "zh")


def test_a_source_is_called_by_its_title_in_both_languages(mine: Path) -> None:
    resources = find(mine)
    known = desk_of(resources).known
    for name, title in (("notes", "Tri-party MoU Signed"), ("chashu", "茶书")):
        labels = {
            known.label(f"https://example.org/mine/source/{name}", lang) for lang in ("en", "zh")
        }
        assert labels == {title}
    store = asserted_store(resources)
    [check] = [c for c in read_checks(resources, "claims") if c.name == "label-in-other-script"]
    assert not [f for f in run_check(check, store, "claims") if "/mine/" in str(f.focus)]


def test_who_published_a_source_stands_at_the_head_of_its_page(mine: Path) -> None:
    kg = open_graph(mine)
    site, page = Site(kg, URL, "a-release"), Page(Served(URL, "en"), "en")
    html = source_page(site, page, "https://example.org/mine/source/notes", 0)
    head = " ".join(re.sub(r"<[^>]+>", " ", html.partition("</dl>")[0]).split())
    assert "publisher Heron News" in head
