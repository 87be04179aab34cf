"""What the benchmark runs, each in a process of its own: `python cases.py CASE ARGUMENT…`.

The cases of other engines are written as their documentation shows them, with nothing of ours around.
Imports stand in the cases, because importing is a part of what a process costs.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def ask_pyoxigraph(release: str, asked: str) -> None:
    """A cold question: load the release, run one query, print its rows."""
    import pyoxigraph as ox

    store = ox.Store()
    for path in Path(release).glob("*.nq"):
        store.load(path=str(path), format=ox.RdfFormat.N_QUADS)
    for row in store.query(json.loads(Path(asked).read_text(encoding="utf-8"))["bound"]):  # type: ignore[union-attr]
        print(*(term and term.value for term in row), sep="\t")


def ask_rdflib(release: str, asked: str) -> None:
    """The same with rdflib. It loads the N-Quads files in one, since a second one empties the first.

    It joins a VALUES block last, and takes minutes for it: the values are its own initial bindings.
    """
    import rdflib
    from rdflib.util import from_n3

    graph = rdflib.Dataset()
    texts = (path.read_text(encoding="utf-8") for path in sorted(Path(release).glob("*.nq")))
    graph.parse(data="".join(texts), format="nquads")
    question = json.loads(Path(asked).read_text(encoding="utf-8"))
    values: Any = {name: from_n3(text) for name, text in question["values"].items()}
    for row in graph.query(question["query"], initBindings=values):
        print(*row, sep="\t")  # type: ignore[misc]


def load_pyoxigraph(data: str, folder: str) -> None:
    """Load N-Triples or N-Quads into a store on disk."""
    import pyoxigraph as ox

    store = ox.Store(folder)
    store.bulk_load(path=data)
    store.flush()


def close_owlrl(data: str, out: str) -> None:
    """The closure by owlrl; writes what is new, without what says nothing."""
    sys.path.insert(0, str(ROOT / "tests"))
    import pyoxigraph as ox
    from owl_oracle import close_by_owlrl

    triples, _ = close_by_owlrl(ox.parse(path=data))
    _write(out, (f"{t.subject} {t.predicate} {t.object} .\n" for t in triples))


def close_reasonable(data: str, out: str) -> None:
    """The closure by reasonable; writes all it gives."""
    import reasonable

    reasoner = reasonable.PyReasoner()
    turtle = Path(data).with_suffix(".ttl")  # it reads files of this ending only
    turtle.unlink(missing_ok=True)
    turtle.symlink_to(data)
    reasoner.load_file(str(turtle))
    _write(out, (f"{s.n3()} {p.n3()} {o.n3()} .\n" for s, p, o in reasoner.reason()))


def validate_pyshacl(data: str, shapes: str, out: str) -> None:
    """Stock pySHACL on rdflib graphs in memory."""
    import pyshacl
    import rdflib

    graph, shapes_graph = rdflib.Graph(), rdflib.Graph()
    graph.parse(data, format="nt")
    for path in sorted(Path(shapes).glob("*.ttl")):
        shapes_graph.parse(path, format="turtle")
    _, report, _ = pyshacl.validate(
        graph, shacl_graph=shapes_graph, inference="none", advanced=False
    )
    report.serialize(out, format="nt", encoding="utf-8")


def validate_shacl(data: str, shapes: str, out: str) -> None:
    """The package shacl, by itself."""
    import shacl

    text = "".join(path.read_text(encoding="utf-8") for path in sorted(Path(shapes).glob("*.ttl")))
    compiled = shacl.Shapes.from_text(text, format="turtle")
    report = compiled.validate_text(Path(data).read_text(encoding="utf-8"), format="ntriples")
    Path(out).write_text(report.serialize("ntriples"), encoding="utf-8")


def validate_reference(data: str, out: str) -> None:
    """What `bri-kg validate --shapes` does where the extra `fast` is not installed."""
    from bri_kg.dataset import resources
    from bri_kg.rdf.graphs import write_graph
    from bri_kg.shacl import validate_files

    shapes = [str(path) for path in resources.find().shape_files()]
    report = validate_files([data], shapes, engine="reference")
    Path(out).write_bytes(write_graph(report.triples, "nt"))


def questions(engine: str, data: str, asked: str, limit: str) -> None:
    """Every question on one engine, each in a fork of a process that has loaded the data."""
    from asking import ask_all

    print(json.dumps(ask_all(engine, data, Path(asked), float(limit))))


def prepare(data: str) -> None:
    """Add to a generated N-Quads file what follows from it, as a release does."""
    import pyoxigraph as ox

    from bri_kg.dataset import assembly as dataset
    from bri_kg.dataset import resources

    plain, facts = [], []
    for quad in ox.parse(path=data):
        if isinstance(quad.graph_name, ox.DefaultGraph):
            plain.append(quad)
        else:
            facts.append(ox.Quad(quad.subject, quad.predicate, quad.object))
    inferred, contradictions = dataset.infer(plain, facts, resources.find())
    assert not contradictions, contradictions[0]
    given = set(plain)
    with Path(data).open("a", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{quad} .\n" for quad in inferred if quad not in given)


def _write(out: str, lines: Iterable[str]) -> None:
    Path(out).write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
