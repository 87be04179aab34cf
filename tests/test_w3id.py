"""The redirects of the namespace lead every IRI to an answer of the server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pages_here
import pyoxigraph as ox
import pytest
from conftest import ROOT
from pages_here import URL
from starlette.testclient import TestClient

from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import BASE
from bri_kg.web.site_links import FORMS

FILE = ROOT / "docs" / "w3id" / ".htaccess"
PLACEHOLDER = "https://example.org/bri-kg"
_RULE = re.compile(r"RewriteRule (\S+) (\S+) \[R=(30[1237]),L\]")
_OTHER = ("RewriteEngine on", "Options +FollowSymLinks")


@dataclass(frozen=True)
class Rule:
    """A RewriteRule in a folder's .htaccess: matched against the path behind the folder, without a slash before it."""

    pattern: re.Pattern[str]
    target: str
    status: int


def read_rules(file: Path) -> list[Rule]:
    """Read the part of mod_rewrite that the file needs; anything else is an error."""
    rules = []
    for line in file.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#") or line in _OTHER:
            continue
        found = _RULE.fullmatch(line)
        assert found, f"not understood: {line}"
        rules.append(Rule(re.compile(found[1]), found[2], int(found[3])))
    return rules


def redirected(rules: list[Rule], path: str) -> tuple[int, str] | None:
    """Return status and address that the first matching rule gives."""
    for rule in rules:
        if found := rule.pattern.search(path):
            return rule.status, re.sub(r"\$(\d)", lambda m: found[int(m[1])] or "", rule.target)
    return None


@pytest.fixture(scope="module")
def web(kg: KnowledgeGraph) -> Iterator[TestClient]:
    with pages_here.client(kg, "/base") as client:
        yield client


@pytest.fixture(scope="module")
def kinds(kg: KnowledgeGraph) -> dict[str, str]:
    """One path of each kind of IRI: of those in the data, and of what stands beside it."""
    quads = kg.guarded.quads.quads_for_pattern(None, None, None, ox.DefaultGraph())
    paths = {
        term.value.removeprefix(BASE)
        for quad in quads
        for term in (quad.subject, quad.object)
        if isinstance(term, ox.NamedNode) and term.value.startswith(BASE)
    }
    beside = {
        "shapes#Claim",
        "ontology/shapes/claim",
        "ontology/shapes/claim/0.3.0",
        "ontology/0.1.0",
        "question/cofounders",
    }
    found: dict[str, str] = {}
    for path in sorted(paths | beside, reverse=True):
        found[re.sub(r"[^/#]+$", "*", re.sub(r"#.*", "#*", path))] = path
    return found


def test_every_kind_of_iri_leads_to_an_answer(web: TestClient, kinds: dict[str, str]) -> None:
    rules = read_rules(FILE)
    assert len(kinds) > 50
    for path in kinds.values():
        sent = path.partition("#")[0]
        first = redirected(rules, sent)
        assert first is not None, path
        status, address = first
        assert address.startswith(PLACEHOLDER + "/"), path
        is_thing = sent.startswith(("id/", "claim/", "vocab/", "question/"))
        assert status == (303 if is_thing else 302), path
        there = address.replace(PLACEHOLDER, f"{URL}/base")
        answer = web.get(there, headers={"Accept": "text/turtle"})
        assert answer.status_code == (303 if is_thing else 200), path
        if is_thing:
            answer = web.get(answer.headers["location"])
        assert answer.status_code == 200, path
        assert answer.headers["content-type"].startswith("text/turtle"), path
        told = {quad.subject for quad in ox.parse(answer.content, format=ox.RdfFormat.TURTLE)}
        # A version is told of under the name of what it is a version of.
        assert ox.NamedNode(BASE + re.sub(r"/0[.0-9]+$", "", sent)) in told or (
            sent == "shapes" and len(told) > 100
        ), path


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_reached(web: TestClient, form: str) -> None:
    first = redirected(read_rules(FILE), "id/org/anso")
    assert first is not None
    there = first[1].replace(PLACEHOLDER, f"{URL}/base")
    answer = web.get(there, headers={"Accept": FORMS[form]})
    document = web.get(answer.headers["location"])
    assert document.headers["content-type"].startswith(FORMS[form])


def test_the_context_is_reached(web: TestClient) -> None:
    first = redirected(read_rules(FILE), "ontology/context.jsonld")
    assert first is not None and first[0] == 302
    answer = web.get(first[1].replace(PLACEHOLDER, f"{URL}/base"))
    assert answer.status_code == 200 and "@context" in answer.json()


@pytest.mark.parametrize(
    "path", ["ontologyx", "id", "id/", "shapes/x", "idx/org", "doc/id/org/anso.ttl"]
)
def test_nothing_else_is_redirected(path: str) -> None:
    assert redirected(read_rules(FILE), path) is None


def test_no_path_leads_to_another_host() -> None:
    rules = read_rules(FILE)
    for path in ("id//evil.example/x", "id/@evil.example", "source/\\evil.example", ""):
        found = redirected(rules, path)
        assert found is not None and found[1].startswith(f"{PLACEHOLDER}/")


def test_the_placeholder_is_the_only_host() -> None:
    hosts = set(re.findall(r"https://[^/\s]+", FILE.read_text(encoding="utf-8")))
    assert hosts == {"https://example.org", "https://w3id.org"}
