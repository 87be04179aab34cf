"""Work on a corpus that is kept: a run goes on where another stopped, does what changed, and misses nothing."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT
from running import Cli

from bri_kg.corpus.common_ground import read_ground
from bri_kg.corpus.kept_work import MARK, KeptWork, key_of
from bri_kg.corpus.manifest import FINDINGS
from bri_kg.corpus.part_of_corpus import Part
from bri_kg.dataset.resources import Resources, find
from bri_kg.errors import InputError
from corpora import grow
from planted import ONE

pytest.importorskip("duckdb", reason="the extra [corpus] is not installed")

from bri_kg.corpus.running_here import build_corpus

BATCH = 1


def planted(folder: Path) -> list[Path]:
    """Return two collections with planted sources alone."""
    places = grow(folder, 10)
    for path in folder.rglob("graph/**/*.ttl"):
        if not path.name.startswith("plant-"):
            path.unlink()
    return places


def built(folders: list[Path], out: Path, work: Path | None) -> dict[str, bytes]:
    build_corpus(find(folders, alone=True), out, BATCH, processes=0, work=work)
    return {path.name: path.read_bytes() for path in out.iterdir()}


def kept(work: Path, kind: str) -> set[str]:
    """Return the names of what is kept; what a killed run was just writing has an end to its name."""
    files = (path for path in (work / kind).rglob("*") if path.is_file())
    return {path.name for path in files if not path.suffix}


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> tuple[list[Path], Path, Path]:
    """A corpus, the work that a build of it kept, and its release."""
    folder = tmp_path_factory.mktemp("kept")
    folders = planted(folder / "corpus")
    built(folders, folder / "out", folder / "work")
    return folders, folder / "work", folder / "out"


@pytest.fixture
def again(begun: tuple[list[Path], Path, Path], tmp_path: Path) -> tuple[list[Path], Path]:
    """A copy of the corpus and of the work, to be changed."""
    folders, work, _ = begun
    shutil.copytree(folders[0].parent, tmp_path / "corpus")
    shutil.copytree(work, tmp_path / "work")
    return [tmp_path / "corpus" / folder.name for folder in folders], tmp_path / "work"


def test_work_that_is_kept_changes_nothing_and_is_not_done_again(
    begun: tuple[list[Path], Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders, work, out = begun
    fresh = {path.name: path.read_bytes() for path in out.iterdir()}
    before = {kind: kept(work, kind) for kind in ("scans", "parts", "buckets")}
    assert all(before.values())

    def never(*_: object) -> None:
        raise AssertionError("done again")

    monkeypatch.setattr("bri_kg.corpus.running_here.work_on", never)
    monkeypatch.setattr("bri_kg.corpus.running_here.look_at", never)
    monkeypatch.setattr("bri_kg.corpus.running_here.told_in", never)
    assert built(folders, tmp_path / "again", work) == fresh
    assert {kind: kept(work, kind) for kind in before} == before


def test_validation_finds_what_a_release_does_from_the_same_work(
    begun: tuple[list[Path], Path, Path], cli: Cli, tmp_path: Path
) -> None:
    folders, work, out = begun
    given = [word for folder in folders for word in ("--graph", str(folder))]
    words = ("validate", *given, "--alone", "--batch", str(BATCH))
    before = {kind: kept(work, kind) for kind in ("scans", "parts", "buckets")}
    done = cli(*words, "--work", str(work), "--format", "json")
    assert done.returncode == 1
    assert {kind: kept(work, kind) for kind in before} == before, "something was done again"
    found = {(f["code"], f["focus"], f["line"]) for f in json.loads(done.stdout)}
    lines = (out / FINDINGS).read_text(encoding="utf-8").split("\n")
    assert found == {(f["code"], f["focus"], f["line"]) for f in map(json.loads, lines[:-1])}
    assert "not run: words, questions" in done.stderr
    shown = cli(*words, "--lang", "zh")
    assert f"{folders[0]}/graph/" in shown.stdout
    assert "各阶段共有" in shown.stderr


@pytest.mark.parametrize(
    "words", [("mine.ttl",), ("--shapes", "bri"), ("--engine", "reference"), ("--format", "ttl")]
)
def test_validation_in_parts_refuses_what_it_would_pass_over(
    cli: Cli, words: tuple[str, ...]
) -> None:
    done = cli("validate", "--batch", "5", *words)
    assert done.returncode == 2 and "BRI525" in done.stderr


def test_a_source_that_changed_is_worked_on_again_and_few_others(
    again: tuple[list[Path], Path], tmp_path: Path
) -> None:
    folders, work = again
    before = kept(work, "parts")
    path = folders[0] / "graph/claims/plant-3.ttl"
    told = path.read_text(encoding="utf-8")
    path.write_text(
        told + f'<{ONE}claim/plant-3-accepted> bri:reason "said otherwise"@en .\n', encoding="utf-8"
    )
    found = built(folders, tmp_path / "kept", work)
    after = kept(work, "parts")
    assert found == built(folders, tmp_path / "fresh", None)
    assert 1 <= len(after - before) <= 2 < len(after)
    assert len(before - after) == len(after - before), "what is not used again is removed"


def test_an_entity_that_changed_counts_wherever_it_is_named(
    again: tuple[list[Path], Path], begun: tuple[list[Path], Path, Path], tmp_path: Path
) -> None:
    folders, work = again
    path = folders[0] / "graph/entities/plant-some.ttl"
    told = path.read_text(encoding="utf-8")
    path.write_text(told + f"<{ONE}id/org/plant-a> a bri:Event .\n", encoding="utf-8")
    found = built(folders, tmp_path / "kept", work)
    assert found == built(folders, tmp_path / "fresh", None)
    assert found["findings.jsonl"] != (begun[2] / "findings.jsonl").read_bytes()


def shape(folder: Path) -> None:
    (folder / "ontology/shapes/more.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n@prefix bri: <https://w3id.org/bri-kg/ontology#> .\n"
        f"<{ONE}shape/more> a sh:NodeShape ; sh:targetClass bri:Organization ; sh:property [\n"
        '  sh:path bri:knownAs ; sh:minCount 1 ; sh:message "known as nothing"@en ] .\n',
        encoding="utf-8",
    )


def check(folder: Path) -> None:
    (folder / "queries/checks/claims/more.rq").write_text(
        "#+ summary: More.\n#+ summary_zh: 更多。\n#+ key: node\n"
        "PREFIX bri: <https://w3id.org/bri-kg/ontology#>\n"
        "SELECT ?focus WHERE { ?focus bri:evidence ?passage }\n",
        encoding="utf-8",
    )


def term(folder: Path) -> None:
    (folder / "ontology/modules/more.ttl").write_text(
        f"<{ONE}ontology#Odd> <http://www.w3.org/2000/01/rdf-schema#subClassOf> "
        "<https://w3id.org/bri-kg/ontology#Organization> .\n",
        encoding="utf-8",
    )


@pytest.mark.parametrize("change", [shape, check, term])
def test_work_rests_on_ontology_shapes_and_checks(
    again: tuple[list[Path], Path], change: Callable[[Path], None]
) -> None:
    folders, work = again

    def base(resources: Resources) -> str:
        return KeptWork(work).over(read_ground(resources), "en").base

    before = base(find(folders, alone=True))
    assert base(find(folders, alone=True)) == before
    change(folders[0])
    assert base(find(folders, alone=True)) != before


def test_work_rests_on_lines_in_whatever_order_and_on_the_language(
    begun: tuple[list[Path], Path, Path],
) -> None:
    folders, work, _ = begun
    ground = read_ground(find(folders, alone=True))
    assert KeptWork(work).over(ground, "en").base != KeptWork(work).over(ground, "zh").base
    one, other = b"<a:a> <a:b> <a:c> .\n", b"<a:a> <a:b> <a:d> .\n"
    assert key_of(Part(one + other)) == key_of(Part(other + one)) != key_of(Part(one, other))
    assert key_of(Part(one, b"", frozenset("a"))) != key_of(Part(one, b"", split=frozenset("a")))


def children(number: int) -> list[int]:
    """Return the processes that one started, by what `/proc` says."""
    return [
        int(child)
        for path in Path(f"/proc/{number}/task").glob("*/children")
        for child in path.read_text().split()
    ]


def is_running(number: int) -> bool:
    try:
        stat = Path(f"/proc/{number}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] not in "ZX"


@pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")
def test_a_run_that_was_killed_goes_on(
    begun: tuple[list[Path], Path, Path], tmp_path: Path
) -> None:
    folders, complete, out = begun
    work = tmp_path / "work"
    graphs = [word for folder in folders for word in ("--graph", str(folder))]
    command = [sys.executable, "-m", "bri_kg", "build", "release", str(tmp_path / "out")]
    command += [*graphs, "--alone", "--batch", str(BATCH), "--work", str(work)]
    run = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 120
    while not kept(work, "parts") and run.poll() is None and time.monotonic() < until:
        time.sleep(0.01)
    of_run = children(run.pid)
    run.kill()
    run.wait()
    assert of_run
    while any(map(is_running, of_run)):
        assert time.monotonic() < until, "what it started goes on without it"
        time.sleep(0.1)
    assert not (tmp_path / "out").exists(), "it ended before it could be killed"
    done = kept(work, "parts")
    assert 0 < len(done) < len(kept(complete, "parts"))
    assert built(folders, tmp_path / "out", work) == {
        path.name: path.read_bytes() for path in out.iterdir()
    }
    assert done <= kept(work, "parts") == kept(complete, "parts")


def test_what_is_damaged_is_done_again(
    again: tuple[list[Path], Path], begun: tuple[list[Path], Path, Path], tmp_path: Path
) -> None:
    folders, work = again
    for path in (work / "parts").rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:-20])
    fresh = {path.name: path.read_bytes() for path in begun[2].iterdir()}
    assert built(folders, tmp_path / "out", work) == fresh


def test_a_folder_of_something_else_is_refused(
    cli: Cli, begun: tuple[list[Path], Path, Path], tmp_path: Path
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/letter.txt").write_text("mine", encoding="utf-8")
    graphs = [word for folder in begun[0] for word in ("--graph", str(folder))]
    command = ["build", "release", str(tmp_path / "out"), *graphs, "--alone"]
    done = cli(*command, "--batch", "9", "--work", str(tmp_path / "mine"))
    assert done.returncode == 2 and "BRI520" in done.stderr
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]
    done = cli(*command, "--batch", "9", "--work", str(tmp_path / "mine"), "--lang", "zh")
    assert "语料工作以外的内容" in done.stderr
    done = cli(*command, "--work", str(tmp_path / "work"))
    assert done.returncode == 2 and "BRI522" in done.stderr


def test_work_that_cannot_be_kept_is_told(
    begun: tuple[list[Path], Path, Path], tmp_path: Path
) -> None:
    work = tmp_path / "work"
    work.mkdir()
    (work / MARK).write_text("{}", encoding="utf-8")
    (work / "scans").write_text("in the way", encoding="utf-8")
    with pytest.raises(InputError, match="cannot be kept") as raised:
        built(begun[0], tmp_path / "out", work)
    assert raised.value.code == "BRI521"
    assert not (tmp_path / "out").exists()
