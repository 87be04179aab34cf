"""The reference pages: well-formed HTML, every term and concept, every link with a target, both languages."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import html5rdf
import pytest
from conftest import Cli

from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import shorten
from bri_kg.publishing.pages.render import anchor

_TERMS = """SELECT DISTINCT ?term WHERE {
  VALUES ?kind { owl:Class owl:ObjectProperty owl:DatatypeProperty owl:AnnotationProperty }
  { ?term a ?kind ; rdfs:isDefinedBy ?module } UNION { ?term a skos:Concept }
}"""


class _Links(HTMLParser):
    """The ids of a page and the fragments that its links name."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.fragments: set[str] = set()
        self.files: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if values.get("id"):
            self.ids.append(str(values["id"]))
        target = values.get("href") or ""
        if target.startswith("#"):
            self.fragments.add(target[1:])
        elif target and "://" not in target:
            self.files.add(target)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, cli: Cli) -> Path:
    folder = tmp_path_factory.mktemp("reference") / "pages"
    done = cli("build", "reference", str(folder))
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_page_is_html_whose_links_have_targets(pages: Path, language: str) -> None:
    page = (pages / f"{language}.html").read_text(encoding="utf-8")
    parser = html5rdf.HTMLParser(strict=False)
    parser.parse(page)
    assert parser.errors == []
    links = _Links(page)
    assert len(links.ids) == len(set(links.ids))
    assert links.fragments <= set(links.ids)
    assert links.files == {"zh.html" if language == "en" else "en.html"}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_term_and_concept_has_its_place(
    pages: Path, kg: KnowledgeGraph, language: str
) -> None:
    ids = set(_Links((pages / f"{language}.html").read_text(encoding="utf-8")).ids)
    terms = [shorten(str(row.value("term"))) for row in kg.query(_TERMS)]
    assert len(terms) > 400
    assert [term for term in terms if anchor(term) not in ids] == []


def test_an_article_says_what_its_files_say(pages: Path) -> None:
    page = (pages / "en.html").read_text(encoding="utf-8")
    found = re.search(r'<article id="isFoundedBy">.*?</article>', page, re.DOTALL)
    assert found is not None
    article = found[0]
    assert (
        "Relates an organization or a facility to an actor that brought it into being." in article
    )
    assert 'href="#isCreatedBy"' in article  # its parent
    assert 'href="#question-cofounders"' in article  # a question that names it
    claim = re.search(r'<article id="evidence">.*?</article>', page, re.DOTALL)
    assert claim is not None
    assert "A claim needs evidence: at least one passage that says it. (must)" in claim[0]


def test_a_folder_in_use_is_left_alone(pages: Path, cli: Cli) -> None:
    before = (pages / "en.html").read_bytes()
    done = cli("build", "reference", str(pages))
    assert done.returncode == 2
    assert "BRI226" in done.stderr and "new or empty folder" in done.stderr
    assert (pages / "en.html").read_bytes() == before


def test_the_ontology_can_be_taken_away(tmp_path: Path, cli: Cli) -> None:
    done = cli("build", "ontology", str(tmp_path / "taken"))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "taken" / "bri.ttl").is_file()
    assert list((tmp_path / "taken" / "shapes").glob("*.ttl"))
