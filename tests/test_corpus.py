"""A corpus built in parts: byte for byte what it is as a whole, whatever the parts, with the same findings."""

from __future__ import annotations

import json
import os
import random
import re
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from conftest import ROOT
from running import Cli

from bri_kg.answers.candidates import candidates
from bri_kg.answers.scope import Ground
from bri_kg.checking.checks import KEYS, read_checks
from bri_kg.checking.validation import all_findings
from bri_kg.corpus import pairing
from bri_kg.corpus.bucketing import CIRCLES, LABELS, OF_ONE_THING, OF_WHOLES, SAME_THING
from bri_kg.corpus.common_ground import IN_BUCKETS, IN_PAIRS, OF_A_PART, read_ground
from bri_kg.corpus.coverage_of_axioms import not_covered
from bri_kg.corpus.manifest import CANDIDATES, FINDINGS, MANIFEST
from bri_kg.corpus.part_of_corpus import Part, work_on
from bri_kg.corpus.parts_by_hash import NOT_OF_TWINS
from bri_kg.corpus.workers import ROWS_AT_A_TIME, packed
from bri_kg.dataset import assembly, projection
from bri_kg.dataset.resources import Resources, find
from bri_kg.errors import InputError
from bri_kg.findings import Finding
from bri_kg.names import BASE, BRI, PREFIXES
from bri_kg.rdf.parsing import read_rdf
from bri_kg.reasoner.inference import infer
from bri_kg.stores.memory import Store
from corpora import grow
from planted import CANDIDATES as PLANTED
from planted import MISTAKES, NO_CANDIDATE, ONE, TWO

duckdb = pytest.importorskip("duckdb", reason="the extra [corpus] is not installed")

from bri_kg.corpus.running_here import build_corpus  # noqa: E402

PARTS = ("asserted", "facts", "inferred")


@dataclass(frozen=True)
class Whole:
    """A corpus built at once by the embedded pipeline."""

    resources: Resources
    folders: list[Path]
    lines: dict[str, list[str]]
    findings: set[str]
    candidates: list[dict[str, Any]]


def whole_of(folders: list[Path]) -> Whole:
    resources = find(folders, alone=True)
    asserted = assembly.assert_all(resources)
    facts = projection.project(Store(asserted), resources)
    inferred, contradictions = assembly.infer(asserted, facts, resources)
    assert len(contradictions) == 3
    quads = dict(zip(PARTS, (asserted, facts, inferred), strict=True))
    return Whole(
        resources,
        folders,
        {name: sorted(f"{quad} ." for quad in quads[name]) for name in PARTS},
        {as_json(finding) for finding in all_findings(resources)},
        candidates_of(resources, Store([*asserted, *facts, *inferred])),
    )


def candidates_of(resources: Resources, store: Store) -> list[dict[str, Any]]:
    """Return what `bri-kg conflicts --candidates` finds, as the release of a corpus writes it."""
    ground = Ground(store, resources, ox.NamedNode, lambda: store)
    return [
        {
            "check": one.check,
            "summary": one.summary,
            "claims": [claim.iri for claim in one.claims],
            "weight": one.weight,
            "also": list(one.also),
        }
        for one in candidates(ground)
    ]


def candidates_in(folder: Path) -> list[dict[str, Any]]:
    lines = (folder / CANDIDATES).read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Whole:
    return whole_of(grown(tmp_path_factory.mktemp("corpus"), 10))


def grown(folder: Path, sources: int) -> list[Path]:
    """Grow a corpus whose sources speak of some organizations that are described once."""
    organizations = folder / "organizations.nt"
    names = [f"<{BASE}id/org/shared-{number}>" for number in range(3)]
    organizations.write_text(
        "".join(
            f"{name} <{PREFIXES['rdf']}type> <{BRI}Organization> .\n"
            f'{name} <{PREFIXES["skos"]}prefLabel> "Shared {number}"@en .\n'
            f'{name} <{PREFIXES["skos"]}prefLabel> "共同{number}"@zh .\n'
            for number, name in enumerate(names)
        ),
        encoding="utf-8",
    )
    return grow(folder, sources, organizations=organizations)


def as_json(finding: Finding) -> str:
    return json.dumps(finding.to_dict(), sort_keys=True)


def lines_in(folder: Path) -> dict[str, list[str]]:
    return {
        name: sorted(
            line
            for path in folder.glob(f"{name}-*.nq")
            for line in path.read_bytes().decode().split("\n")
            if line
        )
        for name in PARTS
    }


@pytest.mark.parametrize("batch", [1, 7, 50])
def test_parts_together_are_the_whole(whole: Whole, tmp_path: Path, batch: int) -> None:
    corpus = build_corpus(whole.resources, tmp_path / "out", batch, processes=0)
    found = lines_in(tmp_path / "out")
    for name in PARTS:
        assert found[name] == whole.lines[name], name
    told = [as_json(finding) for finding in corpus.findings]
    assert set(told) == whole.findings
    assert len(told) == len(set(told))
    assert candidates_in(tmp_path / "out") == whole.candidates
    assert not corpus.conforms
    assert not [path for path in tmp_path.iterdir() if path.name != "out"], "something is left"


def test_what_no_source_tells_takes_the_room_of_none(whole: Whole, tmp_path: Path) -> None:
    """Twenty sources go into one part; here are fewer, and retired claims, which have no passage."""
    assert any("/claim/" in line and "owl#deprecated" in line for line in whole.lines["asserted"])
    corpus = build_corpus(whole.resources, tmp_path / "out", 20, processes=0)
    assert corpus.parts == 2, "one of sources, one of entities"


def test_sources_of_both_collections_speak_of_the_same_organizations(whole: Whole) -> None:
    speaking: dict[int, set[str]] = {number: set() for number in range(3)}
    for line in whole.lines["asserted"]:
        for number, claims in speaking.items():
            if f" <{ONE}id/org/shared-{number}> " in line:
                claims.add(line.partition("claim/")[0])
    assert any(claims >= {f"<{ONE}", f"<{TWO}"} for claims in speaking.values())


def test_every_planted_mistake_is_found(whole: Whole) -> None:
    found = {(finding["code"], finding["focus"]) for finding in map(json.loads, whole.findings)}
    assert set(MISTAKES) <= found


def test_every_planted_candidate_is_found_and_of_two_bodies_none(whole: Whole) -> None:
    found = {(one["check"], *one["claims"]) for one in whole.candidates}
    assert {(check, one, other) for check, _, one, other in PLANTED} <= found
    assert not [pair for _, *pair in found if set(pair) == set(NO_CANDIDATE)]
    assert {key for _, key, _, _ in PLANTED} == set(IN_PAIRS)


def test_parts_alone_lack_what_crosses_them(whole: Whole) -> None:
    """So that the corpus is one on which a wrong decomposition shows."""
    ground = read_ground(whole.resources)
    told = {
        name: b"".join(f"{quad} .\n".encode() for quad in read_rdf(whole.folders[0] / path))
        for name, path in (
            ("1", "graph/claims/plant-1.ttl"),
            ("2", "graph/claims/plant-2.ttl"),
        )
    }
    alone = {line for lines in told.values() for line in work_on(ground, Part(lines)).facts}
    silenced = f"<{ONE}claim/plant-1-silenced> ."
    assert any(line.rstrip("\n").endswith(silenced) for line in alone)
    assert not any(line.endswith(silenced) for line in whole.lines["facts"])


def test_a_part_is_a_pure_function_of_its_bytes(whole: Whole) -> None:
    ground = read_ground(whole.resources)
    lines = [f"{quad} .\n" for quad in read_rdf(whole.folders[0] / "graph/claims/plant-1.ttl")]
    before = frozenset(ground.quads)
    one = work_on(ground, Part("".join(lines).encode()))
    random.Random(1).shuffle(lines)
    other = work_on(ground, Part("".join(lines).encode()))
    assert (one.asserted, one.facts) == (other.asserted, other.facts)
    assert {name: set(rows) for name, rows in one.rows.items()} == {
        name: set(rows) for name, rows in other.rows.items()
    }
    assert ground.quads == before


def test_sources_split_by_claim_are_the_whole(
    folders: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = whole_of(folders)
    monkeypatch.setattr("bri_kg.corpus.parts_by_hash.BYTES_OF_A_PART", 4000)
    split: list[Part] = []
    monkeypatch.setattr(
        "bri_kg.corpus.running_here.work_on",
        lambda ground, part, lang: split.append(part) or work_on(ground, part, lang),
    )
    corpus = build_corpus(whole.resources, tmp_path / "out", 50, processes=0)
    pieces = [source for part in split for source in part.split]
    assert len(pieces) > 2 * len(set(pieces)) > 2, "no source lies in several parts"
    assert lines_in(tmp_path / "out") == whole.lines
    assert {as_json(finding) for finding in corpus.findings} == whole.findings


def test_claims_that_say_the_same_are_known_by_the_words_of_their_check(ours: Resources) -> None:
    """Of a source that is split, twins stay together: they are placed by all but what the check leaves out."""
    [check] = [check for check in read_checks(ours, "claims") if check.name == "claim-twice"]
    left_out = re.findall(r"NOT IN \(([^)]*)\)", check.query)
    assert {tuple(words.split(", ")) for words in left_out} == {
        tuple(f"bri:{name}" for name in NOT_OF_TWINS)
    }
    looked_at = {check.name for check in read_checks(ours, "claims") if check.key == "source"}
    assert looked_at == {
        "claim-in-two-sources", "claim-of-another-source", "claim-twice", "context-of-other-source",
        "left-out-and-cited", "passage-beyond-end",
    }, "say in parts_by_hash.py how a further check sees the whole of a source that is split"  # fmt: skip


# What is written.


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> list[Path]:
    """Two collections with planted sources alone."""
    folder = tmp_path_factory.mktemp("planted")
    places = grow(folder, 10)
    for path in folder.rglob("graph/**/*.ttl"):
        if not path.name.startswith("plant-"):
            path.unlink()
    return places


def test_the_command_writes_parts_findings_and_digests(
    cli: Cli, folders: list[Path], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    graphs = [word for folder in folders for word in ("--graph", str(folder))]
    done = cli("build", "release", str(out), *graphs, "--alone", "--batch", "9")
    assert done.returncode == 1, done.stderr
    assert FINDINGS in done.stderr
    manifest = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
    assert manifest["conforms"] is False
    assert {file["name"] for file in manifest["files"]} | {MANIFEST, "SHA256SUMS"} == {
        path.name for path in out.iterdir()
    }
    found = [
        json.loads(line)
        for line in (out / FINDINGS).read_text(encoding="utf-8").split("\n")
        if line
    ]
    assert {"contradiction", "unknown-term", "uncompared-counts"} <= {f["code"] for f in found}
    again = cli("build", "release", str(out), *graphs, "--alone", "--batch", "9")
    assert again.returncode == 2 and "BRI226" in again.stderr


def test_a_source_that_cannot_be_read_is_a_finding_and_hides_nothing(
    folders: list[Path], tmp_path: Path
) -> None:
    before = build_corpus(find(folders, alone=True), tmp_path / "before", 3, processes=0)
    broken = folders[0] / "graph/claims/broken.ttl"
    label = f'<{ONE}id/place/x> <{PREFIXES["skos"]}prefLabel> "X"@en .\n'
    broken.write_text(f"{label * (ROWS_AT_A_TIME + 1)}<{ONE}claim/x> a .\n", encoding="utf-8")
    try:
        after = build_corpus(find(folders, alone=True), tmp_path / "after", 3, processes=0)
    finally:
        broken.unlink()
    [more] = set(after.findings) - set(before.findings)
    assert (more.stage, more.file, more.severity) == ("reading", str(broken), "error")
    written = (tmp_path / "after" / FINDINGS).read_text(encoding="utf-8")
    assert '"file": "graph/claims/broken.ttl"' in written
    assert set(before.findings) <= set(after.findings)
    assert lines_in(tmp_path / "after") == lines_in(tmp_path / "before")


def test_a_finding_on_facts_names_the_rule_at_fault(folders: list[Path], tmp_path: Path) -> None:
    rule = folders[0] / "queries/facts/odd.rq"
    rule.parent.mkdir(parents=True, exist_ok=True)
    rule.write_text(
        f"PREFIX bri: <{PREFIXES['bri']}>\nSELECT ?claim ?s ?p ?o WHERE {{\n  ?claim a bri:QuantityClaim ; "
        "bri:hasSubject ?s ; bri:hasQuantity ?o .\n  BIND (bri:isPartOf AS ?p)\n}\n",
        encoding="utf-8",
    )
    try:
        corpus = build_corpus(find(folders, alone=True), tmp_path / "out", 3, processes=0)
    finally:
        rule.unlink()
    found = [finding for finding in corpus.findings if finding.code == "quantity-as-fact"]
    assert found
    assert {(finding.file, finding.line) for finding in found} == {(str(rule), 1)}


ELSEWHERE = """
import sys
from pathlib import Path
from bri_kg.corpus.part_of_corpus import Part, work_on
from bri_kg.corpus.workers import unpacked
ground = unpacked(Path(sys.argv[1]).read_bytes())
print(ground.resources.base.queries)
print(len(work_on(ground, Part(Path(sys.argv[2]).read_bytes())).rows["facts"]))
"""


def test_a_worker_reads_rules_from_its_own_package(folders: list[Path], tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(ROOT / "bri_kg", home / "bri_kg", ignore=shutil.ignore_patterns("__pycache__"))
    for room in ("graph", "ontology", "queries"):
        shutil.copytree(ROOT / room, home / "bri_kg/data" / room)
    for rule in (home / "bri_kg/data/queries/facts").glob("membership*.rq"):
        rule.unlink()
    ground = read_ground(find(folders, alone=True))
    told = b"".join(f"{q} .\n".encode() for q in read_rdf(folders[0] / "graph/claims/plant-1.ttl"))
    (tmp_path / "ground").write_bytes(packed(ground))
    (tmp_path / "told").write_bytes(told)
    done = subprocess.run(
        [sys.executable, "-c", ELSEWHERE, tmp_path / "ground", tmp_path / "told"],
        env=os.environ | {"PYTHONPATH": str(home)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.stderr
    where, facts = done.stdout.split()
    assert where == str(home / "bri_kg/data/queries")
    assert 0 < int(facts) < len(work_on(ground, Part(told)).rows["facts"])


def test_joins_that_memory_has_no_room_for_are_told_and_nothing_is_left(
    cli: Cli, folders: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bri_kg.corpus.running_here.MEMORY", "20MB")
    graphs = [word for folder in folders for word in ("--graph", str(folder))]
    done = cli("build", "release", str(tmp_path / "out"), *graphs, "--alone", "--batch", "9")
    assert done.returncode == 2
    assert "error[BRI507]" in done.stderr and "--on local[2]" in done.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("room", [100_000, 1_500_000])
def test_a_disk_without_room_is_told_and_nothing_is_left(
    folders: list[Path], tmp_path: Path, room: int
) -> None:
    """Files may not grow beyond `room`, as on a full disk: first ours, then those of DuckDB."""
    graphs = [word for folder in folders for word in ("--graph", str(folder))]
    command = [sys.executable, "-m", "bri_kg", "build", "release", str(tmp_path / "out"), *graphs]
    done = subprocess.run(
        [*command, "--alone", "--batch", "9"],
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
        check=False,
    )
    assert done.returncode == 2
    assert "error[BRI504]" in done.stderr and "File too large" in done.stderr
    assert not list(tmp_path.iterdir())


def test_validation_in_parts_tells_where_room_is_wanting(
    folders: list[Path], tmp_path: Path
) -> None:
    graphs = [word for folder in folders for word in ("--graph", str(folder))]
    done = subprocess.run(
        [sys.executable, "-m", "bri_kg", "validate", *graphs, "--alone", "--batch", "9"],
        capture_output=True,
        text=True,
        env=os.environ | {"TMPDIR": str(tmp_path)},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000)),
        check=False,
    )
    assert done.returncode == 2
    assert "error[BRI523]" in done.stderr and f"make room in {tmp_path}" in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_name_that_is_redefined_is_refused_as_in_one_graph(
    folders: list[Path], tmp_path: Path
) -> None:
    taken = folders[1] / "graph/entities/taken.ttl"
    taken.write_text(
        f'<{ONE}id/org/plant-a> <{PREFIXES["skos"]}altLabel> "other"@en .\n', encoding="utf-8"
    )
    try:
        with pytest.raises(InputError, match="is redefined") as raised:
            build_corpus(find(folders, alone=True), tmp_path / "out", 3, processes=0)
    finally:
        taken.unlink()
    assert raised.value.code == "BRI875"


# What the decomposition covers: a new rule, shape, check or axiom of another kind fails here (docs/corpus.md).

# What a rule for facts or links may join beside the claim itself: what it names, and the vocabulary.
OF_NAMED = {"a", "bri:edtf", "bri:isPassageOf", "bri:factProperty", "skos:broader"}
CROSSING_RULES = {"standing": {"bri:outranks"}}
VARIABLE = r"\?[A-Za-z]+"


@pytest.fixture(scope="module")
def ours() -> Resources:
    return find()


def test_every_axiom_is_of_a_kind_that_parts_cover(ours: Resources) -> None:
    quads = [quad for path in ours.ontology_files() for quad in read_rdf(path)]
    assert list(not_covered(quads)) == []


@pytest.mark.parametrize(
    "axiom",
    [
        "bri:isMemberOf owl:propertyChainAxiom ( bri:isMemberOf bri:isPartOf ) .",
        "bri:isHeldIn a owl:FunctionalProperty .",
        "bri:post a owl:InverseFunctionalProperty .",
        "bri:isPartOf a owl:IrreflexiveProperty .",
        "bri:isFoundedBy owl:propertyDisjointWith bri:isFundedBy .",
        "bri:Actor owl:hasKey ( bri:knownAs ) .",
        "[] owl:onProperty bri:isMemberOf ; owl:someValuesFrom bri:Organization ; rdfs:subClassOf bri:Actor .",
        "bri:Actor owl:equivalentClass [ owl:intersectionOf ( bri:Place bri:Event ) ] .",
        "bri:Actor owl:sameAs bri:Place .",
    ],
)
def test_an_axiom_that_joins_facts_is_refused(ours: Resources, axiom: str) -> None:
    heads = "".join(f"@prefix {p}: <{PREFIXES[p]}> .\n" for p in ("bri", "owl", "rdfs"))
    quads = ox.parse(heads + axiom, format=ox.RdfFormat.TURTLE)
    with pytest.raises(InputError) as raised:
        read_ground(ours, quads)
    assert raised.value.code == "BRI502"


def test_every_check_says_a_key_that_parts_or_buckets_serve(ours: Resources) -> None:
    for room in ("claims", "facts"):
        for check in read_checks(ours, room):
            assert check.key in OF_A_PART | set(IN_BUCKETS), check.name
    for check in read_checks(ours, "candidates"):
        assert check.key in IN_PAIRS, check.name
    assert {*OF_A_PART, *IN_BUCKETS, *IN_PAIRS} == set(KEYS)


@pytest.mark.parametrize(
    ("room", "key", "code"),
    [("claims", "", "BRI501"), ("claims", "kind", "BRI530"), ("candidates", "node", "BRI530")],
)
def test_a_check_whose_key_nobody_looks_by_is_refused_with_its_file(
    folders: list[Path], tmp_path: Path, room: str, key: str, code: str
) -> None:
    path = folders[0] / f"queries/checks/{room}/odd.rq"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f"#+ summary: Odd.\n#+ summary_zh: 奇。\n{f'#+ key: {key}' if key else ''}\n"
        "SELECT ?focus WHERE { ?focus a ?c FILTER (false) }\n",
        encoding="utf-8",
    )
    try:
        with pytest.raises(InputError) as raised:
            build_corpus(find(folders, alone=True), tmp_path / "out", 3, processes=0)
    finally:
        path.unlink()
    assert (raised.value.code, raised.value.file) == (code, str(path))


def triples_of(query: str) -> Iterator[tuple[str, str, str]]:
    """Yield subject, predicate and object of the triple patterns of a query of ours, roughly."""
    body = re.sub(r"#.*", "", query[query.index("WHERE") :])
    body = re.sub(r"(FILTER|BIND|VALUES)\s*(NOT EXISTS|EXISTS)?", " . ", body)
    subject = ""
    for statement in re.split(r"[.{}]\s", body):
        for number, part in enumerate(statement.split(";")):
            words = part.split()
            if number == 0 and words:
                subject, words = words[0], words[1:]
            if len(words) >= 2 and subject.startswith("?"):
                yield subject, words[0], " ".join(words[1:])


def test_rules_of_facts_join_claims_with_what_they_name_and_nothing_else(ours: Resources) -> None:
    """A rule that asks anything but types, times and roles of what a claim names would see less in a part."""
    for path in (*ours.query_files("facts"), *ours.query_files("links")):
        query = path.read_text(encoding="utf-8")
        claim = "?claim" if path.parent.name == "facts" else "?s"
        for subject, predicate, _ in triples_of(query):
            steps = set(re.split(r"[/|]", predicate.replace("*", "").replace("+", "")))
            if subject != claim:
                allowed = OF_NAMED | CROSSING_RULES.get(path.stem, set()) | {"rdfs:subPropertyOf"}
                assert steps <= allowed, (path.name, subject, predicate)
            elif len(steps) > 1 and "/" in predicate:
                _, *rest = predicate.replace("*", "").split("/")
                assert set(rest) <= OF_NAMED, (path.name, predicate)


def test_no_further_rule_of_notes_or_closure_came(ours: Resources) -> None:
    """Those there are joined across parts by hand: notes by pair, superclasses by node."""
    assert [p.name for p in ours.query_files("notes")] == [
        "inferred-facts-reversed.rq", "inferred-facts.rq",
    ]  # fmt: skip
    assert [p.name for p in ours.query_files("closure")] == ["superclass.rq"]


def test_shapes_look_at_a_node_and_the_types_and_vocabulary_of_what_it_names(
    ours: Resources,
) -> None:
    """A path of several steps, a SPARQL constraint or a node that is another's target would see less in a part."""
    sh = PREFIXES["sh"]
    shapes = [quad for path in ours.shape_files() for quad in read_rdf(path)]
    used = {
        quad.predicate.value.removeprefix(sh)
        for quad in shapes
        if quad.predicate.value.startswith(sh)
    }
    not_local = {
        "sparql", "target", "select", "ask", "inversePath", "oneOrMorePath", "zeroOrOnePath",
        "qualifiedValueShape", "equals", "disjoint", "rule", "closed", "targetNode", "targetObjectsOf",
    }  # fmt: skip
    assert not used & not_local
    paths = [q.object for q in shapes if q.predicate.value == sh + "path"]
    heads = {q.subject for q in shapes if q.predicate.value == PREFIXES["rdf"] + "first"}
    assert not heads & set(paths), "a path of several steps"
    repeated = {q.object for q in shapes if q.predicate.value == sh + "zeroOrMorePath"}
    assert repeated <= {ox.NamedNode(PREFIXES["skos"] + "broader")}


def test_buckets_hold_whatever_their_checks_ask_for(ours: Resources) -> None:
    """What buckets are made of stands in code; these are the words of the checks from which it was read."""
    by_key: dict[str, str] = {}
    for room in ("claims", "facts"):
        for check in read_checks(ours, room):
            by_key[str(check.key)] = by_key.get(str(check.key), "") + check.query
    assert set(re.findall(r"bri:(\w+Claim)\b", by_key["thing"])) <= set(OF_ONE_THING)
    assert set(re.findall(r"bri:(\w+Claim)\b", by_key["whole"])) == set(OF_WHOLES)
    walked = re.findall(r"\(((?:bri:\w+\|?)+)\)\+", by_key["circle"])
    assert {tuple(p.removeprefix("bri:") for p in path.split("|")) for path in walked} == set(
        CIRCLES
    )
    assert {
        PREFIXES["skos"] + p for p in re.findall(r"skos:(prefLabel|altLabel)", by_key["label"])
    } == set(LABELS)
    [same] = re.findall(r"VALUES \?same \{([^}]*)\}", by_key["match"])
    names = (name.split(":") for name in same.split())
    assert {PREFIXES[prefix] + local for prefix, local in names} == set(SAME_THING)


def test_buckets_of_candidates_hold_whatever_their_checks_ask_for(ours: Resources) -> None:
    """As above: the words of the checks from which pairing.py was read."""
    by_key: dict[str, str] = dict.fromkeys(IN_PAIRS, "")
    for check in read_checks(ours, "candidates"):
        by_key[str(check.key)] += re.sub(r"(PREFIX|#).*", "", check.query)
    classes = {key: set(re.findall(r"bri:(\w+Claim)\b", text)) for key, text in by_key.items()}
    assert classes["thing"] <= set(pairing.OF_ONE_THING)
    assert classes["whole"] == set(pairing.OF_ONE_WHOLE)
    assert classes["label"] == {"NameClaim"}
    for key in ("quantity", "kind"):
        assert classes[key] == {"QuantityClaim", "MembershipClaim"}
    of_claims = {
        "Comparison", "compares", "hasSubject", "isStatedIn", "hasObject", "hasAgent", "hasPlace", "hasTime",
        "hasQuantity", "countedKind", "unit", "perKind", "kind", "name", "role", "standing", "leavesOpen", "evidence",
    }  # fmt: skip
    # Of values these follow from the name; roles stand in the ground; `placed`, `extra` and ties are laid beside.
    of_others = {
        "notBefore", "notAfter", "lowerBound", "upperBound", "statedValue", "factProperty", "isWithin", "involves",
        "Organization",
    }  # fmt: skip
    for key, text in by_key.items():
        words = set(re.findall(r"\bbri:(\w+)", text))
        assert words <= of_claims | of_others | classes[key], key


def test_a_wheel_need_not_hold_the_extra() -> None:
    """The function itself needs no DuckDB: it runs wherever rows come from."""
    for name in ("part_of_corpus", "common_ground", "coverage_of_axioms"):
        assert "duckdb" not in (ROOT / "bri_kg/corpus" / f"{name}.py").read_text(encoding="utf-8")


def test_contradictions_of_a_part_name_what_the_whole_names(whole: Whole) -> None:
    quads = [
        next(iter(ox.parse(line, format=ox.RdfFormat.N_QUADS)))
        for name in ("asserted", "facts")
        for line in whole.lines[name]
        if "plant-both" in line
    ]
    ground = read_ground(whole.resources)
    told = {c.message for c in infer([*assembly.closable(quads, ()), *ground.quads]).contradictions}
    known = {json.loads(text)["message"] for text in whole.findings if '"contradiction"' in text}
    assert told == {message for message in known if "plant-both is" in message}
