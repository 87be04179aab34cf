"""The SPARQL editor before any script has run, what its scripts are told, and what is vendored for it."""

from __future__ import annotations

import gzip
import hashlib
import tomllib
from pathlib import Path

import pytest
from conftest import ROOT
from pages_here import Seen, client
from written_editors import Beside, value_of

from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import PREFIXES
from bri_kg.web.explorer import editor, editor_files, editor_words
from bri_kg.web.explorer.editor_described import as_example, described
from bri_kg.web.explorer.page import Page
from bri_kg.web.site import Site

ASSETS = ROOT / "bri_kg" / "web" / "assets"
VENDORED = sorted(one for one in (ASSETS / "vendor").iterdir() if one.is_dir())
HOSTILE = "</textarea><script>alert(1)</script>\"'&"


@pytest.mark.parametrize("folder", VENDORED, ids=lambda folder: str(folder.name))
def test_what_is_vendored_is_what_was_published(folder: Path) -> None:
    listed = tomllib.loads((folder / "VENDORED.toml").read_text(encoding="utf-8"))
    there = {one.name for one in folder.iterdir()} - {"VENDORED.toml"}
    packed = {f"{name}.gz" if f"{name}.gz" in there else name for name in listed["files"]}
    assert there == packed | set(listed["texts"])
    assert listed["package"] in (ROOT / "NOTICE").read_text(encoding="utf-8")
    assert listed["version"] and listed["licence"]
    for name, digest in listed["files"].items():
        file = folder / name
        body = (
            file.read_bytes() if file.exists() else gzip.decompress(Path(f"{file}.gz").read_bytes())
        )
        assert hashlib.sha256(body).hexdigest() == digest, name


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_form_works_without_scripts(kg: KnowledgeGraph, lang: str) -> None:
    answer = client(kg, "/base").get(f"/base/editor?lang={lang}")
    page = Seen(answer.text)
    assert page.lang == lang
    assert f'<form id="editor" method="get" action="/base/sparql?lang={lang}"' in answer.text
    assert {"query", "told", "fault", "answer"} <= set(page.anchors)
    examples = [link for link in page.links if "example=" in link]
    assert len(examples) == len(kg.questions)
    assert any("example=founders" in link for link in examples[:3]), "what people ask most"
    assert len(answer.content) < 60_000
    assert not [link for link in page.links if link.startswith("//") or "script:" in link]
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert "style" not in page.attributes


def test_a_question_stands_in_the_form_with_prefixes_and_defaults(kg: KnowledgeGraph) -> None:
    page = client(kg).get("/editor?example=cofounders&lang=zh").text
    assert "PREFIX bri-org: &lt;https://w3id.org/bri-kg/id/org/&gt;" in page
    assert "bri-org:anso bri:isFoundedBy bri-org:cas" in page
    assert "= &#34;zh&#34;" in page


def test_a_query_of_an_address_is_text(kg: KnowledgeGraph) -> None:
    answer = client(kg).get("/editor", params={"query": HOSTILE})
    assert HOSTILE not in answer.text
    assert HOSTILE in Seen(answer.text).text
    unknown = client(kg).get("/editor", params={"example": HOSTILE})
    assert unknown.status_code == 200
    assert HOSTILE not in unknown.text


@pytest.mark.slow
def test_each_example_gives_the_rows_of_its_question(kg: KnowledgeGraph) -> None:
    for name, question in kg.questions.items():
        for lang in ("en", "zh"):
            rows = kg.query(as_example(question, lang))
            assert rows == kg.ask(name, lang=lang), name


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_scripts_are_told_of_the_graph(kg: KnowledgeGraph, lang: str) -> None:
    answer = client(kg).get(f"/assets/editor/described.{lang}.js")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.content == described(kg, lang)
    found = value_of(answer.content)
    assert found["prefixes"] == PREFIXES
    assert set(found["examples"]) == set(kg.questions)
    terms = {one["name"]: one for one in found["terms"]}
    label = {"en": "is founded by", "zh": "由…创立"}[lang]
    assert terms["bri:isFoundedBy"]["label"] == label
    ours = [one for name, one in terms.items() if name.startswith("bri")]
    assert len(ours) > 500
    assert all(one["label"] for one in ours)
    defined = [one for one in ours if one["name"].startswith(("bri:", "bri-factuality:"))]
    assert all(one["definition"] for one in defined)
    assert "bri:hasPeriod" not in terms  # deprecated
    assert {"bri:Claim", "bri-factuality:planned", "skos:prefLabel"} <= set(terms)


def test_every_word_of_the_scripts_is_said_and_none_is_left_over() -> None:
    scripts = "".join(
        one.read_text(encoding="utf-8") for one in sorted((ASSETS / "editor").glob("*.js"))
    )
    for name in (*editor_words.IN_BROWSER, *editor_words.COUNTED):
        assert f"words.{name}" in scripts, name


def test_a_copy_has_the_engine_and_the_data(kg: KnowledgeGraph) -> None:
    files = dict(editor_files.editor_files(kg, Beside("en")))
    engine = value_of(files[editor_files.ENGINE])
    assert "\nexport " not in engine["code"]
    assert "import.meta" not in engine["code"]
    data = value_of(files[editor_files.DATA])
    assert data["pages"]["id/org/anso"] == "id/org/anso.html"
    page = Page(Beside("en"), "en", is_written=True)
    html = editor.editor_page(Site(kg, "", "a-release"), page, {})
    size = (len(files[editor_files.ENGINE]) + len(files[editor_files.DATA])) / 1e6
    assert f"{size:.1f} MB" in html
    assert '<form id="editor" method="get" data' in html
    assert "'wasm-unsafe-eval'" in editor.WRITTEN_POLICY
    assert "'unsafe" not in editor.WRITTEN_POLICY


def test_a_copy_of_too_many_triples_has_no_editor_and_says_so(
    kg: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(editor_files, "MOST", 10)
    assert not list(editor_files.editor_files(kg, Beside("en")))
    page = Page(Beside("zh"), "zh", is_written=True)
    html = editor.editor_page(Site(kg, "", "a-release"), page, {})
    assert "浏览器无法承担查询" in html
    assert "yasqe.min.js" not in html
    assert "<textarea" not in html
