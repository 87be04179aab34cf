"""A corpus built on Apache Spark: byte for byte what it is as a whole, whatever fails on the way."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
import venv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from environment_archive import write_archive
from running import ROOT, Cli
from test_corpus import PARTS, Whole, as_json, candidates_in, grown, whole_of
from test_corpus import lines_in as lines_here
from test_corpus_data import moved_out, refuse_other_findings

from bri_kg.corpus.manifest import FINDINGS, MANIFEST, Corpus
from bri_kg.corpus.running_here import build_corpus
from planted import ONE

pytest.importorskip("pyspark", reason="the extra [spark] is not installed")

import pyspark
from pyspark.errors import PySparkException

from bri_kg.corpus.running_on_spark import Batches, build_corpus_on_spark
from bri_kg.corpus.spark_sessions import session
from bri_kg.corpus.spark_tables import SparkTables
from bri_kg.corpus.tables import DuckTables, Tables
from bri_kg.corpus.workers import ROWS_AT_A_TIME
from bri_kg.errors import InputError
from bri_kg.findings import Finding

SERVER = "org.apache.spark.sql.connect.service.SparkConnectServer"

# For small data: nothing is compiled that runs a few times, and nothing compiled twice for want of room.
JAVA = "-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=240m -XX:+UseSerialGC"
SETTINGS = (
    "spark.sql.codegen.wholeStage false\n"
    f"spark.driver.extraJavaOptions {JAVA}\n"
    f"spark.executor.extraJavaOptions {JAVA}\n"
)


SOURCES = 200


@pytest.fixture
def spark_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Settings of Spark in a file, which a test may add to."""
    folder = tmp_path_factory.mktemp("spark-conf")
    file = folder / "spark-defaults.conf"
    file.write_text(SETTINGS, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_CONF_DIR", str(folder))
        patch.setenv("SPARK_LOCAL_DIRS", str(folder))
        yield file


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Whole:
    return whole_of(grown(tmp_path_factory.mktemp("corpus"), SOURCES))


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Whole:
    return whole_of(grown(tmp_path_factory.mktemp("corpus"), 10))


@pytest.fixture
def bare_python(
    tmp_path: Path, spark_settings: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """A Python without packages, and an archive in which workers find what they need."""
    home = tmp_path / "bare"
    venv.create(home)
    python = home / "bin" / "python"
    for name in ("bri_kg", "pyarrow"):
        lacks = subprocess.run([python, "-I", "-c", f"import {name}"], capture_output=True)
        assert b"ModuleNotFoundError" in lacks.stderr
    archive = tmp_path / "environment.tar.gz"
    write_archive(archive)
    with spark_settings.open("a", encoding="utf-8") as file:
        file.write(f"spark.archives {archive}#bri-kg\nspark.executorEnv.PYTHONPATH ./bri-kg\n")
    monkeypatch.setenv("PYSPARK_PYTHON", str(python))
    yield python


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
    refuse_other_lines(whole, corpus)
    told = [as_json(finding) for finding in corpus.findings if finding.stage != "reading"]
    assert set(told) == whole.findings
    assert len(told) == len(set(told))
    assert len(corpus.findings) == len(told) + unread


def refuse_other_lines(whole: Whole, corpus: Corpus) -> None:
    """Lines and candidates are those of the whole, and digests those of the files."""
    found = lines_in(corpus.folder)
    for name in PARTS:
        assert found[name] == whole.lines[name], name
    assert corpus.quads == {name: len(lines) for name, lines in found.items()}
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
def test_two_hundred_sources_are_the_whole_whatever_fails(
    many: Whole, tmp_path: Path, bare_python: Path
) -> None:
    for batch in (1, 7, 50):
        here = tmp_path / f"here-{batch}"
        corpus = build_corpus(many.resources, here, batch, processes=2)
        assert lines_here(here) == many.lines
        assert {as_json(finding) for finding in corpus.findings} == many.findings
        assert candidates_in(here) == many.candidates
    broken = many.folders[0] / "graph/claims/broken.ttl"
    read_before = (f"<{ONE}claim/x-{n}> a <{ONE}x> .\n" for n in range(ROWS_AT_A_TIME + 1))
    broken.write_text("".join(read_before) + f"<{ONE}claim/x> a .\n", encoding="utf-8")
    killed: list[int] = []
    made = tmp_path / "spark"
    waiting = threading.Thread(target=kill_an_executor, args=(made, killed))
    try:
        with session("local-cluster[2,1,1536]") as spark:
            waiting.start()
            corpus = build_corpus_on_spark(many.resources, made / "out", 20, spark)
    finally:
        broken.unlink()
    waiting.join()
    assert killed
    refuse_difference(many, corpus, unread=1)
    [unread] = [finding for finding in corpus.findings if finding.stage == "reading"]
    assert unread.severity == "error" and str(unread.file).endswith("broken.ttl")
    assert [path.name for path in made.iterdir()] == ["out"], "something is left"


@pytest.mark.spark
def test_what_was_dealt_is_dealt_again_though_its_lines_come_in_another_order(
    tmp_path: Path, spark_settings: Path
) -> None:
    """The executor dies when some parts lie in files already, and what it had shared out is lost."""
    with session("local-cluster[2,1,1024]") as spark:
        lines = spark.range(20_000).selectExpr("id % 400 AS kind", "string(id) AS line")
        lines.repartition(8, "line").createOrReplaceTempView("lines")
        told = spark.sql(
            "SELECT kind % 40 AS part, listagg(line, ' ') AS told FROM lines GROUP BY kind % 40"
        )
        dealt = told.repartition(40, "part")
        work = dying_once_at_five_parts(tmp_path)
        dealt.mapInArrow(work, dealt.schema).write.parquet(str(tmp_path / "made"))
        made = {row[0]: row[1] for row in spark.read.parquet(str(tmp_path / "made")).collect()}
    assert (tmp_path / "5").exists()
    assert {part: sorted(map(int, told.split())) for part, told in made.items()} == {
        part: list(range(part, 20_000, 40)) for part in range(40)
    }


def dying_once_at_five_parts(folder: Path) -> Callable[[Batches], Batches]:
    """Return work that kills its own executor where it is the fifth part that was begun."""

    def work(batches: Batches) -> Batches:
        for batch in batches:
            yield batch
            (folder / f"begun-{uuid.uuid4()}").touch()
            fifth = folder / "5"
            if len(list(folder.glob("begun-*"))) >= 5 and not fifth.exists():
                fifth.touch()
                time.sleep(1)  # the other executor goes on meanwhile
                workers = Path(f"/proc/{os.getppid()}/stat").read_text(encoding="utf-8")
                os.kill(int(workers.rpartition(")")[2].split()[1]), signal.SIGKILL)

    return work


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
def test_a_run_whose_driver_was_killed_goes_on_by_spark_connect(
    few: Whole, tmp_path: Path, spark_settings: Path
) -> None:
    """Some of it is read from elsewhere than collections."""
    places, addresses = moved_out(few, tmp_path)
    work, out = tmp_path / "work", tmp_path / "out"
    graphs = [word for folder in places for word in ("--graph", str(folder))]
    command = [sys.executable, "-m", "bri_kg", "build", "release", str(out), *graphs, "--alone"]
    command += ["--data", *addresses, "--batch", "2", "--work", str(work), "--on"]
    driver = subprocess.Popen([*command, "local[2]"], stderr=subprocess.PIPE, cwd=ROOT)
    kept = kept_parts(work)
    while len(kept) < 2 and driver.poll() is None:
        time.sleep(0.1)
        kept = kept_parts(work)
    driver.kill()
    _, talk = driver.communicate()
    assert kept, talk.decode()
    assert not out.exists()
    with server_of_spark_connect(tmp_path / "server") as address:
        done = subprocess.run([*command, address], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1, done.stderr  # mistakes were found in the corpus
    corpus = as_built(out)
    refuse_other_lines(few, corpus)
    refuse_other_findings(few, corpus)
    after = kept_parts(work)
    assert kept.items() <= after.items(), "something was done again"


@pytest.mark.spark
def test_a_disk_without_room_is_told_and_nothing_is_left(
    few: Whole, tmp_path: Path, spark_settings: Path
) -> None:
    """Files may not grow beyond 20 kB, as on a full disk; what Java has to say of it is not shown."""
    # What packs by default is a library that is larger.
    with spark_settings.open("a", encoding="utf-8") as file:
        file.write("spark.sql.parquet.compression.codec gzip\n")
    graphs = [word for folder in few.folders for word in ("--graph", str(folder))]
    command = [sys.executable, "-m", "bri_kg", "build", "release", str(tmp_path / "out"), *graphs]
    done = subprocess.run(
        [*command, "--alone", "--batch", "5", "--on", "local[1]"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)),
        check=False,
    )
    assert done.returncode == 2, done.stderr
    assert "error[BRI516]" in done.stderr and "SPARK_LOCAL_DIRS" in done.stderr
    assert "\tat " not in done.stderr
    assert not list(tmp_path.iterdir())


@contextmanager
def server_of_spark_connect(folder: Path) -> Iterator[str]:
    """Run a server on loopback, of the Spark that is installed; yield its address."""
    folder.mkdir()
    home = Path(str(pyspark.__file__)).parent
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {
        "spark.connect.grpc.binding.address": "127.0.0.1",
        "spark.connect.grpc.binding.port": str(port),
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "4",
    }
    command = [str(home / "bin/spark-submit"), "--master", "local[2]", "--class", SERVER]
    command += ["--driver-java-options", JAVA]
    command += [word for setting in settings.items() for word in ("--conf", "=".join(setting))]
    environment = os.environ | {
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "PYSPARK_PYTHON": sys.executable,
        "PYTHONPATH": str(ROOT),
    }
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(command, env=environment, cwd=folder, stdout=log, stderr=log)
    try:
        until = time.monotonic() + 120
        while not answers(port):
            assert server.poll() is None and time.monotonic() < until, (folder / "log").read_text()
            time.sleep(0.2)
        yield f"sc://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(60)


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def as_built(folder: Path) -> Corpus:
    """Return a release as its files tell it."""
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    lines = (folder / FINDINGS).read_text(encoding="utf-8").split("\n")
    findings = tuple(Finding(**json.loads(line)) for line in lines if line)
    return Corpus(folder, manifest["parts"], manifest["quads"], findings)


def kept_parts(work: Path) -> dict[str, int]:
    """Return the outcomes that are kept: names, and which file each is."""
    names = (work / "parts").glob("*/*") if work.is_dir() else ()
    return {path.name: path.stat().st_ino for path in names if "." not in path.name}


@pytest.mark.spark
def test_tables_on_spark_hold_what_those_here_hold(spark_settings: Path, tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    with session("local[1]") as spark:
        engines = (SparkTables(spark, tmp_path / "spark"), DuckTables(tmp_path / "here", "1GB", 1))
        there, here = (list(_asked_of(tables)) for tables in engines)
        for tables in engines:
            tables.close()
    assert there == here
    assert here == [[1501], [1501], [3], [1502], [0], [3002], [2], [3001, 3001, 3003]]


def _asked_of(tables: Tables) -> Iterator[list[int]]:
    """Yield how many rows tables have that are copies of others, are added to, and are none."""
    many = [(f"<a:{number}>", "<a:p>", f'"{number}"') for number in range(1500)]
    tables.sql(
        "CREATE TABLE one (s VARCHAR, p VARCHAR, o VARCHAR); CREATE TABLE nothing (s VARCHAR, n BIGINT)"
    )
    tables.insert("one", [("<a:x>", "<a:q>", '"x"')])
    tables.insert("one", many)
    tables.sql("CREATE TABLE other AS SELECT * FROM one")
    tables.insert("one", many)
    tables.sql("CREATE TABLE fewer AS SELECT s, p, o FROM one WHERE p = '<a:q>' OR o = '\"1\"'")
    tables.keep("fewer")
    yield _counted(tables, "other")
    tables.sql("CREATE OR REPLACE TABLE third AS SELECT * FROM other")
    yield _counted(tables, "third")
    yield _counted(tables, "fewer")
    tables.insert("third", [("<a:y>", "<a:q>", '"y"')])
    yield _counted(tables, "third")
    yield _counted(tables, "nothing")
    tables.sql("INSERT INTO third SELECT * FROM other")
    yield _counted(tables, "third", "WHERE s != '<a:y>'")
    yield _counted(tables, "(SELECT DISTINCT s FROM fewer)")
    tables.insert("other", many)
    yield _counted(tables, "one") + _counted(tables, "other") + _counted(tables, "third")


def _counted(tables: Tables, table: str, where: str = "") -> list[int]:
    return [count for (count,) in tables.sql(f"SELECT count(*) FROM {table} {where}")]


@pytest.mark.spark
@pytest.mark.parametrize(
    "said",
    [
        "An error occurred while calling o1.parquet.\n: java.lang.OutOfMemoryError: Java heap space",
        "Multiple failures (4):\n 1. SparkException: Not enough memory to build and broadcast the table",
    ],
)
def test_want_of_memory_is_told(spark_settings: Path, said: str) -> None:
    with pytest.raises(InputError, match="too little memory") as told, session("local[1]"):
        raise PySparkException(said)
    assert told.value.code == "BRI517" and "spark.driver.memory" in str(told.value.fix)


OPTIONS_OF_JAVA = """
from bri_kg.corpus.spark_sessions import session
with session("local[2]") as spark:
    java = spark.sparkContext._jvm.java.lang
    print(*java.management.ManagementFactory.getRuntimeMXBean().getInputArguments())
    print(java.Runtime.getRuntime().availableProcessors())
"""


@pytest.mark.spark
@pytest.mark.parametrize(
    ("setting", "memory"), [("", "2g"), ("spark.driver.memory 700m\n", "700m")]
)
def test_java_of_few_cores_has_memory_unless_a_user_says_how_much(
    spark_settings: Path, setting: str, memory: str
) -> None:
    with spark_settings.open("a", encoding="utf-8") as file:
        file.write(setting)
    done = subprocess.run(
        [sys.executable, "-c", OPTIONS_OF_JAVA],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    options, cores = done.stdout.splitlines()[-2:]
    assert f"-Xmx{memory}" in options.split() and cores == "1"


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
