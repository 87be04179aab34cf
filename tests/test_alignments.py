"""Alignments, the tables made of them, and the catalogue: what they say, what follows, and what opens offline."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
import yaml
from conftest import ROOT
from java_programs import owlapi

from bri_kg.cli.generate import main
from bri_kg.dataset.resources import find
from bri_kg.errors import InputError
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import BASE, BRI, PREFIXES
from bri_kg.publishing.generated import stale
from bri_kg.publishing.sssom import tables

ONTOLOGY = ROOT / "ontology"
ALIGNMENTS = sorted((ONTOLOGY / "alignments").glob("*.ttl"))
RDFS, OWL, SKOS, WD = (PREFIXES[name] for name in ("rdfs", "owl", "skos", "wd"))
AXIOMS = {RDFS + "subClassOf", RDFS + "subPropertyOf"}
MAPPINGS = {SKOS + f"{kind}Match" for kind in ("exact", "close", "broad", "narrow", "related")}
CATALOGUE = "{urn:oasis:names:tc:entity:xmlns:xml:catalog}uri"


def files(ontology: Path = ONTOLOGY) -> list[Path]:
    """The Turtle files that make up an ontology, without its shapes."""
    rooms = ("modules", "vocabularies", "alignments")
    return [ontology / "bri.ttl", *sorted(p for r in rooms for p in (ontology / r).glob("*.ttl"))]


def read(path: Path) -> list[ox.Quad]:
    return list(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))


def mapped(path: Path) -> list[tuple[str, str, str]]:
    """Every triple of an alignment but those of its header."""
    header = {q.subject for q in read(path) if q.object == ox.NamedNode(OWL + "Ontology")}
    return [
        (str(q.subject.value), q.predicate.value, str(q.object.value))  # type: ignore[union-attr]
        for q in read(path)
        if q.subject not in header
    ]


def kinds(*files: Path) -> dict[str, set[str]]:
    """The kinds that files declare, by term."""
    found: dict[str, set[str]] = {}
    for quad in (q for path in files for q in read(path)):
        if quad.predicate.value.endswith("#type") and isinstance(quad.object, ox.NamedNode):
            kind = quad.object.value
            if kind.startswith(OWL) and kind.endswith(("Class", "Property")):
                found.setdefault(str(quad.subject.value), set()).add(kind)  # type: ignore[union-attr]
    return found


# What alignments say.


def test_there_is_an_alignment_with_each_vocabulary() -> None:
    assert [path.stem for path in ALIGNMENTS] == [
        "foaf", "frapo", "geosparql", "oa", "org", "prov", "schema", "time", "wikidata",
    ]  # fmt: skip


@pytest.mark.parametrize("path", ALIGNMENTS, ids=lambda p: p.stem)
def test_an_alignment_says_where_its_vocabulary_was_read(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.search(r"^# Read in [\w.-]+/[\w.-]+, [\w./-]+, commit [0-9a-f]{40}", text, re.M)
    vocabulary = re.search(r"rdfs:seeAlso <([^>]+)>", text)
    assert vocabulary
    assert all(term.startswith(vocabulary[1]) for _, _, term in mapped(path))


def faults_of(path: Path, declared: dict[str, set[str]]) -> Iterator[str]:
    """What is wrong with the triples of an alignment."""
    for subject, predicate, target in mapped(path):
        ours, theirs = declared.get(subject, set()), declared.get(target, set())
        if not subject.startswith(BRI) or not ours:
            yield f"{subject} is no term of ours"
        if target.startswith(WD):
            if predicate not in MAPPINGS:
                yield f"{target} is an individual"
        elif len(theirs) != 1:
            yield f"{target} is declared as {sorted(theirs)}"
        elif predicate in AXIOMS and not theirs <= ours:
            yield f"{subject} and {target} are of two kinds"
        if predicate not in AXIOMS | MAPPINGS:
            yield f"{predicate} maps nothing"


def test_alignments_hold_axioms_and_mappings_of_declared_terms_and_nothing_else() -> None:
    declared = kinds(*sorted((ONTOLOGY / "modules").glob("*.ttl")))
    for path in ALIGNMENTS:
        assert list(faults_of(path, declared)) == []


@pytest.mark.parametrize(
    "line",
    [
        "bri:Place rdfs:subClassOf geo:Undeclared .",
        "bri:Nowhere skos:closeMatch geo:Feature .",
        "bri:latitude rdfs:subPropertyOf geo:sfWithin .",
        "bri:Place owl:equivalentClass geo:Feature .",
    ],
)
def test_a_fault_in_an_alignment_is_found(tmp_path: Path, line: str) -> None:
    declared = kinds(*sorted((ONTOLOGY / "modules").glob("*.ttl")))
    broken = tmp_path / "geosparql.ttl"
    text = (ONTOLOGY / "alignments" / "geosparql.ttl").read_text(encoding="utf-8")
    broken.write_text(f"{text}\n{line}\n", encoding="utf-8")
    assert len(list(faults_of(broken, declared))) == 1


def test_foreign_terms_are_declared_in_one_file() -> None:
    external = ONTOLOGY / "modules" / "external.ttl"
    others = [path for path in files() if path != external]
    assert all(term.startswith(BASE) for path in others for term in kinds(path))
    declared = [t for t in kinds(external) if not t.startswith(tuple(PREFIXES[p] for p in OWN_USE))]
    targets = {target for path in ALIGNMENTS for _, _, target in mapped(path)}
    assert set(declared) - {PREFIXES["foaf"] + "homepage", PREFIXES["schema"] + "url"} <= targets


OWN_USE = ("dcterms", "skos", "vann")


# What follows from them.


def extension(kg: KnowledgeGraph, term: str) -> set[object]:
    """The instances of a class, or the pairs of a property, in the default graph."""
    default, node = ox.DefaultGraph(), ox.NamedNode(term)
    a = ox.NamedNode(PREFIXES["rdf"] + "type")
    instances = {q.subject for q in kg.store.quads_for_pattern(None, a, node, default)}
    pairs = {
        (q.subject, q.object) for q in kg.store.quads_for_pattern(None, node, None, default)
    }  # fmt: skip
    return instances | pairs


def test_an_axiom_gives_every_instance_its_foreign_form(kg: KnowledgeGraph) -> None:
    """Sources, spans of time and other values get foreign classes, but no foreign properties (see `dataset.py`)."""
    seen = 0
    for path in ALIGNMENTS:
        for subject, predicate, target in mapped(path):
            if predicate in AXIOMS:
                missing = {
                    x for x in extension(kg, subject) - extension(kg, target)
                    if not str(x[0] if isinstance(x, tuple) else "").startswith(f"<{BASE}source/")
                }  # fmt: skip
                assert not missing, f"{subject} {target}"
                seen += len(extension(kg, subject))
    assert seen > 500


def test_a_mapping_gives_nothing_any_foreign_form(kg: KnowledgeGraph) -> None:
    triples = [triple for path in ALIGNMENTS for triple in mapped(path)]
    by_axiom = {target for _, predicate, target in triples if predicate in AXIOMS}
    only_mapped = {target for _, _, target in triples} - by_axiom
    assert len(only_mapped) > 50
    for target in only_mapped:
        assert not extension(kg, target), target


def test_no_claim_passage_or_quantity_gets_a_foreign_class(kg: KnowledgeGraph) -> None:
    rows = kg.query("""SELECT DISTINCT ?kind WHERE {
        VALUES ?ours { bri:Claim bri:Passage bri:Quantity bri:Comparison } ?x a ?ours , ?kind }""")
    assert len(rows.rows) >= 19
    assert all(str(row.value("kind")).startswith(BRI) for row in rows)


# The tables.


def test_the_generated_files_are_up_to_date() -> None:
    assert stale(find()) == [], "run python -m bri_kg.cli.generate"


def table(text: str) -> tuple[dict[str, object], list[dict[str, str]]]:
    """Read a table as SSSOM/TSV says: metadata behind #, then tab-separated values, CURIEs expanded."""
    lines = text.splitlines(keepends=True)
    head = "".join(line[2:] for line in lines if line.startswith("#"))
    metadata = yaml.safe_load(head)
    body = io.StringIO("".join(line for line in lines if not line.startswith("#")))
    return metadata, list(csv.DictReader(body, delimiter="\t"))


def rows_of(text: str) -> Counter[tuple[str, ...]]:
    metadata, rows = table(text)
    prefixes = metadata["curie_map"]
    assert isinstance(prefixes, dict)

    def expand(curie: str) -> str:
        prefix, _, local = curie.partition(":")
        return str(prefixes[prefix]) + local

    columns = ("subject_id", "predicate_id", "object_id")
    return Counter(tuple(expand(row[name]) for name in columns) for row in rows)


@pytest.mark.parametrize("path", ALIGNMENTS, ids=lambda p: p.stem)
def test_a_table_has_a_row_for_each_triple_and_no_other(path: Path) -> None:
    text = (ONTOLOGY / "sssom" / f"{path.stem}.sssom.tsv").read_text(encoding="utf-8")
    assert rows_of(text) == Counter(mapped(path))
    cut = text.splitlines(keepends=True)
    assert rows_of("".join(cut[:-1])) != Counter(mapped(path))
    assert rows_of(text.replace("skos:closeMatch", "skos:exactMatch")) != Counter(
        mapped(path)
    ) or all(p != SKOS + "closeMatch" for _, p, _ in mapped(path))


@pytest.mark.parametrize("path", ALIGNMENTS, ids=lambda p: p.stem)
def test_a_table_has_what_sssom_requires(path: Path) -> None:
    metadata, rows = table(
        (ONTOLOGY / "sssom" / f"{path.stem}.sssom.tsv").read_text(encoding="utf-8")
    )
    for key in ("mapping_set_id", "license"):  # required, and never relative
        assert re.match(r"https?://", str(metadata[key]))
    assert metadata["mapping_set_source"] == [f"{BASE}ontology/alignment/{path.stem}"]
    kinds_of_entity = {
        "owl class", "owl object property", "owl data property", "owl annotation property",
        "rdfs resource",
    }  # fmt: skip
    for row in rows:
        assert all(row.values()), row
        assert row["mapping_justification"] == "semapv:ManualMappingCuration"
        assert {row["subject_type"], row["object_type"]} <= kinds_of_entity


def test_a_changed_alignment_makes_its_table_stale(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ontology = copy.parent / "ontology"
    path = ontology / "alignments" / "geosparql.ttl"
    with path.open("a", encoding="utf-8") as file:
        file.write("\nbri:Region skos:broadMatch geo:SpatialObject .\n")
    (ontology / "sssom" / "gone.sssom.tsv").write_text("#\n", encoding="utf-8")
    assert main(["--graph", str(copy), "--check"]) == 1
    said = capsys.readouterr().err
    assert said.count("stale: ") == 2 and "geosparql.sssom.tsv" in said and "gone" in said
    assert main(["--graph", str(copy)]) == 0
    assert stale(find(copy, alone=True)) == []
    assert rows_of((ontology / "sssom" / "geosparql.sssom.tsv").read_text("utf-8")) == Counter(
        mapped(path)
    )
    assert not (ontology / "sssom" / "gone.sssom.tsv").exists()


def test_a_target_without_a_prefix_is_an_error_with_its_file(copy: Path) -> None:
    with (copy.parent / "ontology/alignments/time.ttl").open("a", encoding="utf-8") as file:
        file.write("\nbri:TimeSpan skos:closeMatch <https://example.org/Span> .\n")
    with pytest.raises(InputError, match=r"time\.ttl.*BRI282"):
        tables(find(copy, alone=True))
    assert main(["--graph", str(copy), "--check"]) == 2


# The catalogue.


def unresolved(ontology: Path) -> Iterator[str]:
    """Every import of a file that the catalogue beside it does not lead to the ontology of that name."""
    for path in files(ontology):
        imports = [q for q in read(path) if q.predicate.value == OWL + "imports"]
        if not imports:
            continue
        tree = ElementTree.parse(path.parent / "catalog-v001.xml")
        places = {entry.get("name"): entry.get("uri") for entry in tree.iter(CATALOGUE)}
        for quad in imports:
            wanted = quad.object
            place = places.get(str(wanted.value))  # type: ignore[union-attr]
            target = path.parent / unquote(place) if place else None
            if target is None or not target.is_file():
                yield f"{path.name}: {wanted} is nowhere"
            elif ox.Quad(
                wanted,  # type: ignore[arg-type]
                ox.NamedNode(PREFIXES["rdf"] + "type"),
                ox.NamedNode(OWL + "Ontology"),
            ) not in read(target):
                yield f"{path.name}: {target.name} is not {wanted}"


def test_every_import_is_found_beside_its_file() -> None:
    assert list(unresolved(ONTOLOGY)) == []
    names = [
        entry.get("name")
        for entry in ElementTree.parse(ONTOLOGY / "catalog-v001.xml").iter(CATALOGUE)
    ]
    iris = {
        str(q.object.value if q.predicate.value == OWL + "versionIRI" else q.subject.value)  # type: ignore[union-attr]
        for path in files()
        for q in read(path)
        if q.predicate.value == OWL + "versionIRI" or q.object == ox.NamedNode(OWL + "Ontology")
    }
    assert sorted(iris) == names


@pytest.mark.parametrize(
    ("old", "new"),
    [("modules/place.ttl", "modules/nowhere.ttl"), ("modules/place.ttl", "modules/time.ttl")],
)
def test_a_catalogue_that_leads_astray_is_found(copy: Path, old: str, new: str) -> None:
    catalogue = copy.parent / "ontology" / "catalog-v001.xml"
    text = catalogue.read_text(encoding="utf-8")
    catalogue.write_text(text.replace(old, new), encoding="utf-8")
    assert len(list(unresolved(copy.parent / "ontology"))) == 1


@pytest.mark.slow
def test_the_library_of_protege_opens_every_file_offline_and_finds_it_dl_and_rl() -> None:
    done = owlapi(ONTOLOGY / "bri.ttl", *ALIGNMENTS)
    assert done.returncode == 0, done.stderr
    modules = len(list((ONTOLOGY / "modules").glob("*.ttl")))
    expected = [f"bri.ttl\t{modules + 1}", *(f"{p.name}\t{modules + 2}" for p in ALIGNMENTS)]
    assert done.stdout.splitlines() == [f"{line}\tOWL 2 DL 0\tOWL 2 RL 0" for line in expected]


@pytest.mark.slow
def test_the_library_of_protege_misses_what_the_catalogue_lacks(copy: Path) -> None:
    ontology = copy.parent / "ontology"
    catalogue = ontology / "catalog-v001.xml"
    lines = catalogue.read_text(encoding="utf-8").splitlines(keepends=True)
    catalogue.write_text("".join(x for x in lines if "modules/time" not in x), encoding="utf-8")
    assert owlapi(ontology / "bri.ttl").returncode != 0
    with (ontology / "alignments" / "foaf.ttl").open("a", encoding="utf-8") as file:
        file.write("\nskos:closeMatch a owl:AnnotationProperty .\n")
    done = owlapi(ontology / "alignments" / "foaf.ttl")
    assert "OWL 2 DL 0" not in done.stdout and "closeMatch" in done.stderr


def test_the_generator_runs_as_a_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bri_kg.cli.generate", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert json.loads((ONTOLOGY / "context.jsonld").read_text(encoding="utf-8"))["@context"]
