"""The SPARQL editor of a copy without a server: engine and data as scripts, which a browser reads from a disk too."""

from __future__ import annotations

import base64
import gzip
import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Final

import pyoxigraph as ox

from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import BASE
from bri_kg.rdf.graphs import write_graph
from bri_kg.web.assets_route import asset
from bri_kg.web.explorer.editor_described import DESCRIBED, described, script
from bri_kg.web.explorer.page_addresses import Addresses, part_of
from bri_kg.web.explorer.page_words import LANGUAGES

MOST: Final = 250_000
"""Triples; with more, a browser takes too long to read them, and the copy has no editor."""
NOT_READ: Final = "vendor/oxigraph/"
"""Assets below this are parts of the engine script, and are read by no page."""
ENGINE: Final = "editor/engine.js"
DATA: Final = "editor/data.js"
_EXPORTS: Final = re.compile(r"^export (?:\{[^}]*\};|(?=class|function))", re.MULTILINE)


def editor_files(graph: KnowledgeGraph, at: Addresses) -> Iterator[tuple[str, bytes]]:
    """Yield the assets that are made for the editor of a written copy, by name; none where it is left out.

    `at` are the addresses that the page of the editor writes, in any language.
    """
    if is_too_large(graph):
        return
    for lang in LANGUAGES:
        yield DESCRIBED.format(lang=lang), described(graph, lang)
    yield ENGINE, engine_script()
    yield DATA, data_script(graph, at)


def is_too_large(graph: KnowledgeGraph) -> bool:
    """Return whether a graph has more triples than a browser should read."""

    def looked() -> bool:
        return next(islice(graph.guarded.quads, MOST, None), None) is not None

    return looked() if graph.kept is None else graph.kept.once("too large to edit", looked)


@cache
def engine_script() -> bytes:
    """Return the script that holds the engine, its WebAssembly packed, and what answers by it in a worker."""
    module = (asset("vendor/oxigraph/web.js") or b"").decode()
    wasm = asset("vendor/oxigraph/web_bg.wasm.gz") or b""
    code = _as_script(module) + (asset("editor/worker.js") or b"").decode()
    return script("engine", {"code": code, "wasm": base64.b64encode(wasm).decode()})


def data_script(graph: KnowledgeGraph, at: Addresses) -> bytes:
    """Return the script that holds the data, packed, and where the pages of the things in them stand.

    A copy has one, which the editor's page in each language weighs: it is made once.
    """
    if graph.kept is None:
        return _data_script(graph, at)
    return graph.kept.once("data of the editor", lambda: _data_script(graph, at))


def _data_script(graph: KnowledgeGraph, at: Addresses) -> bytes:
    quads = list(graph.guarded.quads)
    packed = gzip.compress(write_graph(quads, "trig"), 9, mtime=0)
    return script("data", {"packed": base64.b64encode(packed).decode(), "pages": _pages(quads, at)})


def _pages(quads: list[ox.Quad], at: Addresses) -> dict[str, str]:
    """Return the address of the page of each subject that has one, by its IRI, without our base.

    Of passages, only that of the part of their source is told, by the number of its first character.
    """
    subjects = {quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)}
    found: dict[str, str] = {}
    for iri in sorted(subjects):
        address = at.thing(iri)
        if address is None or address == iri:
            continue
        page, mark, _ = address.partition("#")
        part = part_of(iri)
        if not mark:
            found[iri.removeprefix(BASE)] = page
        elif part:
            found[f"{iri.partition('#')[0].removeprefix(BASE)}#{part}"] = page
    return found


def _as_script(module: str) -> str:
    """Return a module without what only a module may say: from a disk, browsers start no worker of a module."""
    return _EXPORTS.sub("", module).replace("import.meta.url", "self.location")
