"""A corpus built on Apache Spark: byte for byte what it is as a whole, whatever fails on the way."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from running import ROOT, Cli
from test_corpus import PARTS, Whole, as_json, candidates_in, whole_of

from bri_kg.corpus.manifest import MANIFEST, Corpus
from corpora import grow
from planted import ONE

pytest.importorskip("pyspark", reason="the extra [spark] is not installed")

from bri_kg.corpus.running_on_spark import build_corpus_on_spark
from bri_kg.corpus.spark_sessions import session

# For small data: nothing is compiled that runs a few times.
SETTINGS = (
    "spark.sql.codegen.wholeStage false\n"
    "spark.driver.extraJavaOptions -XX:TieredStopAtLevel=1 -XX:+UseSerialGC\n"
    "spark.executor.extraJavaOptions -XX:TieredStopAtLevel=1 -XX:+UseSerialGC\n"
)


@pytest.fixture(scope="module")
def spark_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    folder = tmp_path_factory.mktemp("spark-conf")
    (folder / "spark-defaults.conf").write_text(SETTINGS, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_CONF_DIR", str(folder))
        patch.setenv("SPARK_LOCAL_DIRS", str(folder))
        yield


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Whole:
    return whole_of(grow(tmp_path_factory.mktemp("corpus"), 10))


def lines_in(folder: Path) -> dict[str, list[str]]:
    return {
        name: sorted(
            line
            for path in (folder / name).iterdir()
            for line in gzip.decompress(path.read_bytes()).decode().split("\n")
            if line
        )
        for name in PARTS
    }


def refuse_difference(whole: Whole, corpus: Corpus, *, unread: int = 0) -> None:
    """Lines, findings and digests are those of the whole, apart from files that cannot be read."""
    found = lines_in(corpus.folder)
    for name in PARTS:
        assert found[name] == whole.lines[name], name
    assert corpus.quads == {name: len(lines) for name, lines in found.items()}
    told = [as_json(finding) for finding in corpus.findings if finding.stage != "reading"]
    assert set(told) == whole.findings
    assert len(told) == len(set(told))
    assert len(corpus.findings) == len(told) + unread
    assert candidates_in(corpus.folder) == whole.candidates
    files = json.loads((corpus.folder / MANIFEST).read_text(encoding="utf-8"))["files"]
    names = {file["name"] for file in files}
    there = {
        p.relative_to(corpus.folder).as_posix() for p in corpus.folder.rglob("*") if p.is_file()
    }
    assert there == {*names, MANIFEST, "SHA256SUMS"}
    for file in files:
        data = (corpus.folder / file["name"]).read_bytes()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (file["bytes"], file["sha256"])


@pytest.mark.spark
def test_an_executor_that_dies_and_a_source_that_cannot_be_read_change_nothing_else(
    whole: Whole, tmp_path: Path, spark_settings: None
) -> None:
    broken = whole.folders[0] / "graph/claims/broken.ttl"
    broken.write_text(f"<{ONE}claim/x> a .\n", encoding="utf-8")
    killed: list[int] = []
    waiting = threading.Thread(target=kill_an_executor, args=(tmp_path, killed))
    try:
        with session("local-cluster[2,1,1536]") as spark:
            waiting.start()
            corpus = build_corpus_on_spark(whole.resources, tmp_path / "out", 2, spark)
    finally:
        broken.unlink()
    waiting.join()
    assert killed
    refuse_difference(whole, corpus, unread=1)
    [unread] = [finding for finding in corpus.findings if finding.stage == "reading"]
    assert unread.severity == "error" and str(unread.file).endswith("broken.ttl")
    assert [path.name for path in tmp_path.iterdir()] == ["out"], "something is left"


def kill_an_executor(folder: Path, killed: list[int]) -> None:
    """Kill an executor of ours as soon as parts are worked on."""
    until = time.monotonic() + 900
    while not killed and time.monotonic() < until:
        time.sleep(0.2)
        if any(
            (made / "work" / "outcomes" / "_temporary").exists()
            for made in folder.glob(".bri-kg-corpus-*")
        ):
            for number in executors():
                os.kill(number, signal.SIGKILL)
                killed.append(number)
                break


def executors() -> list[int]:
    """Return the executors among what this process started, by what `/proc` says."""
    above: dict[int, int] = {}
    found: list[int] = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            stat = (path / "stat").read_text(encoding="utf-8", errors="replace")
            command = (path / "cmdline").read_bytes()
        except OSError:
            continue
        number = int(path.name)
        above[number] = int(stat.rpartition(")")[2].split()[1])
        if b"CoarseGrainedExecutorBackend" in command:
            found.append(number)
    return sorted(number for number in found if is_below(number, above))


def is_below(number: int, above: dict[int, int]) -> bool:
    while number in above and number != os.getpid():
        number = above[number]
    return number == os.getpid()


@pytest.mark.spark
def test_a_run_whose_driver_was_killed_goes_on(
    whole: Whole, tmp_path: Path, spark_settings: None
) -> None:
    work, out = tmp_path / "work", tmp_path / "out"
    graphs = [word for folder in whole.folders for word in ("--graph", str(folder))]
    command = [sys.executable, "-m", "bri_kg", "build", "release", str(out), *graphs, "--alone"]
    options = ["--batch", "2", "--on", "local[2]", "--work", str(work)]
    driver = subprocess.Popen([*command, *options], stderr=subprocess.PIPE, cwd=ROOT)
    kept = kept_parts(work)
    while len(kept) < 2 and driver.poll() is None:
        time.sleep(0.1)
        kept = kept_parts(work)
    driver.kill()
    _, talk = driver.communicate()
    assert kept, talk.decode()
    assert not out.exists()
    with session("local[2]") as spark:
        corpus = build_corpus_on_spark(whole.resources, out, 2, spark, work=work)
    refuse_difference(whole, corpus)
    after = kept_parts(work)
    assert kept.items() <= after.items(), "something was done again"


def kept_parts(work: Path) -> dict[str, int]:
    """Return the outcomes that are kept: names, and which file each is."""
    names = (work / "parts").glob("*/*") if work.is_dir() else ()
    return {path.name: path.stat().st_ino for path in names if "." not in path.name}


# What is said where something is missing.


@pytest.mark.parametrize(
    "on", ["nowhere", "local[0]", "local-cluster[2]", "http://127.0.0.1", "sc://"]
)
def test_an_address_that_is_none_is_refused(cli: Cli, tmp_path: Path, on: str) -> None:
    done = cli("build", "release", str(tmp_path / "out"), "--batch", "5", "--on", on)
    assert done.returncode == 2
    assert "BRI512" in done.stderr and "local[2]" in done.stderr
    assert not list(tmp_path.iterdir())


def test_spark_without_parts_is_refused(cli: Cli, tmp_path: Path) -> None:
    done = cli("build", "release", str(tmp_path / "out"), "--on", "local[2]", "--lang", "zh")
    assert done.returncode == 2
    assert "BRI514" in done.stderr and "--on 须与 --batch 同用" in done.stderr


def test_without_pyspark_or_java_it_is_said_how_to_install_them(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ("build", "release", str(tmp_path / "out"), "--batch", "5", "--on", "local[2]")
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    done = cli(*words)
    assert done.returncode == 2
    assert "BRI511" in done.stderr and "Java 17" in done.stderr
    monkeypatch.setitem(sys.modules, "pyspark", None)
    done = cli(*words)
    assert done.returncode == 2
    assert "BRI510" in done.stderr and "pip install" in done.stderr
