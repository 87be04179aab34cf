"""The SHACL test suites of the W3C and of TopQuadrant, from the source distribution of pySHACL.

Jena's own stand in its source release. All are fetched into a cache folder, read, and never kept
in the project.
"""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import pyoxigraph as ox

from bri_kg.names import PREFIXES
from bri_kg.rdf.parsing import read_rdf
from bri_kg.rdf.terms import Term
from bri_kg.shacl.look_up import SH, LookUp

_MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
_SHT = "http://www.w3.org/ns/shacl-test#"
_FAILURE = ox.NamedNode(_SHT + "Failure")
_DASH = "http://datashapes.org/dash#"
_JENA = "5.2.0"
_W3C, _TOPQUADRANT = "sht_tests", "dash_tests"
# What of a result a report must have right; messages and details are free.
_COMPARED = (
    "focusNode", "resultPath", "value", "sourceConstraintComponent", "resultSeverity", "sourceShape",
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """A test: files of data and shapes, and the report to expect, None for a failure."""

    name: str
    data: Path
    shapes: Path
    expected: tuple[ox.Quad, ...] | None


def fetch(folder: Path) -> Path:
    """Return the folder with both suites; download it where it is not there yet.

    Raises CalledProcessError or TimeoutExpired when pip cannot.
    """
    wanted = version("pyshacl")
    suites = folder / f"pyshacl-{wanted}" / "test" / "resources"
    if not suites.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary",
             "pyshacl", "--dest", str(folder), f"pyshacl=={wanted}"],
            check=True, capture_output=True, text=True, timeout=300,
        )  # fmt: skip
        with tarfile.open(folder / f"pyshacl-{wanted}.tar.gz") as tar:
            tar.extractall(folder, filter="data")
    return suites


def fetch_jena(folder: Path) -> Path:
    """Return the folder with the tests that are Jena's own; download them where they are not there yet.

    Raises CalledProcessError, TimeoutExpired or FileNotFoundError when Maven cannot.
    """
    tests = f"jena-{_JENA}/jena-shacl/src/test/files/local"
    if not (folder / tests).is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            ["mvn", "-q", "-B", "dependency:copy", f"-DoutputDirectory={folder}",
             f"-Dartifact=org.apache.jena:jena:{_JENA}:zip:source-release"],
            check=True, capture_output=True, text=True, timeout=600, cwd=folder,
        )  # fmt: skip
        with zipfile.ZipFile(folder / f"jena-{_JENA}-source-release.zip") as archive:
            archive.extractall(
                folder, [name for name in archive.namelist() if name.startswith(tests)]
            )
    return folder / tests


def read_jena(suite: Path) -> Iterator[Case]:
    """Yield every test that Jena's own manifest includes."""
    (manifest,) = suite.glob("manifest*.ttl")
    yield from _of_manifest(manifest, suite)


def read_topquadrant(suites: Path) -> Iterator[Case]:
    """Yield every validation that TopQuadrant's suite expects a report of."""
    suite = suites / _TOPQUADRANT
    for path in sorted(suite.rglob("*.test.ttl")):
        found = LookUp(read_rdf(path, base=path.as_uri()))
        for case in found.subjects(_DASH + "expectedResult"):
            types = {term.value for term in found.values(case, PREFIXES["rdf"] + "type")}
            if _DASH + "GraphValidationTestCase" in types:
                name = path.relative_to(suite).as_posix().removesuffix(".test.ttl")
                expected = canonical(found, found.values(case, _DASH + "expectedResult"))
                yield Case(name, path, path, expected)


def read_cases(suites: Path) -> Iterator[Case]:
    """Yield every test that the W3C's manifests include, the name being its place in the suite."""
    suite = suites / _W3C
    yield from _of_manifest(suite / "manifest.ttl", suite)


def _of_manifest(path: Path, suite: Path) -> Iterator[Case]:
    quads = list(read_rdf(path, base=path.as_uri()))
    found = LookUp(quads)
    for manifest in found.subjects(_MF + "include"):
        for included in sorted(found.values(manifest, _MF + "include"), key=str):
            yield from _of_manifest(_file(included), suite)
    for manifest in found.subjects(_MF + "entries"):
        for entry in found.members(found.value(manifest, _MF + "entries")):
            yield _case(found, entry, path.relative_to(suite).with_suffix("").as_posix())


def _case(found: LookUp, entry: Term, name: str) -> Case:
    action = found.values(entry, _MF + "action")[0]
    result = found.values(entry, _MF + "result")[0]
    return Case(
        name,
        _file(found.values(action, _SHT + "dataGraph")[0]),
        _file(found.values(action, _SHT + "shapesGraph")[0]),
        None if result == _FAILURE else canonical(found, [result]),
    )


def _file(term: Term) -> Path:
    return Path(term.value.removeprefix("file://"))


def canonical(report: LookUp, wholes: list[Term] | None = None) -> tuple[ox.Quad, ...]:
    """Return what counts of a report, with canonical blank nodes, sorted."""
    dataset = ox.Dataset()
    for whole in wholes or report.subjects(SH + "result"):
        for number, result in enumerate(report.values(whole, SH + "result")):
            node = ox.BlankNode(f"a-result-{number}")
            for name in _COMPARED:
                for value in report.values(result, SH + name):
                    dataset.add(ox.Quad(node, ox.NamedNode(SH + name), value))
                    if name == "resultPath":
                        _copy(report, value, dataset)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return tuple(sorted(dataset, key=str))


def _copy(report: LookUp, node: Term, dataset: ox.Dataset) -> None:
    names = ["inversePath", "alternativePath", "zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath"]
    lists = [PREFIXES["rdf"] + "first", PREFIXES["rdf"] + "rest"]
    for iri in [*(SH + name for name in names), *lists]:
        for value in report.values(node, iri):
            quad = ox.Quad(node, ox.NamedNode(iri), value)  # type: ignore[arg-type]
            if quad not in dataset:
                dataset.add(quad)
                _copy(report, value, dataset)
