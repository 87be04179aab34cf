"""Where an imported ontology is on this machine; nothing is ever fetched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from bri_kg.dataset.resources import Resources
from bri_kg.errors import InputError
from bri_kg.names import BASE, PREFIXES
from bri_kg.rdf.labels import StableLabels
from bri_kg.rdf.parsing import read_rdf

CATALOG = "catalog-v001.xml"
_URI = "{urn:oasis:names:tc:entity:xmlns:xml:catalog}uri"
_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_ONTOLOGY = ox.NamedNode(PREFIXES["owl"] + "Ontology")
_IMPORTS = ox.NamedNode(PREFIXES["owl"] + "imports")


def local_imports(
    files: Sequence[Path], triples: Iterable[ox.Quad | ox.Triple], resources: Resources | None
) -> dict[str, Path]:
    """Return the files by the IRIs that name them: those of our ontology in `resources` where
    `triples` import it, then what the OASIS XML catalogues beside `files` say. Raises InputError
    for a malformed catalogue.
    """
    local: dict[str, Path] = {}
    if resources and any(map(_imports_ours, triples)):
        for path in resources.ontology_files():
            for quad in read_rdf(path):
                if quad.predicate == _TYPE and quad.object == _ONTOLOGY:
                    local[str(getattr(quad.subject, "value", ""))] = path
    for folder in dict.fromkeys(path.parent for path in files):
        local |= dict(_entries(folder / CATALOG))
    return local


class Followed:
    """Imports as they are followed: to the files that `local_imports` knows, and from these on.

    After the last answer, `names` are the IRIs that an import may call a file by that was read.
    """

    def __init__(
        self, files: Sequence[Path], resources: Resources | None, labels: StableLabels
    ) -> None:
        self.names: frozenset[str] = frozenset()
        self._files = files
        self._resources = resources
        self._labels = labels
        self._done: set[str] = set()

    def follow(
        self, imports: Sequence[ox.Triple], names: frozenset[str]
    ) -> Iterator[ox.Quad] | None:
        """Return the quads of what is imported and was not read yet; None where there is no more."""
        self.names = names
        called = {
            triple.object.value for triple in imports if isinstance(triple.object, ox.NamedNode)
        }
        wanted = called - names - self._done
        if not wanted:
            return None
        self._done |= wanted
        local = local_imports(self._files, imports, self._resources)
        paths = dict.fromkeys(local[iri] for iri in sorted(wanted) if iri in local)
        return chain.from_iterable(self._labels.of(read_rdf(path)) for path in paths)


def _imports_ours(triple: ox.Quad | ox.Triple) -> bool:
    ours = str(getattr(triple.object, "value", "")).startswith(BASE)
    return ours and triple.predicate == _IMPORTS


def _entries(path: Path) -> Iterator[tuple[str, Path]]:
    """Yield what an OASIS XML catalogue maps to files beside it; addresses elsewhere are passed over."""
    if not path.is_file():
        return
    import xml.etree.ElementTree as ET

    try:
        entries = list(ET.parse(path).iter(_URI))
    except (
        ET.ParseError,
        LookupError,
        ValueError,
    ) as error:  # the latter: encodings that nobody knows
        line, column = getattr(error, "position", (1, 0))
        raise InputError(
            code="BRI262",
            file=str(path),
            line=line,
            column=column + 1,
            message="the catalogue is no well-formed XML",
            why=str(error),
            fix="mend it, or remove it and name the imported files with --ontology",
        ) from None
    for entry in entries:
        name, uri = entry.get("name"), entry.get("uri")
        if name and uri and (file := _file_of(uri, path)):
            yield name, file


def _file_of(uri: str, catalogue: Path) -> Path | None:
    """Return the file that an entry means, None for an address elsewhere. Raise InputError for a bad one."""
    from urllib.parse import unquote, urlsplit
    from urllib.request import url2pathname  # takes long to import

    try:
        parts = urlsplit(uri)
        if parts.scheme == "file":
            return Path(url2pathname(parts.path))
        return None if parts.scheme else catalogue.parent / unquote(uri)
    except ValueError as error:
        raise InputError(
            code="BRI262",
            file=str(catalogue),
            message=f"the catalogue has an entry with the uri {uri!r}, which is none",
            why=str(error),
            fix="mend it, or remove it and name the imported files with --ontology",
        ) from None
