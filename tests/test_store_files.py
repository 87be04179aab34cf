"""A store of the user's in place of the graph: on disk, in a file, through the cache; and our own in the cache."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import ROOT, Cli

import bri_kg
from bri_kg.errors import InputError
from bri_kg.knowledge import KnowledgeGraph

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
ALWAYS = "0"  # megabytes: every file goes through the cache


@pytest.fixture(scope="session")
def exported(cli: Cli, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dataset as N-Quads."""
    path = tmp_path_factory.mktemp("exported") / "graph.nq"
    assert cli("export", "--format", "nq", "-o", str(path)).returncode == 0
    return path


@pytest.fixture(scope="session")
def on_disk(cli: Cli, exported: Path) -> Path:
    """The dataset as a store on disk."""
    place = exported.parent / "store"
    assert cli("load", str(exported), "--store", str(place)).returncode == 0
    return place


@pytest.fixture
def cached(cli: Cli, exported: Path, tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """A copy of the exported file, and a cache that holds its store."""
    file = tmp_path / "graph.nq"
    shutil.copyfile(exported, file)
    os.utime(file, (1_700_000_000, 1_700_000_000))
    env = {"BRI_KG_CACHE": str(tmp_path / "cache"), "BRI_KG_MEMORY_MB": ALWAYS}
    assert count(cli, file, env) > 10_000
    return file, env


def count(cli: Cli, store: Path, env: dict[str, str]) -> int:
    done = cli("query", "-e", COUNT, "--store", str(store), "--format", "csv", **env)
    assert done.returncode == 0, done.stderr
    return int(done.stdout.splitlines()[1])


def entries(env: dict[str, str]) -> list[Path]:
    stores = Path(env["BRI_KG_CACHE"]) / "stores"
    return sorted(path for path in stores.iterdir() if path.is_dir())


@pytest.mark.slow
def test_memory_and_disk_give_the_same_rows(
    kg: KnowledgeGraph, on_disk: Path, exported: Path
) -> None:
    given = bri_kg.open(store=on_disk)
    own = KnowledgeGraph(kg.resources, kg.release.read_only(), kg.release)
    rows = {name: kg.ask(name) for name in kg.questions}
    assert len([name for name in rows if rows[name].rows]) > 100
    for other in (given, own):
        assert isinstance(other.store, ox.Store)
        assert {name: other.ask(name) for name in rows} == rows
    assert set(bri_kg.open(store=exported).store) == set(given.store) == set(kg.store)


@pytest.mark.parametrize(
    "args",
    [
        ["ask", "cofounders", "--lang", "zh"],
        ["questions", "cofounders"],
        ["describe", "bri-org:anso"],
        ["explain", "bri-org:anso", "bri:isFoundedBy", "bri-org:cas"],
        ["explain", "bri-org:anso", "a", "bri:Actor"],
        ["conflicts", "--nature", "other-time"],
        ["conflicts", "--candidates"],
    ],
)
def test_every_verb_reads_the_store(cli: Cli, on_disk: Path, args: list[str]) -> None:
    own, given = cli(*args), cli(*args, "--store", str(on_disk))
    assert (given.returncode, given.stdout) == (0, own.stdout)
    assert len(own.stdout.splitlines()) > 2 or "--candidates" in args


def test_questions_want_a_dataset_and_queries_do_not(cli: Cli, tmp_path: Path) -> None:
    other = tmp_path / "other.ttl"
    other.write_text(
        '<http://a.example/s> <http://www.w3.org/2000/01/rdf-schema#label> "Ana" .',
        encoding="utf-8",
    )
    for args in (["ask", "cofounders"], ["conflicts"], ["explain", "bri-org:cas"]):
        done = cli(*args, "--store", str(other))
        assert (done.returncode, done.stdout) == (2, "")
        for lacking in ("the ontology", "bri:evidence", "named graphs"):
            assert lacking in done.stderr
    assert count(cli, other, {}) == 1
    assert "a.example/s" in cli("describe", "Ana", "--store", str(other)).stdout
    done = cli("describe", "Anna", "--store", str(other))
    assert (done.returncode, "did you mean 'Ana'" in done.stderr) == (2, True)
    with pytest.raises(InputError, match="named graphs"):
        bri_kg.open(store=other).ask("cofounders")


def test_an_export_without_named_graphs_is_told_so(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "graph.nt"
    assert cli("export", "--format", "nt", "-o", str(path)).returncode == 0
    done = cli("ask", "cofounders", "--store", str(path))
    assert (done.returncode, "named graphs" in done.stderr, "ontology" in done.stderr) == (
        2,
        True,
        False,
    )
    assert "export --format nq" in done.stderr


def test_a_store_knows_no_parts(cli: Cli, on_disk: Path) -> None:
    done = cli("export", "--part", "facts", "--store", str(on_disk))
    assert (done.returncode, "BRI263" in done.stderr) == (2, True)


def test_the_setting_is_a_number(cli: Cli, exported: Path) -> None:
    done = cli("query", "-e", COUNT, "--store", str(exported), BRI_KG_MEMORY_MB="much")
    assert (done.returncode, "BRI267" in done.stderr) == (2, True)


def test_a_small_file_leaves_nothing_in_the_cache(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.nt").write_text("<a:s> <a:p> <a:o> .\n", encoding="utf-8")
    assert count(cli, tmp_path / "a.nt", {"BRI_KG_CACHE": str(tmp_path / "cache")}) == 1
    assert not (tmp_path / "cache").exists()


def test_a_big_file_is_loaded_once(cli: Cli, cached: tuple[Path, dict[str, str]]) -> None:
    file, env = cached
    (entry,) = entries(env)
    made = (entry / "bri-kg.json").stat().st_mtime_ns
    before = count(cli, file, env)
    moved = file.with_name("moved.nq")
    file.rename(moved)  # the content counts, not the name
    assert count(cli, moved, env) == before
    assert entries(env) == [entry]
    assert (entry / "bri-kg.json").stat().st_mtime_ns == made


def test_a_changed_file_is_noticed_whatever_its_size_and_time(
    cli: Cli, cached: tuple[Path, dict[str, str]]
) -> None:
    file, env = cached
    query = 'ASK { ?s ?p "Pakistan Academy of Sciences"@en }'
    assert cli("query", "-e", query, "--store", str(file), **env).stdout == "true\n"
    before = file.stat()
    content = file.read_bytes()
    file.write_bytes(
        content.replace(b"Pakistan Academy of Sciences", b"Pakistan Academy of Sciencez")
    )
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (file.stat().st_size, file.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert cli("query", "-e", query, "--store", str(file), **env).stdout == "false\n"


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def alter(path: Path) -> None:
    before = path.stat()
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 255
    path.write_bytes(bytes(content))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


DAMAGES = [truncate, alter, Path.unlink]


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("name", ["*.sst", "CURRENT", "bri-kg.json"])
def test_a_damaged_store_in_the_cache_is_made_anew(
    cli: Cli, cached: tuple[Path, dict[str, str]], damage: Callable[[Path], None], name: str
) -> None:
    file, env = cached
    (entry,) = entries(env)
    damage(max(entry.glob(name), key=lambda path: path.stat().st_size))
    made = (entry / "bri-kg.json").read_bytes() if (entry / "bri-kg.json").exists() else b""
    assert count(cli, file, env) > 10_000
    assert entries(env) == [entry]
    assert (entry / "bri-kg.json").read_bytes() != made


def test_a_cache_that_cannot_be_written(cli: Cli, exported: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    env = {"BRI_KG_CACHE": str(tmp_path / "file" / "cache"), "BRI_KG_MEMORY_MB": ALWAYS}
    done = cli("query", "-e", COUNT, "--store", str(exported), **env)
    assert (done.returncode, "BRI_KG_CACHE" in done.stderr) == (2, True)


def test_two_at_once_do_not_harm_each_other(exported: Path, tmp_path: Path) -> None:
    env = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "BRI_KG_CACHE": str(tmp_path),
        "BRI_KG_MEMORY_MB": ALWAYS,
    }
    command = [sys.executable, "-m", "bri_kg", "ask", "cofounders"]
    started = [
        subprocess.Popen([*command, *more], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for more in ([], [], ["--store", str(exported)], ["--store", str(exported)])
    ]
    outputs = {process.communicate(timeout=120) for process in started}
    assert [process.returncode for process in started] == [0, 0, 0, 0], outputs
    assert len(outputs) == 1
    # The dataset, its store, and the store of the file: each once, and nothing half made.
    assert len(list(tmp_path.iterdir())) == 2
    assert len(list((tmp_path / "stores").iterdir())) in (2, 3)
    assert not list(tmp_path.rglob(".building-*"))


def test_a_process_killed_halfway_leaves_a_cache_that_works(cli: Cli, tmp_path: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT), "BRI_KG_CACHE": str(tmp_path)}
    process = subprocess.Popen(
        [sys.executable, "-m", "bri_kg", "ask", "cofounders"], env=env, stdout=subprocess.DEVNULL
    )
    end = time.monotonic() + 60
    while not list(tmp_path.rglob(".building-*")) and time.monotonic() < end:
        time.sleep(0.001)
    process.kill()
    process.wait()
    done = cli("ask", "cofounders", BRI_KG_CACHE=str(tmp_path))
    assert (done.returncode, "Russian Academy" in done.stdout) == (0, True)


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("name", ["facts.nq", "questions.json", "manifest.json"])
def test_a_damaged_release_is_made_anew(
    cli: Cli, kg: KnowledgeGraph, tmp_path: Path, damage: Callable[[Path], None], name: str
) -> None:
    env = {"BRI_KG_CACHE": str(tmp_path / "cache")}
    copied = tmp_path / "cache" / kg.release.folder.name
    shutil.copytree(kg.release.folder, copied)
    path = copied / name
    whole = path.read_bytes()
    damage(path)
    assert "Russian Academy" in cli("ask", "cofounders", **env).stdout
    assert path.read_bytes() == whole


def test_a_changed_input_is_answered_from_anew(cli: Cli, copy: Path) -> None:
    path = next(
        path for path in copy.rglob("*.ttl") if "Pakistan Academy of Sciences" in path.read_text()
    )
    assert (
        "Pakistan Academy of Sciences"
        in cli("ask", "cofounders", "--graph", str(copy), "--alone").stdout
    )
    before = path.stat()
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace('Academy of Sciences"@en', 'Academy of Sciencez"@en'), encoding="utf-8"
    )
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert "Academy of Sciencez" in cli("ask", "cofounders", "--graph", str(copy), "--alone").stdout


def test_old_entries_leave_the_cache(cli: Cli, cached: tuple[Path, dict[str, str]]) -> None:
    file, env = cached
    stores = Path(env["BRI_KG_CACHE"]) / "stores"
    for n in range(7):
        old = stores / f"{n:032}"
        old.mkdir()
        os.utime(old, (1_000_000 + n, 1_000_000 + n))
    (stores / ".building-00000000").mkdir()
    os.utime(stores / ".building-00000000", (1, 1))
    note = stores / f"{'a' * 32}.json"
    note.write_text("{}", encoding="utf-8")
    os.utime(note, (1, 1))
    with file.open("ab") as more:
        more.write(b"<a:s> <a:p> <a:o> .\n")
    assert count(cli, file, env) > 10_000
    left = {path.name for path in stores.iterdir() if path.is_dir()}
    assert len(left) == 5
    assert {f"{n:032}" for n in (4, 5, 6)} <= left
    assert not note.exists()


def test_the_note_of_a_file_is_not_believed_too_early(
    cli: Cli, exported: Path, tmp_path: Path
) -> None:
    """What changes twice within the grain of the clock keeps its stamp, so a fresh file gets no note."""
    file = tmp_path / "graph.nq"
    shutil.copyfile(exported, file)
    env = {"BRI_KG_CACHE": str(tmp_path / "cache"), "BRI_KG_MEMORY_MB": ALWAYS}
    count(cli, file, env)
    notes = list((tmp_path / "cache" / "stores").glob("*.json"))
    assert notes == [] or json.loads(notes[0].read_text()) == {}
