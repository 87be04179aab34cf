"""What a collection may not do: give a name that is not its own to give, or say more of one that is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from bri_kg.dataset.resources import Layer, Resources
from bri_kg.errors import InputError
from bri_kg.names import BASE, BRI, shorten, split_passage
from bri_kg.rdf.parsing import read_rdf
from bri_kg.rdf.term_lines import read_lines

_NAMED: Final = 10  # names, before they are only counted
# What a collection says of a passage of a source below: its digest, or why nothing cites it.
_OF_PASSAGES: Final = {ox.NamedNode(BRI + name) for name in ("sha256", "omissionReason")}


@dataclass(frozen=True)
class Taken:
    """A name that a file of a collection gives or says something of, and that stands below it."""

    name: str
    file: Path
    line: int | None
    is_described: bool

    def __str__(self) -> str:
        """Return the name with file and line."""
        place = f"{self.file}:{self.line}" if self.line else str(self.file)
        return f"{shorten(self.name)} ({place})"


def refuse_taken_names(
    resources: Resources, files: Iterable[tuple[Path, Iterable[ox.Quad]]] = ()
) -> None:
    """Raise InputError where a collection, or `files` laid over it, redefines what stands below.

    A file that is the collection's own is looked at as it is laid over.
    """
    taken = list(taken_names(resources, files))
    if not taken:
        _refuse_taken_queries(resources)
        return
    first, others = taken[0], taken[1:_NAMED]
    more = f", and {len(taken) - _NAMED} more" if len(taken) > _NAMED else ""
    raise InputError(
        "BRI875",
        f"{shorten(first.name)} is redefined: it is described in what the collection lies over"
        if first.is_described
        else f"{shorten(first.name)} is no name of the collection",
        why=f"so are {', '.join(map(str, others))}{more}" if others else None,
        fix="add a claim about it, or a term or concept in the collection's own namespace",
        file=str(first.file),
        line=first.line,
    )


def taken_names(
    resources: Resources, files: Iterable[tuple[Path, Iterable[ox.Quad]]] = ()
) -> Iterator[Taken]:
    """Yield the names in collections that stand below them, each once a file."""
    below = quads_below(resources) if resources.below else _quads(resources.ontology_files())
    bases = [BASE]
    for layer in resources.over:
        own = [(path, list(read_rdf(path))) for path in layer.data_files()]
        laid = [(path, list(quads)) for path, quads in files] if layer is resources.top else []
        yield from _taken([*own, *laid], below, tuple(bases), layer)
        below |= {quad for _, quads in own for quad in quads}
        if layer.collection:
            bases.append(layer.collection.namespace)


def _taken(
    files: Iterable[tuple[Path, list[ox.Quad]]],
    below: frozenset[ox.Quad],
    bases: tuple[str, ...],
    layer: Layer,
) -> Iterator[Taken]:
    described = _described(below)
    for path, quads in files:
        seen: set[str] = set()
        for quad in quads:
            name = quad.subject
            if not isinstance(name, ox.NamedNode) or quad in below or name.value in seen:
                continue
            if quad.predicate in _OF_PASSAGES and split_passage(name.value):
                continue
            if name in described or _is_under(name.value, bases, layer):
                seen.add(name.value)
                line = read_lines(path).starts.get(name.value) if path.is_file() else None
                yield Taken(name.value, path, line, name in described)


def _is_under(name: str, bases: tuple[str, ...], layer: Layer) -> bool:
    assert layer.collection is not None
    return name.startswith(bases) and not name.startswith(layer.collection.namespace)


def quads_below(resources: Resources) -> frozenset[ox.Quad]:
    """Return the quads of the files of the lowest layer's graph and ontology.

    Those of ours are kept while the files stay as they are: most of what is read lies over them.
    """
    files = resources.base.data_files()
    if not resources.stands_on_ours:
        return _quads(files)
    stats = ((path, path.stat()) for path in files)
    return _kept(tuple((path, stat.st_mtime_ns, stat.st_size) for path, stat in stats))


@lru_cache(maxsize=1)
def _kept(files: tuple[tuple[Path, int, int], ...]) -> frozenset[ox.Quad]:
    return _quads(path for path, *_ in files)


def _quads(paths: Iterable[Path]) -> frozenset[ox.Quad]:
    return frozenset(quad for path in paths for quad in read_rdf(path))


@lru_cache(maxsize=1)
def _described(below: frozenset[ox.Quad]) -> frozenset[object]:
    return frozenset(quad.subject for quad in below)


def _refuse_taken_queries(resources: Resources) -> None:
    """Raise InputError where a collection has a query of a name that one below has in the same room."""
    below: dict[str, Path] = {}
    for layer in resources.layers:
        own = {
            path.relative_to(layer.queries).as_posix(): path
            for path in sorted(layer.queries.rglob("*.rq"))
        }
        for name in own.keys() & below.keys():
            raise InputError(
                "BRI876",
                f"the query {name!r} is redefined",
                why=f"{str(below[name])!r} has the same name",
                fix="give the file of the collection another name",
                file=str(own[name]),
                line=1,
            )
        below |= own
