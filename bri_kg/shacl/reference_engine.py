"""pySHACL, the reference engine, on rdflib memory graphs, kept from doing the same work twice.

Never on an Oxigraph-backed store: there it reports false violations of sh:in and sh:hasValue.
"""

from __future__ import annotations

import gc
import re
import threading
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

import pyoxigraph as ox
import pyshacl
import pyshacl.shape
import rdflib
from pyshacl.errors import ReportableRuntimeError
from rdflib.plugins.sparql import prepareQuery

from bri_kg.errors import InputError
from bri_kg.rdf.terms import fill_rdflib_graph, to_quads, unlogged
from bri_kg.shacl.corrections import corrected
from bri_kg.shacl.document import Document
from bri_kg.shacl.look_up import SH, LookUp
from bri_kg.shacl.sparql_corrections import PathsOfShapes, corrected_around

# Where pySHACL keeps its constraint parameters, and what makes constraints of them.
_TABLES = "CONSTRAINT_PARAMS"
_REFUSALS = (ReportableRuntimeError, NotImplementedError, RecursionError, re.error)
_lock = threading.Lock()
_running = 0
_undo = ExitStack()


def validate(data: Document, shapes: Sequence[ox.Quad]) -> list[ox.Quad]:
    """Return the report of pySHACL. Raises InputError for what it cannot apply or read."""
    with made_ready():
        graph = fill_rdflib_graph(_DataGraph(_prefixes(shapes)), data.quads(shapes))
        wanted = fill_rdflib_graph(_ShapesGraph(shapes), shapes)
        try:
            _, report, _ = pyshacl.validate(
                graph,
                shacl_graph=wanted,
                inference="none",
                advanced=False,
                do_owl_imports=False,
            )
        except _REFUSALS as error:
            report = error
        if isinstance(report, Exception):
            raise _refused(report)
        return list(to_quads(report))


@contextmanager
def made_ready() -> Iterator[None]:
    """Change what makes pySHACL slow or loud, and put it back, whatever happened.

    Of several validations at a time the first changes it and the last puts it back.
    """
    global _running, _undo
    with _lock:
        if _running == 0:
            with ExitStack() as stack:
                for change in (_collector_paused, _quiet, _made_once, corrected_around):
                    stack.enter_context(change())
                _undo = stack.pop_all()
        _running += 1
    try:
        yield
    finally:
        with _lock:
            _running -= 1
            if _running == 0:
                _undo.close()


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Keep Python from searching a growing graph for garbage, again and again."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what the libraries log off the terminal: what matters of it is raised or reported."""
    with unlogged("pyshacl-validate"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@contextmanager
def _made_once() -> Iterator[None]:
    """Let pySHACL make each constraint of a shape once, not once per focus node.

    pySHACL looks a property of a shape up in a list of some thirty parameters, and reads the
    shape's parameters anew, whenever the shape meets a node: two thirds of its time. Its own
    two tables are replaced meanwhile by ones that look up and remember.
    """
    before = getattr(pyshacl.shape, _TABLES, None) or (None, None)
    # One for each class: pySHACL tells by it which constraints it has looked at.
    table = corrected()
    once = {made: _Once(made) for made in table.values()}
    constraints = {iri: once[made] for iri, made in table.items()}
    setattr(pyshacl.shape, _TABLES, (_Parameters(table), constraints))
    try:
        yield
    finally:
        setattr(pyshacl.shape, _TABLES, before)


class _Parameters(list[Any]):
    """A list that looks up its items instead of going through them."""

    def __init__(self, items: Iterable[Any]) -> None:
        super().__init__(items)
        self._items = frozenset(self)

    def __contains__(self, item: object) -> bool:
        return item in self._items


class _Once:
    """Makes the constraint of a shape, and gives it again when asked again."""

    def __init__(self, make: Callable[[Any], Any]) -> None:
        self._make = make
        self._made: dict[Any, Any] = {}

    def __call__(self, shape: Any) -> Any:
        made = self._made.get(shape)
        if made is None:
            made = self._made[shape] = self._make(shape)
        return made


class _DataGraph(rdflib.Graph):
    """Parses each query once: pySHACL sends the text of a constraint for every focus node."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        super().__init__(bind_namespaces="none")
        self._prefixes = prefixes
        self._prepared: dict[str, Any] = {}

    def query(self, query_object: Any, *args: Any, **kwargs: Any) -> rdflib.query.Result:
        if isinstance(query_object, str):
            prepared = self._prepared.get(query_object)
            if prepared is None:
                prepared = self._prepared[query_object] = self._prepare(query_object)
            query_object = prepared
        return super().query(query_object, *args, **kwargs)

    def _prepare(self, text: str) -> Any:
        try:
            return prepareQuery(text, initNs=self._prefixes)
        except Exception as error:  # rdflib has no class of its own for this
            raise _refused(error) from None


class _ShapesGraph(rdflib.Graph):
    """Remembers what was found: pySHACL asks the same of a shape for every focus node."""

    def __init__(self, shapes: Sequence[ox.Quad]) -> None:
        super().__init__(store="SimpleMemory", bind_namespaces="none")
        self.paths = PathsOfShapes(LookUp(shapes))
        self._found: dict[Any, tuple[Any, ...]] = {}

    def triples(self, triple: Any) -> Any:
        found = self._found.get(triple)
        if found is None:
            found = self._found[triple] = tuple(super().triples(triple))
        return iter(found)

    def add(self, triple: Any) -> Any:
        self._found.clear()
        return super().add(triple)

    def remove(self, triple: Any) -> Any:
        self._found.clear()
        return super().remove(triple)


def _prefixes(shapes: Sequence[ox.Quad]) -> dict[str, str]:
    """Return every prefix that the shapes declare: pySHACL does not see those that sh:prefixes imports."""
    found = LookUp(shapes)
    return {
        prefix.value: namespace.value
        for node in found.subjects(SH + "prefix")
        for prefix in found.values(node, SH + "prefix")
        for namespace in found.values(node, SH + "namespace")
    }


def _refused(error: Exception) -> InputError:
    return InputError(
        code="BRI253",
        message="the shapes cannot be applied",
        why=str(error) or type(error).__name__,
        fix="mend the shape; the words above are those of pySHACL, the reference engine",
    )
