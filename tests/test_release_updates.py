"""From one release to the next: the update leaves no retired name in data, whichever engine runs it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from conftest import ROOT, Cli

from bri_kg.dataset.resources import find
from bri_kg.names import BASE, BRI, PREFIXES
from bri_kg.publishing.generated import stale
from bri_kg.publishing.release_updates import replacements, updates
from bri_kg.rdf.parsing import read_rdf

DATA = ROOT / "tests" / "releases" / "0.2.0.ttl"
FORMERLY = ox.NamedNode("http://example.org/formerly")
PLACE = "http://example.org/"
Names = dict[str, set[str]]


@pytest.fixture(scope="module")
def names() -> Names:
    """Each retired name with what stands for it."""
    found: Names = {}
    for old, new in replacements(find()):
        found.setdefault(old, set()).add(new)
    return found


def update_file() -> Path:
    [name] = updates(find())
    return ROOT / "ontology" / "releases" / name


def old_data(names: Names) -> set[ox.Quad]:
    """Data of the last release that uses each retired name as subject, predicate and object, here and there."""
    quads = set()
    for graph in (ox.DefaultGraph(), ox.NamedNode(PLACE + "graph")):
        for name in names:
            old, it = ox.NamedNode(name), ox.NamedNode(PLACE + "it")
            quads.add(ox.Quad(it, ox.NamedNode(BRI + "theme"), old, graph))
            quads.add(ox.Quad(old, FORMERLY, old, graph))
            quads.add(ox.Quad(old, ox.NamedNode(PREFIXES["skos"] + "prefLabel"), _label(), graph))
            if name.startswith(BRI):
                quads.add(ox.Quad(it, old, it, graph))
        number = ox.Literal("80.0", datatype=ox.NamedNode(PREFIXES["xsd"] + "decimal"))
        quads.add(ox.Quad(it, ox.NamedNode(BRI + "statedValue"), number, graph))
    for name in names:
        if name.startswith(PREFIXES["bri-claim"]):
            fact = ox.Quad(it, ox.NamedNode(BRI + "serves"), it, ox.NamedNode(name))
            quads.add(fact)
    return quads


def _label() -> ox.Literal:
    return ox.Literal("an old label", language="en")


def new_data(names: Names) -> set[ox.Quad]:
    """The same, as it should read after the update."""
    quads = set()
    for quad in old_data(names):
        subject, predicate, value, graph = quad
        gone = "claim/" in str(subject) or predicate.value.endswith("prefLabel")
        if str(subject).strip("<>") in names and gone:
            continue
        if isinstance(value, ox.Literal):
            integer = ox.NamedNode(PREFIXES["xsd"] + "integer")
            value = ox.Literal("80", datatype=integer)
        quads |= {
            ox.Quad(s, p, o, g)
            for s in _now(subject, names)
            for p in _now(predicate, names)
            for o in _now(value, names)
            for g in _now(graph, names)
        }
    return quads


def _now(term: object, names: Names) -> list:  # type: ignore[type-arg]
    if not isinstance(term, ox.NamedNode):
        return [term]
    return [ox.NamedNode(name) for name in names.get(term.value, {term.value})]


def with_pyoxigraph(data: Path, update: Path) -> set[ox.Quad]:
    store = ox.Store()
    store.load(path=data, format=ox.RdfFormat.N_QUADS)
    store.update(update.read_text(encoding="utf-8"))
    return set(store)


def with_rdflib(data: Path, update: Path) -> set[ox.Quad]:
    dataset = rdflib.Dataset()
    dataset.parse(data, format="nquads")
    dataset.update(update.read_text(encoding="utf-8"))
    return set(ox.parse(dataset.serialize(format="nquads").encode(), ox.RdfFormat.N_QUADS))


def with_jena(data: Path, update: Path) -> set[ox.Quad]:
    """Run Jena's own command, from the jars that tests/jena/pom.xml names."""
    java, jars = shutil.which("java"), os.environ.get("BRI_KG_JENA")
    if java is None or jars is None:
        pytest.skip("Jena needs Java, and BRI_KG_JENA: the folder with its jars")
    command = [java, "-cp", f"{jars}/*", "arq.update", "--dump"]
    done = subprocess.run(
        [*command, f"--data={data}", f"--update={update}"],
        capture_output=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return set(ox.parse(done.stdout, ox.RdfFormat.TRIG))


ENGINES = [
    with_pyoxigraph,
    pytest.param(with_rdflib, marks=pytest.mark.slow),
    pytest.param(with_jena, marks=pytest.mark.slow),
]


@pytest.mark.parametrize("run", ENGINES)
def test_no_retired_name_is_left_in_data(
    run: Callable[[Path, Path], set[ox.Quad]], names: Names, tmp_path: Path
) -> None:
    data = tmp_path / "old.nq"
    data.write_bytes(ox.serialize(old_data(names), format=ox.RdfFormat.N_QUADS))
    moved = run(data, update_file())
    assert not {str(term).strip("<>") for quad in moved for term in quad} & names.keys()
    assert moved == new_data(names)


@pytest.mark.slow
def test_what_was_written_for_the_last_release_is_valid_after_the_update(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The claims are made up, so that no text at hand says them.
    monkeypatch.delenv("BRI_KG_SOURCES", raising=False)
    before = cli("validate", str(DATA))
    assert before.returncode == 1
    assert "bri:hasPeriod is a name of an earlier release" in before.stdout
    assert "bri-theme:livelihoods is a name of an earlier release" in before.stdout
    assert "fix: write bri-theme:living-standards, or move the data" in before.stdout
    store = ox.Store()
    store.load(path=DATA, format=ox.RdfFormat.TURTLE)
    store.update(update_file().read_text(encoding="utf-8"))
    moved = tmp_path / "moved.ttl"
    store.dump(moved, format=ox.RdfFormat.TURTLE, from_graph=ox.DefaultGraph())
    after = cli("validate", str(moved))
    assert (after.returncode, "warning" in after.stdout) == (0, False), after.stdout


def test_every_name_of_the_last_release_that_is_deprecated_is_in_the_update(names: Names) -> None:
    last = find().last_release()
    assert last is not None
    released = {quad.subject.value for quad in read_rdf(last) if quad.predicate.value == _TYPE}
    now = [quad for path in find().ontology_files() for quad in read_rdf(path)]
    dead = {q.subject.value for q in now if q.predicate.value == PREFIXES["owl"] + "deprecated"}
    assert len(released & dead) > 50
    assert released & dead <= names.keys()
    text = update_file().read_text(encoding="utf-8")
    assert [old for old in names if f"<{old}> dcterms:isReplacedBy" not in text] == []


_TYPE = PREFIXES["rdf"] + "type"


def test_a_name_that_is_retired_later_makes_the_update_stale(copy: Path) -> None:
    with (copy / "retired.ttl").open("a", encoding="utf-8") as file:
        file.write("bri-org:cas owl:deprecated true ; dcterms:isReplacedBy bri-org:ras .\n")
    [path] = stale(find(copy, alone=True))
    assert path.name == update_file().name
    assert (f"{BASE}id/org/cas", f"{BASE}id/org/ras") in replacements(find(copy, alone=True))


def test_what_stands_for_a_retired_name_is_not_retired_itself(names: Names) -> None:
    assert not names.keys() & set().union(*names.values())
