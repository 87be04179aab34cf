"""The house in order: the same prefixes, labels and definitions everywhere."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import ROOT
from running import Cli

from bri_kg.dataset.resources import find
from bri_kg.dataset.values import value_triples
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import BASE, PREFIXES, SCRATCH, expand, shorten
from bri_kg.rdf.parsing import read_rdf

TURTLE = sorted([*(ROOT / "ontology").rglob("*.ttl"), *(ROOT / "graph").rglob("*.ttl")])
QUERIES = sorted((ROOT / "queries").rglob("*.rq"))
# Rules inside a store name graphs of ours there; nobody else has a use for the prefix.
KNOWN = {**PREFIXES, "scratch": SCRATCH}


@pytest.mark.parametrize("path", [*TURTLE, *QUERIES], ids=lambda p: p.relative_to(ROOT).as_posix())
def test_prefixes_are_the_same_in_every_file(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for prefix, namespace in re.findall(
        r"^@?prefix\s+([\w-]*):\s*<([^>]*)>", text, re.MULTILINE | re.IGNORECASE
    ):
        assert KNOWN.get(prefix) == namespace, f"{prefix}: <{namespace}>"
        rest = re.sub(r"^@?prefix.*$", "", text, flags=re.MULTILINE | re.IGNORECASE)
        assert re.search(rf"(?<![\w:-]){re.escape(prefix)}:", rest), f"{prefix}: is not used"


@pytest.mark.parametrize(
    "path", sorted((ROOT / "graph").rglob("*.ttl")), ids=lambda p: p.relative_to(ROOT).as_posix()
)
def test_no_blank_nodes(path: Path) -> None:
    """Of the graph; a check looks at the ontology, where lists and SHACL paths have none."""
    for quad in ox.parse(path.read_bytes(), ox.RdfFormat.TURTLE):
        assert not isinstance(quad.subject, ox.BlankNode), quad
        assert not isinstance(quad.object, ox.BlankNode), quad


def test_the_examples_of_the_modelling_page_use_terms_that_exist(kg: KnowledgeGraph) -> None:
    page = (ROOT / "docs" / "modelling.md").read_text(encoding="utf-8")
    examples = re.findall(r"```turtle\n(.*?)```", page, re.DOTALL)
    prefixes = {**PREFIXES, "ex": "http://example.org/"}
    head = f"@base <{BASE}> .\n" + "".join(f"@prefix {p}: <{ns}> .\n" for p, ns in prefixes.items())
    classes = set()
    for example in examples:
        for quad in ox.parse((head + example).encode(), ox.RdfFormat.TURTLE):
            for term in (quad.predicate, quad.object):
                if (
                    isinstance(term, ox.NamedNode)
                    and term.value.startswith(BASE)
                    and "#char" not in term.value
                ):
                    known = kg.store.quads_for_pattern(term, None, None)
                    assert next(known, None) or any(value_triples([term])), term
            if quad.predicate.value.endswith("#type") and str(quad.object).startswith(f"<{BASE}"):
                classes.add(quad.object.value)  # type: ignore[union-attr]
    claims = {
        str(r.value("c")) for r in kg.query("SELECT ?c WHERE { ?c rdfs:subClassOf bri:Claim }")
    }
    assert classes == claims
    assert len(claims) == 15


# What the sources only plan, pledge, target, expect or propose, and whom they only plan it with.
PLANNED = (
    "bri-collection:efforts-exchanges",
    "bri-collection:efforts-joint-laboratories",
    "bri-collection:efforts-research-centres",
    "bri-collection:envisaged-joint-laboratories",
    "bri-collection:multilateral-cooperation-platforms",
    "bri-document:anso-action-plan",
    "bri-facility:belt-and-road-environmental-technology-exchange-and-transfer-center",
    "bri-group:brics-countries",
    "bri-group:developed-countries",
    "bri-kind:cooperation-platform",
    "bri-kind:exchange-and-transfer-centre",
    "bri-group:pakistani-side",
    "bri-programme:brics-sti-cooperation",
    "bri-theme:artificial-intelligence-governance",
    "bri-theme:global-governance-of-science-technology-and-innovation",
    "bri-theme:poverty-alleviation",
)


@pytest.mark.parametrize("name", PLANNED)
def test_what_is_planned_is_in_no_fact(kg: KnowledgeGraph, name: str) -> None:
    node = ox.NamedNode(str(expand(name)))
    about = kg.query(f"SELECT ?claim WHERE {{ ?claim ?part <{node.value}> ; bri:factuality ?f }}")
    assert about.rows, "no claim speaks of it"
    facts = ox.parse(path=str(kg.release.part("facts")), format=ox.RdfFormat.N_QUADS)
    assert not [quad for quad in facts if node in (quad.subject, quad.object)]


def test_no_fact_comes_from_what_has_not_come_about(kg: KnowledgeGraph) -> None:
    facts = ox.parse(path=str(kg.release.part("facts")), format=ox.RdfFormat.N_QUADS)
    graphs = {q.graph_name.value for q in facts if isinstance(q.graph_name, ox.NamedNode)}
    rows = kg.query("""SELECT ?claim WHERE { ?claim bri:factuality ?f
        FILTER (?f NOT IN (bri-factuality:achieved, bri-factuality:ongoing)) }""")
    unreal = {str(row.value("claim")) for row in rows}
    assert len(unreal) >= 15
    assert not graphs & unreal


@pytest.mark.parametrize(
    ("fact", "noted"),
    [
        ("<source/casted-slides> bri:isAuthoredBy bri-person:he-guangxi", True),
        ("<source/casted-slides> schema:author bri-person:he-guangxi", True),
        ("bri-org:twas bri:cooperatesWith bri-org:cas", True),
        ("<source/cas-decade> bri:hasRightsHolder bri-org:cas", False),
        ("bri-event:anso-launch bri:receivesLetterFrom bri-person:xi-jinping", False),
        # Inferred from the slides, and stated in the report of the launch.
        ("bri-person:xi-jinping bri:holdsPostIn bri-org:state-of-china", False),
    ],
)
def test_plain_triples_tell_which_facts_rest_on_inference(
    kg: KnowledgeGraph, cli: Cli, fact: str, noted: bool
) -> None:
    subject, predicate, value = (
        part[1:-1] if part[0] == "<" else str(expand(part)) for part in fact.split()
    )
    subject = subject if subject.startswith("http") else BASE + subject
    done = cli("export", "--format", "nt")
    lines = done.stdout.splitlines()
    assert f"<{subject}> <{predicate}> <{value}> ." in lines
    about = {line.split()[0] for line in lines if line.endswith(f"annotatedSource> <{subject}> .")}
    about &= {
        line.split()[0] for line in lines if line.endswith(f"annotatedProperty> <{predicate}> .")
    }
    about &= {line.split()[0] for line in lines if line.endswith(f"annotatedTarget> <{value}> .")}
    assert len(about) == noted


def test_no_path_of_a_machine_and_no_registry_is_named() -> None:
    rooms = [ROOT / name for name in ("ontology", "graph", "queries", "bri_kg", "docs", ".ci")]
    files = [
        p
        for room in rooms
        for p in room.rglob("*")
        if p.is_file() and p.suffix not in (".pyc", ".png")
    ] + list(ROOT.glob("*.md"))
    for path in files:
        if "vendor" in path.parts:  # as others have published it
            continue
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"/(?:home|root|work|Users)/[a-z]", text), path
        assert not re.search(r"pypi\.org|registry\.npmjs|files\.pythonhosted", text), path


def test_settings_of_ruff_and_of_the_source_distribution_name_what_is_there() -> None:
    tool = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    included = tool["hatch"]["build"]["targets"]["sdist"]["include"]
    patterns = [
        *tool["ruff"]["lint"]["per-file-ignores"],
        *(pattern.removeprefix("/") for pattern in included),
    ]
    assert [pattern for pattern in patterns if not any(ROOT.glob(pattern))] == []


# Lists that are complete by what they mean, whether or not data uses all of them.
COMPLETE = (
    "bri-check", "bri-comparator", "bri-factuality", "bri-nature", "bri-omission", "bri-rank",
    "bri-standing", "bri-unit",
)  # fmt: skip


def test_every_concept_is_used_or_stands_above_one_that_is() -> None:
    """By the graph, or by a document of another kind that the vocabularies have to serve."""
    skos = PREFIXES["skos"]
    files = [*find().data_files(), *(ROOT / "tests" / "unseen").glob("*.ttl")]
    quads = [quad for path in files for quad in read_rdf(path)]
    named = {q.subject.value for q in quads if q.predicate.value == skos + "inScheme"}
    above: dict[str, set[str]] = {}
    for quad in quads:
        if quad.predicate.value == skos + "broader":
            above.setdefault(quad.subject.value, set()).add(quad.object.value)
    no_use = (skos, PREFIXES["dcterms"])
    used = {
        quad.object.value
        for quad in quads
        if isinstance(quad.object, ox.NamedNode) and not quad.predicate.value.startswith(no_use)
    }
    reached = set()
    new = used & named
    while new:
        reached |= new
        new = {wider for name in new for wider in above.get(name, ())} - reached
    unused = {shorten(name) for name in named - reached}
    assert {name for name in unused if name.split(":")[0] not in COMPLETE} == set()


_SMALL = {"a", "by", "for", "from", "in", "it", "no", "of", "on", "or", "that", "the", "to", "with"}
_SMALL |= {"an", "and", "between"}


def test_a_concept_is_named_as_its_label_says(kg: KnowledgeGraph) -> None:
    """The same words, give or take endings, small words, the word of the scheme and one more in the label."""
    rows = kg.query("""SELECT DISTINCT ?concept ?label WHERE {
      ?concept a skos:Concept ; skos:prefLabel ?label . FILTER (LANG(?label) = "en") }""")
    assert len(rows.rows) > 300
    for row in rows:
        *_, scheme, name = str(row.value("concept")).split("/")
        label = {
            w[:3]
            for w in re.findall(r"[a-z0-9]+", str(row.value("label")).lower())
            if w not in _SMALL
        }
        named = {w[:3] for w in re.split("-", name) if w not in _SMALL}
        assert named <= label, f"{name}: {row.value('label')}"
        assert len(label - named - {w[:3] for w in scheme.split("-")}) <= 1, (
            f"{name}: {row.value('label')}"
        )
