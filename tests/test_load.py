"""Stores on disk: what goes in comes out, nothing is half written, and several may read at once."""

from __future__ import annotations

import gzip
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import ROOT, Cli
from hypothesis import given, settings
from hypothesis import strategies as st

from bri_kg.cli.main import main
from bri_kg.errors import InputError
from bri_kg.progress import Progress, clock
from bri_kg.rdf.syntaxes import FORMATS
from bri_kg.stores.disk import make

ONE = "<http://a.example/s> <http://a.example/p> <http://a.example/o> .\n"
TWO = "<http://a.example/s> <http://a.example/p> <http://a.example/q> .\n"
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"

names = st.from_regex("[a-z]{1,6}", fullmatch=True)
iris = names.map(lambda name: ox.NamedNode(f"http://a.example/{name}"))
blanks = names.map(ox.BlankNode)
texts = st.text(st.characters(min_codepoint=32, exclude_categories=["Cs", "Cc", "Cn"]), max_size=8)
literals = st.one_of(
    texts.map(ox.Literal),
    st.tuples(texts, st.sampled_from(["en", "zh", "en-gb"])).map(
        lambda pair: ox.Literal(pair[0], language=pair[1])
    ),
    st.integers(-9999, 9999).map(ox.Literal),
    names.map(lambda name: ox.Literal(name, datatype=ox.NamedNode("http://a.example/type"))),
)
subjects = st.one_of(iris, blanks)
quads = st.builds(
    ox.Quad,
    subjects,
    iris,
    st.one_of(iris, blanks, literals),
    st.one_of(st.just(ox.DefaultGraph()), iris),
)


def canonical(content: bytes, name: str) -> set[ox.Quad]:
    dataset = ox.Dataset(ox.parse(content, FORMATS[name]))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return set(dataset)


@pytest.mark.parametrize("name", list(FORMATS))
@settings(max_examples=6, deadline=None)
@given(st.lists(quads, min_size=1, max_size=12))
def test_what_is_loaded_is_what_is_exported(name: str, given: list[ox.Quad]) -> None:
    rdf_format = FORMATS[name]
    kept = [ox.Quad(quad.subject, quad.predicate, quad.object) for quad in given]
    content = ox.serialize(
        given if rdf_format.supports_datasets else (quad.triple for quad in kept), format=rdf_format
    )
    assert content is not None
    with tempfile.TemporaryDirectory() as folder:
        written, store, out = (Path(folder) / part for part in (f"in.{name}", "store", "out"))
        written = written.with_suffix(".rdf") if name == "rdfxml" else written
        written.write_bytes(content)
        assert main(["load", str(written), "--store", str(store), "-q"]) == 0
        assert main(["export", "--store", str(store), "-f", name, "-o", str(out)]) == 0
        assert canonical(out.read_bytes(), name) == canonical(content, name)


@pytest.fixture
def store(cli: Cli, tmp_path: Path) -> Path:
    """A store on disk of one triple."""
    (tmp_path / "one.nt").write_text(ONE, encoding="utf-8")
    assert cli("load", "one.nt", "--store", "store", cwd=tmp_path).returncode == 0
    return tmp_path / "store"


def held(cli: Cli, store: Path | str, **env: str) -> int:
    done = cli("query", "-e", COUNT, "--store", str(store), "--format", "csv", **env)
    assert done.returncode == 0, done.stderr
    return int(done.stdout.splitlines()[1])


@pytest.mark.parametrize(
    ("name", "content", "place"),
    [
        ("bad.nt", ONE + "<http://a.example/s> oops .\n", "bad.nt:2:"),
        ("bad.ttl", "@prefix a: <http://a.example/> .\n\na:s a:p b:o .\n", "bad.ttl:3:"),
        ("bad.rdf", "<rdf:RDF/>", "bad.rdf"),
        ("bad.jsonld", '{"@id": 1}', "bad.jsonld"),
        ("far.jsonld", '{"@context": "http://127.0.0.1:1/x", "a": "b"}', "far.jsonld"),
        ("empty.nt", "", "empty.nt"),
        ("text.txt", "some text", "text.txt"),
        ("missing.nt", None, "missing.nt"),
    ],
)
def test_a_file_that_cannot_be_read_leaves_no_store(
    cli: Cli, tmp_path: Path, name: str, content: str | None, place: str
) -> None:
    (tmp_path / "good.nt").write_text(ONE * 1000, encoding="utf-8")
    if content is not None:
        (tmp_path / name).write_text(content, encoding="utf-8")
    before = set(tmp_path.iterdir())
    done = cli("load", "good.nt", name, "--store", "store", cwd=tmp_path)
    assert (done.returncode, place in done.stderr) == (2, True), done.stderr
    assert set(tmp_path.iterdir()) == before


def test_a_failing_load_leaves_the_store_as_it_was(cli: Cli, store: Path) -> None:
    bad = store.parent / "bad.nq"
    bad.write_text(TWO + "oops\n", encoding="utf-8")
    done = cli("load", str(bad), "--store", str(store))
    assert (done.returncode, "bad.nq:2:1" in done.stderr) == (2, True)
    assert held(cli, store) == 1
    assert {path.name for path in store.parent.iterdir()} == {"bad.nq", "one.nt", "store"}


def test_loading_adds_or_replaces(cli: Cli, store: Path) -> None:
    done = cli("load", "-", "--format", "nt", "--store", str(store), stdin=TWO + ONE)
    assert "loaded 1 quads" in done.stderr
    assert "held 1 quads before and holds 2 now" in done.stderr
    assert held(cli, store) == 2
    assert (
        "loaded 1 quads"
        in cli("load", "-f", "nt", "-", "--store", str(store), "--replace", stdin=TWO).stderr
    )
    assert (
        "a.example/q" in cli("query", "-e", "SELECT ?o { ?s ?p ?o }", "--store", str(store)).stdout
    )
    assert held(cli, store) == 1
    assert {path.name for path in store.parent.iterdir()} == {"one.nt", "store"}


def test_blank_nodes_of_different_files_stay_apart(cli: Cli, tmp_path: Path) -> None:
    for name in ("a.nt", "b.nt"):
        (tmp_path / name).write_text(f'_:x <http://a.example/p> "{name}" .\n', encoding="utf-8")
    assert cli("load", "a.nt", "b.nt", "--store", "store", cwd=tmp_path).returncode == 0
    assert cli("load", "a.nt", "--store", "store", cwd=tmp_path).returncode == 0
    nodes = {quad.subject for quad in ox.Store.read_only(str(tmp_path / "store"))}
    assert len(nodes) == 3


def test_an_export_is_the_same_in_every_run(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(
        "[] <http://a.example/p> _:x, 01.50, [] . _:x <http://a.example/p> 3 .", encoding="utf-8"
    )
    assert cli("load", "a.ttl", "--store", "store", cwd=tmp_path).returncode == 0
    for store in ("a.ttl", "store"):
        runs = {cli("export", "--store", store, cwd=tmp_path).stdout for _ in range(2)}
        assert len(runs) == 1
        assert len(runs.pop().splitlines()) == 4


def test_packed_files_and_byte_order_marks(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.nt.gz").write_bytes(gzip.compress(ONE.encode()))
    (tmp_path / "b.ttl").write_bytes(b"\xef\xbb\xbf" + TWO.encode())
    assert cli("load", "a.nt.gz", "b.ttl", "--store", "store", cwd=tmp_path).returncode == 0
    assert held(cli, tmp_path / "store") == 2
    assert held(cli, tmp_path / "a.nt.gz") == 1
    for broken in (gzip.compress(ONE.encode() * 9)[:-12], b"no gzip"):
        (tmp_path / "a.nt.gz").write_bytes(broken)
        done = cli("load", "a.nt.gz", "--store", "other", cwd=tmp_path)
        assert (done.returncode, "BRI271" in done.stderr) == (2, True), done.stderr
        assert not (tmp_path / "other").exists()


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["one.nt"], "BRI265"),
        (["-", "--store", "s"], "standard input is empty"),
        (["-", "-", "-f", "nt", "--store", "s"], "BRI134"),
        (["-", "-f", "xlsx", "--store", "s"], "BRI272"),
        (["one.nt", "--store", "one.nt"], "BRI277"),
        (["one.nt", "--store", "."], "holds something else"),
        (["one.nt", "--store", "theirs"], "made by another program"),
    ],
)
def test_what_cannot_be_loaded_says_why(
    cli: Cli, tmp_path: Path, args: list[str], says: str
) -> None:
    (tmp_path / "one.nt").write_text(ONE, encoding="utf-8")
    ox.Store(str(tmp_path / "theirs")).add(next(iter(ox.parse(ONE, ox.RdfFormat.N_TRIPLES))))
    done = cli("load", *args, cwd=tmp_path)
    assert (done.returncode, says in done.stderr, "fix:" in done.stderr) == (2, True, True)
    # A store of Oxigraph's own is read all the same.
    assert held(cli, tmp_path / "theirs") == 1


def test_an_empty_folder_becomes_the_store(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    assert cli("load", "-f", "nt", "-", "--store", "store", stdin=ONE, cwd=tmp_path).returncode == 0
    assert held(cli, tmp_path / "store") == 1


def loading(folder: Path) -> subprocess.Popen[bytes]:
    """A load that has read much and waits for more."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bri_kg", "load", "-", "-f", "nt", "--store", "store"],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdin is not None
    lines = (
        f"<http://a.example/{n}> <http://a.example/p> <http://a.example/o> .\n"
        for n in range(30_000)
    )
    process.stdin.write("".join(lines).encode())
    process.stdin.flush()
    end = time.monotonic() + 20
    while not list(folder.glob(".store.loading-*/store/CURRENT")) and time.monotonic() < end:
        time.sleep(0.02)
    return process


def test_a_killed_load_is_noticed(cli: Cli, tmp_path: Path) -> None:
    process = loading(tmp_path)
    (left,) = tmp_path.glob(".store.loading-*")
    process.kill()
    process.communicate()
    assert not (tmp_path / "store").exists()
    done = cli("query", "-e", COUNT, "--store", "store", cwd=tmp_path)
    assert (done.returncode, "ended before its time" in done.stderr) == (2, True)
    done = cli("query", "-e", COUNT, "--store", left.name, cwd=tmp_path)
    assert (done.returncode, "never finished" in done.stderr) == (2, True)
    done = cli("load", "-f", "nt", "-", "--store", "store", stdin=ONE, cwd=tmp_path)
    assert (done.returncode, "1 unfinished" in done.stderr) == (0, True)
    assert [path.name for path in tmp_path.iterdir()] == ["store"]
    assert held(cli, tmp_path / "store") == 1


def test_a_load_that_still_runs_is_left_alone(cli: Cli, tmp_path: Path) -> None:
    process = loading(tmp_path)
    assert cli("load", "-f", "nt", "-", "--store", "store", stdin=ONE, cwd=tmp_path).returncode == 0
    _, err = process.communicate(timeout=60)
    # Whoever comes second does not overwrite what the first one made.
    assert (process.returncode, b"BRI274" in err) == (2, True), err
    assert held(cli, tmp_path / "store") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["store"]


def test_nobody_adds_to_a_store_that_is_being_written(cli: Cli, store: Path) -> None:
    writer = ox.Store(str(store))
    done = cli("load", "-f", "nt", "-", "--store", str(store), stdin=TWO)
    assert (done.returncode, "BRI279" in done.stderr) == (2, True)
    del writer
    assert held(cli, store) == 1


def test_a_store_that_was_being_replaced_is_put_back(cli: Cli, store: Path) -> None:
    store.rename(store.with_name(".store.old-1"))
    assert held(cli, store) == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
def test_an_interrupted_load_leaves_nothing(tmp_path: Path) -> None:
    process = loading(tmp_path)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, b"Traceback" in err) == (130, False)
    assert list(tmp_path.iterdir()) == []


def test_many_read_at_once_and_change_nothing(cli: Cli, store: Path) -> None:
    def state() -> dict[str, tuple[int, int]]:
        return {
            path.name: (path.stat().st_size, path.stat().st_mtime_ns) for path in store.iterdir()
        }

    before = state()
    readers = [ox.Store.read_only(str(store)) for _ in range(3)]
    assert held(cli, store) == 1
    assert [len(reader) for reader in readers] == [1, 1, 1]
    assert state() == before
    update = cli("query", "-e", "INSERT DATA { <a:a> <a:b> <a:c> }", "--store", str(store))
    service = cli("query", "-e", "ASK { SERVICE <http://127.0.0.1:1/> {} }", "--store", str(store))
    assert (update.returncode, service.returncode) == (2, 2)
    assert "another server" in service.stderr


@pytest.mark.parametrize(
    "verb", [["query", "-e", COUNT], ["describe", "<http://a.example/s>"], ["export"]]
)
@pytest.mark.parametrize("damage", ["truncated", "missing", "altered"])
def test_a_damaged_store_is_named(cli: Cli, store: Path, verb: list[str], damage: str) -> None:
    for path in store.glob("*.sst"):
        content = path.read_bytes()
        if damage == "missing":
            path.unlink()
        elif damage == "truncated":
            path.write_bytes(content[: len(content) // 2])
        else:
            path.write_bytes(bytes(byte ^ 255 for byte in content[:200]) + content[200:])
    done = cli(*verb, "--store", str(store))
    assert (done.returncode, "store" in done.stderr) == (2, True), done.stderr


def test_no_store_and_verbs_without_one(cli: Cli, tmp_path: Path) -> None:
    done = cli("query", "-e", COUNT, "--store", str(tmp_path / "none"))
    assert (done.returncode, "bri-kg load" in done.stderr) == (2, True)
    done = cli("query", "-e", COUNT, "--store", str(tmp_path))
    assert (done.returncode, "no Oxigraph store" in done.stderr) == (2, True)
    assert cli("validate", "--store", str(tmp_path)).returncode == 2


def watched(folder: Path, *options: str) -> str:
    """What a terminal shows while a load runs that takes a while."""
    import pty  # not on Windows

    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "bri_kg", "load", "big.nt", "--store", "store", *options],
        stderr=theirs,
        stdout=subprocess.PIPE,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "100"},
    )
    os.close(theirs)
    shown = b""
    while select.select([ours], [], [], 60)[0]:
        try:
            shown += os.read(ours, 4096)
        except OSError:
            break
    assert process.wait(60) == 0
    assert process.communicate()[0] == b""
    os.close(ours)
    return shown.decode()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such terminals")
@pytest.mark.slow
def test_progress_is_drawn_on_a_terminal_only(cli: Cli, tmp_path: Path) -> None:
    with (tmp_path / "big.nt").open("w", encoding="utf-8") as file:
        for n in range(120_000):
            file.write(f"<http://a.example/{n}> <http://a.example/p> <http://a.example/o> .\n")
    shown = watched(tmp_path)
    assert "%" in shown and "MB/s" in shown and "big.nt" in shown
    assert "\r" in shown and "loaded 120000 quads" in shown.split("\r")[-2] + shown.split("\r")[-1]
    assert watched(tmp_path, "--replace", "-q") == ""
    done = cli("load", "big.nt", "--store", "store", "--replace", cwd=tmp_path)
    assert done.stderr.startswith("loaded 120000 quads")


def test_the_line_says_rate_and_time_left() -> None:
    line = Progress("load big.nt", 200.0, show=False).line(50.0, 10.0)
    for part in ("load big.nt", " 25%", "50.0 of 200.0 MB", "5.0 MB/s", "0:30 left"):
        assert part in line
    assert "left" not in Progress("load -", None, show=False).line(50.0, 10.0)
    assert "1 of 4 pieces" in Progress("load", 4, "pieces", show=False).line(1, 2.0)
    assert [clock(s) for s in (7, 750, 3723)] == ["0:07", "12:30", "1:02:03"]


def test_a_store_that_changed_meanwhile_is_not_overwritten(cli: Cli, store: Path) -> None:
    with pytest.raises(InputError, match="in the meantime"):
        make(store, lambda _: (store / "bri-kg.json").touch())
    assert held(cli, store) == 1
