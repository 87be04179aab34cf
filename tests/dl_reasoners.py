"""Two reasoners of OWL 2 DL, one in Java and one in Rust, asked the same: consistent, and which classes are empty?"""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest

from bri_kg.names import PREFIXES

_IMPORTS = PREFIXES["owl"] + "imports"
_NOTHING = PREFIXES["owl"] + "Nothing"


@dataclass(frozen=True)
class Verdict:
    """Whether an ontology is consistent, and its unsatisfiable classes (none where it is not)."""

    consistent: bool
    unsatisfiable: frozenset[str] = frozenset()


FINE = Verdict(consistent=True)
CONTRADICTORY = Verdict(consistent=False)


def ask_hermit(quads: Iterable[ox.Quad], folder: Path) -> Verdict:
    """HermiT, from the jar that Owlready2 brings; it reads N-Triples and follows no import here."""
    java, jar = shutil.which("java"), _hermit()
    if java is None:
        pytest.skip("HermiT needs Java, which is not here")
    if jar is None:
        pytest.skip("HermiT comes with owlready2: pip install '.[reasoners]'")
    file = _written(quads, folder / "ontology.nt", ox.RdfFormat.N_TRIPLES)
    # Started for a second: no optimizing compiler, no parallel collector.
    command = [java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx2g", "-cp", str(jar)]
    command += ["org.semanticweb.HermiT.cli.CommandLine", "-N", "-k", "-U", file.resolve().as_uri()]
    done = subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", timeout=300, check=False
    )
    if done.returncode == 1 and "InconsistentOntologyException" in done.stderr:
        return CONTRADICTORY
    assert done.returncode == 0, done.stderr
    assert f"{PREFIXES['owl']}Thing is satisfiable" in done.stdout, done.stdout
    empty = set(re.findall(r"^\t<?([^>\n]+)>?$", done.stdout, re.MULTILINE)) - {_NOTHING}
    return Verdict(consistent=True, unsatisfiable=frozenset(empty))


def ask_rustdl(quads: Iterable[ox.Quad], folder: Path) -> Verdict:
    """Ask rustdl, which reads RDF/XML. A verdict that it calls incomplete is a failure."""
    rustdl = pytest.importorskip("rustdl", reason="rustdl is not here: pip install '.[reasoners]'")
    file = _written(quads, folder / "ontology.owl", ox.RdfFormat.RDF_XML)
    # 0 is no limit: the answer is whole, or there is none.
    found = rustdl.classify(str(file), per_pair_timeout_ms=0, global_timeout_ms=0)
    assert found.complete
    if found.inconsistent:
        return CONTRADICTORY
    assert not found.consistency_undetermined
    assert not found.wedge_hierarchy_blind
    return Verdict(consistent=True, unsatisfiable=frozenset(found.unsatisfiable))


def _hermit() -> Path | None:
    spec = importlib.util.find_spec("owlready2")
    folders = spec.submodule_search_locations if spec else None
    jar = Path(folders[0]) / "hermit" / "HermiT.jar" if folders else None
    return jar if jar and jar.is_file() else None


def _written(quads: Iterable[ox.Quad], file: Path, rdf_format: ox.RdfFormat) -> Path:
    triples = sorted({q.triple for q in quads if q.predicate.value != _IMPORTS}, key=str)
    file.write_bytes(ox.serialize(triples, format=rdf_format))
    return file
