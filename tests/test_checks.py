"""The repository checks by number (docs/checks.md): each finds nothing here, and something in its broken twin."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import ROOT, Cli
from repository_checks import (
    asked_twice,
    disagreeing_versions,
    evidence_faults,
    query_faults,
    unanswered,
    unasked_types,
    unformatted,
    unsteady,
)

import bri_kg
from bri_kg.dataset import assembly as dataset
from bri_kg.dataset import projection
from bri_kg.dataset.resources import find
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import BASE, PREFIXES
from bri_kg.rdf.parsing import read_rdf
from bri_kg.rdf.rows import plain_text
from bri_kg.reasoner import Inference, infer
from bri_kg.shacl import validate_shapes
from bri_kg.stores.memory import Store

QUERIES = sorted((ROOT / "queries").rglob("*.rq"))
QUESTIONS = ROOT / "queries" / "questions"
Quads = tuple[ox.Quad, ...]


def parse(turtle: str) -> list[ox.Quad]:
    names = ("bri", "bri-claim", "bri-org", "bri-place", "owl", "rdfs")
    head = "".join(f"@prefix {name}: <{PREFIXES[name]}> .\n" for name in names)
    return list(ox.parse((f"@base <{BASE}> .\n{head}" + turtle).encode(), ox.RdfFormat.TURTLE))


@pytest.fixture(scope="module")
def asserted() -> Quads:
    return dataset.assert_all(find())


@pytest.fixture(scope="module")
def facts(asserted: Quads) -> Quads:
    return projection.project(Store(asserted), find())


# 1. Canonical text


def test_01_every_turtle_file_is_in_the_canonical_format(tmp_path: Path) -> None:
    program = shutil.which("turtlefmt", path=str(Path(sys.executable).parent))
    if program is None:
        pytest.skip("turtlefmt has no wheel for this machine")
    files = [
        path for room in ("ontology", "graph", "tests") for path in (ROOT / room).rglob("*.ttl")
    ]
    assert unformatted(program, sorted(files)) == []
    twin = tmp_path / "twin.ttl"
    twin.write_text("<a:s>   <a:p> <a:o>.\n", encoding="utf-8")
    assert unformatted(program, [*files, twin])


# 2. Same bytes


@pytest.mark.parametrize("name", ["ttl", "nt", "nq", "trig", "jsonld", "rdfxml"])
@pytest.mark.slow
def test_02_every_export_is_the_same_between_hash_seeds(
    cli: Cli, tmp_path: Path, name: str
) -> None:
    """One format builds the release anew each time as well."""

    def export(seed: str) -> bytes:
        target = tmp_path / f"{seed}.{name}"
        env = {"PYTHONHASHSEED": seed}
        if name == "nq":
            env["BRI_KG_CACHE"] = str(tmp_path / f"cache-{seed}")
        assert cli("export", "--format", name, "-o", str(target), **env).returncode == 0
        return target.read_bytes()

    assert unsteady(export) == []


def test_02_an_order_that_follows_the_hash_seed_is_found() -> None:
    def shuffled(seed: str) -> bytes:
        program = "print(list({str(number) for number in range(50)}))"
        env = {**os.environ, "PYTHONHASHSEED": seed}
        return subprocess.run(
            [sys.executable, "-c", program], env=env, capture_output=True, check=True
        ).stdout

    assert unsteady(shuffled) == ["the bytes differ"]
    assert unsteady(lambda _: b"") == ["no bytes"]


# 5. Versions agree


def test_05_one_version_everywhere() -> None:
    assert disagreeing_versions(ROOT, bri_kg.__version__) == []


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("ontology/bri.ttl", 'owl:versionInfo "{}"', 'owl:versionInfo "0.0.0"'),
        ("ontology/modules/time.ttl", "<ontology/time/{}>", "<ontology/time>"),
        ("ontology/modules/time.ttl", "owl:versionIRI <ontology/time/{}> ;", ""),
        ("CITATION.cff", "version: {}", "version: 0.0.0"),
        ("CHANGELOG.md", "## ", "## 99.0.0\n\n## "),
    ],
)
def test_05_another_version_is_found(tmp_path: Path, file: str, before: str, after: str) -> None:
    for room in ("ontology", "CITATION.cff", "CHANGELOG.md"):
        copy = shutil.copytree if (ROOT / room).is_dir() else shutil.copy
        copy(ROOT / room, tmp_path / room)
    path, version = tmp_path / file, bri_kg.__version__
    text = path.read_text(encoding="utf-8")
    broken = text.replace(before.format(version), after, 1)
    assert broken != text
    path.write_text(broken, encoding="utf-8")
    assert [fault.split(":")[0] for fault in disagreeing_versions(tmp_path, version)] == [path.name]


# 16. Reasoning


def _closed(*parts: Quads | list[ox.Quad]) -> Inference:
    return infer([quad for part in parts for quad in part])


def test_16_the_closure_ends_in_time_and_without_contradiction(
    asserted: Quads, facts: Quads
) -> None:
    before = time.process_time()
    found = _closed(asserted, facts)
    count = len(list(found.inferred))
    # 0.1 s where this was written; what takes 50 times as long is no longer the same thing.
    assert time.process_time() - before < 5
    assert (found.contradictions, found.unsupported) == ((), ())
    assert count > 1_000
    planted = parse("bri-org:cas a bri:Place .")
    assert _closed(asserted, facts, planted).contradictions


def test_16_nobody_gains_a_class_unasked(asserted: Quads, facts: Quads) -> None:
    assert unasked_types((*asserted, *facts), _closed(asserted, facts).inferred) == []


@pytest.mark.parametrize(
    "wrong",
    [
        # A document is no event, though the property says so.
        "<id/document/twin> a bri:Document ; bri:isHeldIn bri-place:beijing .",
        # Nobody said what it is.
        "bri-org:cas bri:cooperatesWith <id/org/twin> .",
        "bri:Empty rdfs:subClassOf owl:Nothing . <id/org/twin> a bri:Empty .",
    ],
)
def test_16_a_class_gained_unasked_is_found(asserted: Quads, wrong: str) -> None:
    twin = [*asserted, *parse(wrong)]
    assert any("twin" in fault for fault in unasked_types(twin, _closed(twin).inferred))


# 20. Data gate


def _nonconforming(asserted: Quads | list[ox.Quad]) -> list[str]:
    """The nodes that break a shape, with nothing inferred: inference would supply what is missing."""
    shapes = [quad for path in find().shape_files() for quad in read_rdf(path)]
    results = validate_shapes(asserted, shapes).results
    return [plain_text(r.focus) for r in results if r.severity == PREFIXES["sh"] + "Violation"]


def test_20_the_raw_graph_conforms_to_the_shapes(asserted: Quads) -> None:
    assert _nonconforming(asserted) == []
    # The range of bri:isOnBehalfOf would make an actor of it.
    claim = "cas-decade-anso-founders"
    twin = [*asserted, *parse(f"bri-claim:{claim} bri:isOnBehalfOf <id/org/twin> .")]
    assert PREFIXES["bri-claim"] + claim in _nonconforming(twin)
    inferred = [ox.Quad(t.subject, t.predicate, t.object) for t in infer(twin).inferred]
    assert PREFIXES["bri-claim"] + claim not in _nonconforming([*twin, *inferred])


def test_20_the_report_is_a_graph_that_can_be_kept(cli: Cli, tmp_path: Path) -> None:
    """That of a graph that does not conform is in test_validate.py."""
    target = tmp_path / "report.ttl"
    assert cli("validate", "--format", "ttl", "-o", str(target)).returncode == 0
    report = {quad.predicate: quad.object for quad in read_rdf(target)}
    assert report[ox.NamedNode(PREFIXES["sh"] + "conforms")] == ox.Literal(True)


# 22. Competency coverage. Answers: test_ask.py; which terms are asked about: test_coverage.py.


def test_22_every_question_has_an_answer_with_rows(tmp_path: Path) -> None:
    assert unanswered(QUESTIONS) == []
    (tmp_path / "a.rq").touch()
    (tmp_path / "b.csv").write_text("x\n1\n", encoding="utf-8")
    (tmp_path / "c.rq").touch()
    (tmp_path / "c.csv").write_text("x\n", encoding="utf-8")
    assert unanswered(tmp_path) == ["a: no answer", "b: no question", "c: no rows"]


def test_22_no_question_is_asked_twice() -> None:
    texts = {path.stem: path.read_text(encoding="utf-8") for path in QUESTIONS.glob("*.rq")}
    assert len(texts) > 100
    assert asked_twice(texts) == []
    renamed = texts["cofounders"].replace("?cofounder", "?other").replace(" .\n", "  .\n")
    assert asked_twice({"first": texts["cofounders"], "second": renamed})
    body = renamed.split("PREFIX", 1)[1]
    other = f"#+ summary: Another?\n#+ summary_zh: 别的？\nPREFIX{body}"
    assert asked_twice({"first": texts["cofounders"], "second": other}) == ["second is first again"]


# 23. Query quality. The same rows in both engines: test_ask.py.


@pytest.mark.parametrize("path", QUERIES, ids=lambda p: p.relative_to(ROOT / "queries").as_posix())
def test_23_every_stored_query_is_whole(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert list(query_faults(text, question=path.parent == QUESTIONS)) == []


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("SELECT DISTINCT", "SELECT DISTICT", "pyoxigraph cannot read it"),
        (
            "PREFIX skos:",
            "PREFIX owl: <http://www.w3.org/2002/07/owl#>\nPREFIX skos:",
            "owl is not",
        ),
        ("ORDER BY", "# ORDER BY", "no order"),
        ("#+ description:", "#", "lacks description"),
        ("#+ tags: [count]", "#+ tags: []", "lacks tags"),
        ("哪些事物的数量可以确定至少有这么多？", "Which?", "not in Chinese"),
        (
            "FILTER (?standing = bri-standing:live)",
            "",
            "?claim is counted, whatever its factuality",
        ),
        ("FILTER (?standing = bri-standing:live)", "", "may be silenced"),
    ],
)
def test_23_a_fault_of_a_query_is_found(before: str, after: str, fault: str) -> None:
    text = (QUESTIONS / "minimum-counts.rq").read_text(encoding="utf-8")
    assert before in text
    faults = list(query_faults(text.replace(before, after, 1), question=True))
    assert any(fault in found for found in faults), faults


def test_23_claims_added_up_without_a_word_on_factuality_are_found() -> None:
    text = (QUESTIONS / "gaps-per-source.rq").read_text(encoding="utf-8")
    silent = text.replace("of any factuality ", "")
    assert any("added up" in fault for fault in query_faults(silent, question=True))


def _slow(asks: Mapping[str, Callable[[], object]], seconds: float) -> list[str]:
    def took(ask: Callable[[], object]) -> float:
        before = time.process_time()
        ask()
        return time.process_time() - before

    return [name for name, ask in asks.items() if took(ask) >= seconds]


def test_23_no_question_takes_a_second(kg: KnowledgeGraph) -> None:
    asks = {name: lambda name=name: kg.ask(name) for name in kg.questions}
    assert _slow(asks, 1) == []
    assert _slow({"idle": lambda: sum(range(1_000_000))}, 0.001) == ["idle"]


# 24. Evidence. With the texts at hand, test_evidence.py proves each digest, and that no sentence is copied.


def test_24_every_claim_has_evidence_that_can_be_proved(asserted: Quads) -> None:
    assert evidence_faults(asserted) == []


PASSAGE = "<source/cas-decade#char=0,10>"
SPAN = f"{PASSAGE} a bri:Passage ; bri:isPassageOf <source/cas-decade> ; bri:begin 0 ; bri:end 10"
DIGEST = "0" * 64


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ("bri-claim:twin bri:factuality <vocab/factuality/achieved> .", "has no evidence"),
        (f'{SPAN} ; bri:sha256 "{DIGEST[1:]}" .', "has no digest"),
        (f"{SPAN} .", "has no digest"),
        (f'{SPAN.replace("end 10", "end 11")} ; bri:sha256 "{DIGEST}" .', "not the span"),
        (f'{SPAN.replace("10", "99999999")} ; bri:sha256 "{DIGEST}" .', "no span of its source"),
        ("bri-claim:twin bri:evidence <source/cas-decade#line=1,2> .", "not the span"),
        ('<id/twin> <http://www.w3.org/ns/oa#exact> "their words" .', "quotes"),
        ("<source/twin> a bri:Source .", "twin has no digest"),
    ],
)
def test_24_evidence_that_proves_nothing_is_found(asserted: Quads, wrong: str, fault: str) -> None:
    assert any(fault in found for found in evidence_faults([*asserted, *parse(wrong)]))
