"""A release brought into stores part by part: what comes, what goes on after an end, what is refused."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from answering_server import Say, serving
from embedded_server import Embedded
from running import Cli
from stores_here import DEFAULT_GRAPH, SCRIPTS, started

from bri_kg.dataset.release import PARTS, open_release
from bri_kg.dataset.resources import find

pytest.importorskip("httpx")

OURS = "https://w3id.org/bri-kg/store/"
There = tuple[Embedded, str]


def write_release(folder: Path, files: dict[str, bytes], **more: object) -> Path:
    listed = []
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
        listed.append({"name": name, "sha256": hashlib.sha256(content).hexdigest()})
    manifest = {"name": "bri-kg", "files": listed, **more}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder


@pytest.fixture
def release(tmp_path: Path) -> Path:
    """Two parts, one of them packed, and a file that is no N-Quads."""
    return write_release(
        tmp_path / "release",
        {
            "asserted/1.nq.gz": gzip.compress(b'<urn:a> <urn:p> "1" .\n<urn:a> <urn:p> "2" .\n'),
            "facts/1.nq": b"<urn:a> <urn:q> <urn:b> .\n<urn:a> <urn:q> <urn:b> <urn:claim> .\n",
            "findings.jsonl": b"",
        },
    )


@pytest.fixture
def embedded() -> Iterator[There]:
    store = Embedded()
    with serving(store) as server:
        yield store, server.url


def held(store: ox.Store) -> set[str]:
    return {str(quad) for quad in store if OURS not in str(quad.graph_name)}


ALL = {
    '<urn:a> <urn:p> "1"', '<urn:a> <urn:p> "2"', "<urn:a> <urn:q> <urn:b>",
    "<urn:a> <urn:q> <urn:b> <urn:claim>",
}  # fmt: skip


@pytest.mark.parametrize("kind", ["oxigraph", "other"])
def test_every_part_comes_in_and_no_part_twice(
    cli: Cli, embedded: There, release: Path, kind: str
) -> None:
    store, url = embedded
    known = ("--query-url", f"{url}/query", "--update-url", f"{url}/update")
    there = ("--store-kind", kind, *(known if kind == "other" else ()))
    dry = cli("load", str(release), "--store", url, *there, "--dry-run")
    assert f"2 of 2 parts of the release are to be brought to {url}" in dry.stdout
    assert not len(store.store)
    done = cli("load", str(release), "--store", url, *there)
    assert done.returncode == 0, done.stderr
    assert "loaded 4 quads" in done.stderr
    assert held(store.store) == ALL
    again = cli("load", str(release), "--store", url, *there)
    assert (again.returncode, "holds all 2 parts already" in again.stderr) == (0, True)


def test_a_load_that_was_ended_goes_on(cli: Cli, embedded: There, release: Path) -> None:
    store, url = embedded
    store.refusing = lambda heard: (
        Say(b"no space left", 500) if b"urn:claim" in heard.body else None
    )
    done = cli("load", str(release), "--store", url)
    assert (done.returncode, "error[BRI741]" in done.stderr) == (2, True)
    assert "Traceback" not in done.stderr
    store.refusing = lambda _: None
    done = cli("load", str(release), "--store", url)
    assert "1 of 2 parts were there before" in done.stderr
    assert "loaded 2 quads" in done.stderr
    assert held(store.store) == ALL


def test_the_default_graph_has_the_name_that_is_given(
    cli: Cli, embedded: There, release: Path
) -> None:
    store, url = embedded
    done = cli("load", str(release), "--store", url, "--default-graph", "urn:all")
    assert done.returncode == 0, done.stderr
    assert held(store.store) == {
        text if text.endswith("<urn:claim>") else f"{text} <urn:all>" for text in ALL
    }


def test_a_part_that_has_changed_is_refused_before_it_is_sent(
    cli: Cli, embedded: There, release: Path
) -> None:
    store, url = embedded
    (release / "facts/1.nq").write_bytes(b"<urn:a> <urn:q> <urn:other> .\n")
    done = cli("load", str(release), "--store", url)
    assert (done.returncode, "error[BRI765]" in done.stderr) == (2, True)
    assert "facts/1.nq has another digest" in done.stderr
    assert "urn:other" not in str(held(store.store))
    disk = cli("load", str(release), "--store", str(release.parent / "disk"))
    assert (disk.returncode, "error[BRI765]" in disk.stderr) == (2, True)
    assert not (release.parent / "disk").exists()


def test_a_store_that_is_in_use_is_refused(
    cli: Cli, embedded: There, release: Path, tmp_path: Path
) -> None:
    store, url = embedded
    store.store.update("INSERT DATA { <urn:mine> <urn:p> 1 }")
    done = cli("load", str(release), "--store", url)
    assert (done.returncode, "error[BRI766]" in done.stderr) == (2, True)
    store.store.clear()
    assert cli("load", str(release), "--store", url).returncode == 0
    other = write_release(tmp_path / "other", {"a.nq": b"<urn:x> <urn:p> <urn:y> .\n"})
    done = cli("load", str(other), "--store", url)
    assert "another release was brought there" in done.stderr
    assert held(store.store) == ALL


@pytest.mark.parametrize("more", [("--replace",), ("--unload",), ("other.nq",)])
def test_a_release_comes_alone(
    cli: Cli, embedded: There, release: Path, more: tuple[str, ...]
) -> None:
    done = cli("load", str(release), *more, "--store", embedded[1])
    assert (done.returncode, "error[BRI767]" in done.stderr) == (2, True)


@pytest.mark.parametrize("text", [None, "{", "[]", '{"name": "other", "files": []}'])
def test_a_folder_that_is_no_release_is_refused(cli: Cli, tmp_path: Path, text: str | None) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    if text is not None:
        (folder / "manifest.json").write_text(text)
    done = cli("load", str(folder), "--store", str(tmp_path / "disk"))
    assert (done.returncode, "error[BRI764]" in done.stderr) == (2, True)
    assert "bri-kg build release" in done.stderr


def test_a_release_goes_into_a_store_on_disk(cli: Cli, release: Path, tmp_path: Path) -> None:
    done = cli("load", str(release), "--store", str(tmp_path / "disk"))
    assert done.returncode == 0, done.stderr
    assert held(ox.Store.read_only(str(tmp_path / "disk"))) == ALL


@pytest.mark.slow
@pytest.mark.store
@pytest.mark.parametrize("name", SCRIPTS)
def test_a_release_in_parts_answers_in_a_real_store(
    cli: Cli, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if name == "virtuoso":
        monkeypatch.setenv("BRI_KG_STORE_USER", "dba")
        monkeypatch.setenv("BRI_KG_STORE_PASSWORD", "dba")
    ours = open_release(find())
    parts = {
        f"{part}-1.nq.gz": gzip.compress(
            "".join(f"{quad} .\n" for quad in ours.quads([part])).encode()
        )
        for part in PARTS
    }
    release = write_release(tmp_path / "release", parts)
    asked = ("ask", "cofounders", "-f", "csv")
    with started(name) as here:
        into = ("--default-graph", DEFAULT_GRAPH) if name == "virtuoso" else ()
        done = cli("load", str(release), "--store", here.address, *into)
        assert done.returncode == 0, done.stderr
        assert cli(*asked, "--store", here.address).stdout == cli(*asked).stdout
        again = cli("load", str(release), "--store", here.address, *into)
        assert "nothing is done" in again.stderr
