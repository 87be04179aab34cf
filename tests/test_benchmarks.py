"""Generated graphs are what they say they are, and the engines agree on them."""

from __future__ import annotations

import csv
import hashlib
import json
import subprocess
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from owl_oracle import close_by_owlrl, is_useful
from running import ROOT

import corpora_cost
import generate
import measure
import ror
from asking import Asked, ask_all
from bri_kg import reasoner
from bri_kg.checking import validation
from bri_kg.dataset import projection, resources
from bri_kg.names import BASE, BRI, CLAIM, PREFIXES, QUANTITY, TIME
from bri_kg.rdf.parsing import read_rdf
from bri_kg.shacl import has_fast_engine, validate_shapes
from bri_kg.stores.memory import Store
from generate import Generator
from plan import asked_questions
from templates import Templates

TYPE = PREFIXES["rdf"] + "type"


# Two sets of two kinds; counted as one, they exclude each other.
NINE_AND_TEN = ("science-and-education-centre", "centre")
KIND = PREFIXES["bri-kind"]


def grown(
    triples: int, *, seed: int = 42, part: str = "asserted", named: bool = False
) -> list[ox.Quad]:
    generator = Generator(triples, seed, part, named_graphs=named)
    return [quad for batch in generator.batches() for quad in batch]


@pytest.fixture(scope="module")
def templates() -> Templates:
    return Generator(1).templates


@pytest.fixture(scope="module")
def hundred() -> list[ox.Quad]:
    return grown(100_000)


@pytest.mark.slow
def test_the_same_arguments_give_the_same_bytes(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("one.nt", "two.nt", "other.nt")]
    for file, seed in zip(files, ("7", "7", "8"), strict=True):
        assert generate.main(["--triples", "20k", "--seed", seed, "-o", str(file)]) == 0
    one, two, other = (file.read_bytes() for file in files)
    assert one == two
    assert one != other
    assert len(set(one.splitlines())) == len(one.splitlines()), "a triple is written twice"


@pytest.mark.parametrize("triples", [10_000, 37_000, 100_000])
@pytest.mark.slow
def test_the_size_is_the_one_asked_for(triples: int, hundred: list[ox.Quad]) -> None:
    quads = hundred if triples == 100_000 else grown(triples)
    assert abs(len(quads) - triples) < triples / 100


def test_nothing_generated_passes_for_real(hundred: list[ox.Quad], templates: Templates) -> None:
    real = {*templates.shared, *templates.grown}
    kept = set(templates.kept)
    texts = {
        q.object.value
        for quads in (*templates.shared.values(), *templates.grown.values())
        for q in quads
        if isinstance(q.object, ox.Literal) and q.object.language
    }
    for quad in hundred:
        if quad in kept:
            continue
        for term in (quad.subject, quad.object):
            if isinstance(term, ox.NamedNode) and term.value.startswith((BASE + "id/", CLAIM)):
                assert "/gen-" in term.value or term.value.startswith((QUANTITY, TIME)), quad
            assert getattr(term, "value", None) not in real, quad
        assert not (isinstance(quad.object, ox.Literal) and quad.object.value in texts), quad
        assert "wikidata" not in str(quad.object), quad


def test_the_proportions_are_those_of_the_real_graph(
    hundred: list[ox.Quad], templates: Templates
) -> None:
    """Per thousand claims: claims of each class within 5 % or half a claim, their parts and entities within 12 %."""
    real = [quad for quads in templates.grown.values() for quad in quads]
    kept = set(templates.kept)
    mine = [quad for quad in hundred if quad not in kept]
    expected, found = _shares(real), _shares(mine)
    counts = _counts(real)
    # What is rarer has no share to speak of: the last world ends where the size is reached.
    common = {what for what, count in counts.items() if count >= 10}
    assert len(common) > 60
    for what in common:
        # Every world holds whole claims, so that a rare class is rounded alike in all of them.
        tolerance = max(0.05, 0.5 / counts[what]) if what[0] == "claim" else 0.12
        assert found[what] == pytest.approx(expected[what], rel=tolerance), what


def _counts(quads: Iterable[ox.Quad]) -> Counter[tuple[str, ...]]:
    """Claims by class, entities by class, properties of claims by class, properties of comparisons."""
    quads = list(quads)
    classes = {
        q.subject: q.object.value.removeprefix(BRI)  # type: ignore[union-attr]
        for q in quads
        if q.predicate.value == TYPE
    }
    counts: Counter[tuple[str, ...]] = Counter()
    for quad in quads:
        name = classes.get(quad.subject, "")
        is_claim, predicate = name.endswith("Claim"), quad.predicate.value.removeprefix(BRI)
        # Places are shared, value nodes and links are made from names and claims.
        if name in (
            "Place",
            "City",
            "Country",
            "Region",
            "Reference",
            "Quantity",
            "TimeSpan",
            "Passage",
            "",
        ):
            continue
        if predicate == TYPE:
            counts["claim" if is_claim else "entity", name] += 1
        elif (is_claim or name == "Comparison") and predicate not in (
            "involves",
            "isStatedIn",
            "standing",
        ):
            counts["part", name, predicate] += 1
    return counts


def _shares(quads: Iterable[ox.Quad]) -> dict[tuple[str, ...], float]:
    counts = _counts(quads)
    claims = sum(count for what, count in counts.items() if what[0] == "claim")
    return {what: 1000 * count / claims for what, count in counts.items()}


@pytest.mark.slow
def test_a_generated_graph_is_valid(tmp_path: Path) -> None:
    """Terms, shapes, checks on claims, projection, checks on facts, closure."""
    path = tmp_path / "data.nt"
    generate.main(["--triples", "30k", "--part", "data", "-o", str(path)])
    report = validation.validate(resources.find(), [path])
    assert report.findings == ()
    assert report.stages == ("terms", "shapes", "claims", "facts", "closure")


@pytest.mark.slow
def test_the_checks_look_at_generated_graphs(tmp_path: Path) -> None:
    """Without their comparison, counts that exclude each other are found among generated claims."""
    quads = grown(12_000, part="data")
    comparisons = {q.subject for q in quads if q.predicate.value == BRI + "compares"}
    assert comparisons
    path = tmp_path / "data.nt"
    kinds = {q.object.value: q for q in quads if q.predicate.value == BRI + "countedKind"}
    nine, ten = (kinds[f"{KIND}overseas-{name}"] for name in NINE_AND_TEN)
    [subject] = [
        q for q in quads if q.subject == ten.subject and q.predicate.value == BRI + "hasSubject"
    ]
    as_one = {ten.predicate: ten.object, subject.predicate: subject.object}
    changed = (
        ox.Quad(q.subject, q.predicate, as_one[q.predicate])
        if q.subject == nine.subject and q.predicate in as_one
        else q
        for q in quads
        if q.subject not in comparisons
    )
    path.write_bytes(generate.lines(changed))
    report = validation.validate(resources.find(), [path])
    assert "uncompared-counts" in {finding.code for finding in report.findings}


@pytest.mark.slow
def test_facts_are_those_that_the_rules_project() -> None:
    quads = grown(30_000, part="facts", named=True)
    named = [q for q in quads if not isinstance(q.graph_name, ox.DefaultGraph)]
    plain = {ox.Quad(q.subject, q.predicate, q.object) for q in named}
    notes = {q for q in quads if q.subject.value.startswith(f"{BASE}id/note/")}
    made = {*named, *plain, *notes}
    projected = projection.project(Store([q for q in quads if q not in made]), resources.find())
    assert made == set(projected)
    assert notes
    assert len(named) > 500


def test_both_shacl_engines_report_every_known_violation(tmp_path: Path) -> None:
    path = tmp_path / "broken.nt"
    generate.main(["--triples", "12k", "--violations", "48", "-o", str(path)])
    with path.with_suffix(".violations.tsv").open(encoding="utf-8", newline="") as file:
        listed = list(csv.DictReader(file, delimiter="\t"))
    assert len(listed) == 48
    assert len({row["kind"] for row in listed}) >= 10
    data = list(read_rdf(path))
    shapes = [quad for shape in resources.find().shape_files() for quad in read_rdf(shape)]
    expected = {(row["focus"], row["shape"]) for row in listed}
    for reference in (True, False) if has_fast_engine() else (True,):
        report = validate_shapes(data, shapes, engine="reference" if reference else "embedded")
        assert {(r.focus.value, r.shape.value) for r in report.results} == expected  # type: ignore[union-attr]


@pytest.mark.slow
def test_the_closure_is_that_of_owlrl() -> None:
    quads = grown(7_000, part="facts")
    expected, errors = close_by_owlrl(quads)
    assert errors == []
    found = {
        ox.Triple(t.subject, t.predicate, t.object)  # type: ignore[arg-type]
        for t in reasoner.infer(quads).inferred
    }
    assert {t for t in found if is_useful(t)} == expected
    assert (
        sum("/gen-" in t.subject.value for t in expected if isinstance(t.subject, ox.NamedNode))
        > 200
    )


@pytest.mark.slow
def test_every_question_has_the_same_rows_on_rdflib(tmp_path: Path) -> None:
    data, asked = tmp_path / "data.nq", tmp_path / "asked.json"
    data.write_bytes(generate.lines(grown(10_000, part="facts", named=True)))
    asked.write_text(json.dumps(asked_questions()), encoding="utf-8")
    ours = ask_all("bri-kg", str(data), asked, 20)
    rdflib = ask_all("rdflib", str(data), asked, 20)
    assert {name: answer[1:] for name, answer in ours.items()} == {
        name: answer[1:] for name, answer in rdflib.items()
    }
    assert not {"stopped", "failed"} & {answer[2] for answer in ours.values()}
    assert sum(answer[1] > 0 for answer in ours.values()) > len(ours) / 2


def test_a_question_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    data, asked = tmp_path / "data.nq", tmp_path / "asked.json"
    data.write_text("".join(f"<x:{i}> <x:p> <x:{j}> .\n" for i in range(60) for j in range(60)))
    endless = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    quick = "SELECT ?o WHERE { ?s <x:p> ?o }"
    items: list[dict[str, Any]] = [
        vars(Asked("endless", endless, {}, endless)),
        vars(Asked("quick", quick, {"s": "<x:3>"}, "SELECT ?o WHERE { <x:3> <x:p> ?o }")),
    ]
    asked.write_text(json.dumps(items))
    answers = ask_all("bri-kg", str(data), asked, 1)
    assert answers["endless"][1:] == [-1, "stopped"]
    assert answers["quick"][1] == 60
    assert answers["quick"][2] == ask_all("rdflib", str(data), asked, 1)["quick"][2]


def test_costs_are_those_of_the_command_alone() -> None:
    ballast = bytearray(200_000_000)
    busy = measure.run([sys.executable, "-c", "for _ in range(10**7): pass"], limit=60)
    assert 0.05 < busy.cpu < 30
    assert busy.rss < 100_000_000 < len(ballast)
    asleep = measure.run([sys.executable, "-c", "import time; time.sleep(60)"], limit=1)
    assert asleep.stopped
    assert asleep.cpu < 1
    with pytest.raises(measure.FailedError, match="ended with 3"):
        measure.run([sys.executable, "-c", "raise SystemExit(3)"], limit=60)


# ROR. The records are made up; their layout is that of schema 2.


def record(slug: str, name: str, **fields: Any) -> dict[str, Any]:
    place = {
        "country_code": "KZ",
        "country_name": "Kazakhstan",
        "lat": 43.25,
        "lng": 76.92,
        "name": "Somewhere",
    }
    return {
        "established": None,
        "external_ids": [
            {"all": [f"Q9999{int(slug[1] * 2, 16)}"], "preferred": None, "type": "wikidata"}
        ],
        "id": f"https://ror.org/{slug}",
        "links": [{"type": "website", "value": "https://example.org/"}],
        "locations": [{"geonames_details": place, "geonames_id": 99999999}],
        "names": [{"lang": "en", "types": ["ror_display", "label"], "value": name}],
        "relationships": [],
        "status": "active",
        "types": ["facility"],
        **fields,
    }


RECORDS = [
    record(
        "0aaaaaa11", "Made-up Academy", established=1999, types=["nonprofit"],
        names=[
            {"lang": "en", "types": ["ror_display", "label"], "value": "Made-up Academy"},
            {"lang": "zh", "types": ["label"], "value": "虚构科学院"},
            {"lang": None, "types": ["acronym"], "value": "MUA"},
        ],
        relationships=[
            {"label": "Made-up Institute", "type": "child", "id": "https://ror.org/0bbbbbb22"},
            {"label": "Not here", "type": "child", "id": "https://ror.org/0cccccc33"},
        ],
    ),
    record(
        "0bbbbbb22", "Made-up Institute",
        relationships=[{"label": "Made-up Academy", "type": "parent", "id": "https://ror.org/0aaaaaa11"}],
    ),
    record("0dddddd44", "Gone", status="withdrawn"),
]  # fmt: skip


CARELESS = """
import os, signal, sys, time
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
if os.fork() == 0:
    while time.process_time() < 1.5:
        pass
    os._exit(0)
while time.monotonic() < float(sys.argv[1]):
    time.sleep(0.1)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the account of processes is that of Linux")
def test_what_nobody_waits_for_is_counted(tmp_path: Path) -> None:
    result = tmp_path / "cost"
    launch = [sys.executable, "-IS", str(ROOT / "benchmarks" / "launch_tree.py"), str(result)]
    until = str(time.monotonic() + 4)
    subprocess.run([*launch, sys.executable, "-c", CARELESS, until], check=True)
    code, cpu, *_ = result.read_text(encoding="utf-8").split()
    assert code == "0"
    assert 0.9 < float(cpu) < 2.5


def test_every_stage_of_a_corpus_is_a_function_that_is_there() -> None:
    """What is measured is found by name, and would be missed in silence until somebody measures."""
    for where, stages in corpora_cost.STAGES.items():
        assert [name for name in stages if not hasattr(where, name)] == []


def test_ror_records_become_valid_entities_and_claims(tmp_path: Path) -> None:
    folder, out = tmp_path / "records", tmp_path / "ror.nt"
    texts = _write_records(folder)
    assert ror.main([str(folder), "-o", str(out)]) == 0
    assert validation.validate(resources.find(), [out]).findings == ()
    found = {
        (q.subject.value, q.predicate.value.removeprefix(BRI), q.object.value)
        for q in read_rdf(out)
    }  # type: ignore[union-attr]
    academy, institute = (f"{PREFIXES['bri-org']}ror-{slug}" for slug in ("0aaaaaa11", "0bbbbbb22"))
    claims = {s for s, p, o in found if p == "hasSubject" and o == institute}
    assert {(s, "hasObject", academy) for s in claims} <= found
    assert len(claims) == 2, "each of the two records says it"
    assert not any("0cccccc33" in o or "0dddddd44" in s for s, _, o in found)
    passages = {s: o for s, p, o in found if p == "sha256" and "#char=" in s}
    assert len(passages) == 4
    for passage, digest in passages.items():
        slug, span = passage.rpartition("/ror-")[2].split("#char=")
        begin, end = map(int, span.split(","))
        assert hashlib.sha256(texts[slug][begin:end].encode()).hexdigest() == digest


def test_a_record_that_is_written_without_blanks_is_read_too(tmp_path: Path) -> None:
    folder, out = tmp_path / "records", tmp_path / "ror.nt"
    folder.mkdir()
    text = json.dumps(record("0eeeeee55", "Dense", established=2001), separators=(",", ":"))
    (folder / "0eeeeee55.json").write_text(text, encoding="utf-8")
    assert ror.main([str(folder), "-o", str(out)]) == 0
    digest = hashlib.sha256(b'"established":2001').hexdigest()
    assert f'"{digest}"' in out.read_text(encoding="utf-8")


def test_ror_records_are_read_from_folders_archives_and_dumps_alike(tmp_path: Path) -> None:
    folder = tmp_path / "records"
    texts = _write_records(folder)
    # An older version of a record, in a release whose number only looks greater.
    older = record("0aaaaaa11", "Old name")
    for name, item in (("v1.9", older), ("v1.10", RECORDS[0])):
        (folder / name).mkdir()
        (folder / name / "0aaaaaa11.json").write_text(_text(item), encoding="utf-8")
    (folder / "0aaaaaa11.json").unlink()
    with zipfile.ZipFile(tmp_path / "records.zip", "w") as archive:
        for slug, text in texts.items():
            archive.writestr(f"{slug}.json", text)
    (tmp_path / "dump.json").write_text(json.dumps(RECORDS), encoding="utf-8")
    written = []
    for source in ("records", "records.zip", "dump.json"):
        out = tmp_path / "out.nt"
        assert ror.main([str(tmp_path / source), "-o", str(out)]) == 0
        written.append(sorted(out.read_text(encoding="utf-8").splitlines()))
    assert written[0] == written[1] == written[2]


@pytest.mark.slow
def test_a_country_needs_its_table(tmp_path: Path) -> None:
    folder, out, table = tmp_path / "records", tmp_path / "ror.nt", tmp_path / "countries.tsv"
    _write_records(folder)
    table.write_text(
        "alpha2\talpha3\tname_en\tname_zh\nKZ\tKAZ\tKazakhstan\t哈萨克斯坦\n", encoding="utf-8"
    )
    ours = {
        q.object.value
        for p in resources.find().data_files()
        for q in read_rdf(p)
        if q.predicate.value == BRI + "isoAlpha2"
    }  # type: ignore[union-attr]
    item = record("0eeeeee55", "An academy elsewhere")
    code = next(a + b for a in "XYZ" for b in "XYZ" if a + b not in ours)
    item["locations"][0]["geonames_details"]["country_code"] = code
    item["locations"][0]["geonames_details"]["country_name"] = "Elsewhere"
    item["locations"][0]["geonames_details"]["name"] = "A place there"
    item["locations"][0]["geonames_id"] += 1
    (folder / "0eeeeee55.json").write_text(_text(item), encoding="utf-8")
    for rows, is_country in (
        (table.read_text(encoding="utf-8"), False),
        (f"alpha2\talpha3\tname_en\tname_zh\n{code}\t{code}X\tElsewhere\t别处\n", True),
    ):
        table.write_text(rows, encoding="utf-8")
        assert ror.main([str(folder), "-o", str(out), "--countries", str(table)]) == 0
        kinds = {
            q.object.value
            for q in read_rdf(out)
            if q.subject.value.endswith(f"country-{code.lower()}") and q.predicate.value == TYPE
        }  # type: ignore[union-attr]
        assert kinds == {BRI + ("Country" if is_country else "Place")}
        assert validation.validate(resources.find(), [out]).findings == ()


@pytest.mark.parametrize(
    "content",
    [None, "", "{", "[1, 2]", '{"id": 3}'],
    ids=["missing", "empty", "broken", "numbers", "other"],
)
def test_what_is_no_ror_record_is_an_error(
    tmp_path: Path, content: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "records.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    assert ror.main([str(path), "-o", str(tmp_path / "out.nt")]) == 2
    assert "records.json" in capsys.readouterr().err
    assert not (tmp_path / "out.nt").exists()


def _text(item: dict[str, Any]) -> str:
    return json.dumps(item, ensure_ascii=False, indent=2)


def _write_records(folder: Path) -> dict[str, str]:
    folder.mkdir()
    texts = {item["id"].rpartition("/")[2]: _text(item) for item in RECORDS}
    for slug, text in texts.items():
        (folder / f"{slug}.json").write_text(text, encoding="utf-8")
    return texts
