"""The SPARQL editor of a copy without a server: engine and data as scripts, which a browser reads from a disk too."""

from __future__ import annotations

import base64
import gzip
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Final

from bri_kg.knowledge import KnowledgeGraph
from bri_kg.rdf.graphs import write_graph
from bri_kg.web.assets_route import asset
from bri_kg.web.explorer import editor_words
from bri_kg.web.explorer.editor import DESCRIBED, described, first_query, rendered
from bri_kg.web.explorer.page import Page
from bri_kg.web.explorer.page_words import LANGUAGES

MOST: Final = 250_000
"""Triples; with more, a browser takes too long to read them, and the copy has no editor."""
WRITTEN_POLICY: Final = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; "
    "worker-src blob:; base-uri 'none'; form-action 'none'"
)
"""What the page of a written editor may do: more than others, it compiles the engine and starts a worker."""
NOT_READ: Final = "vendor/oxigraph/"
"""Assets below this are parts of the engine script, and are read by no page."""
_EXPORTS: Final = re.compile(r"^export (?:\{[^}]*\};|(?=class|function))", re.MULTILINE)
_ENGINE: Final = "editor/engine.js"
_DATA: Final = "editor/data.js"


def written_editor(
    graph: KnowledgeGraph, page: Page, made: Mapping[str, bytes], patterns: list[list[str]]
) -> str:
    """Return the page of an editor that asks no server; `made` is what `editor_files` yields for the graph.

    `patterns` say how IRIs are addressed, as `bri_kg.web.explorer.editor.address_patterns`.

    Where that is nothing, the page says that the editor is left out.
    """
    questions = graph.questions.values()
    if not made:
        told = page.say(editor_words.LEFT_OUT, most=f"{MOST:,}")
        return rendered(page, questions, "", told=told)
    megabytes = (len(made[_ENGINE]) + len(made[_DATA])) / 1e6
    size = page.say(editor_words.ANSWERED_HERE, size=f"{megabytes:.1f}")
    return rendered(page, questions, first_query(page.lang), size=size, patterns=patterns)


def editor_files(graph: KnowledgeGraph) -> Iterator[tuple[str, bytes]]:
    """Yield the assets that are made for the editor of a written copy, by name; none where it is left out."""
    if _is_too_large(graph):
        return
    for lang in LANGUAGES:
        yield DESCRIBED.format(lang=lang), described(graph, lang)
    yield _ENGINE, _engine()
    yield _DATA, _data(graph)


def _is_too_large(graph: KnowledgeGraph) -> bool:
    return next(islice(graph.guarded.quads, MOST, None), None) is not None


@cache
def _engine() -> bytes:
    module = _as_script((asset("vendor/oxigraph/web.js") or b"").decode())
    code = module + (asset("editor/worker.js") or b"").decode()
    wasm = base64.b64encode(asset("vendor/oxigraph/web_bg.wasm.gz") or b"").decode()
    return _script("engine", {"code": code, "wasm": wasm})


def _as_script(module: str) -> str:
    """Return a module without what only a module may say: from a disk, browsers start no worker of a module."""
    return _EXPORTS.sub("", module).replace("import.meta.url", "self.location")


def _data(graph: KnowledgeGraph) -> bytes:
    packed = gzip.compress(write_graph(graph.guarded.quads, "trig"), 9, mtime=0)
    return _script("data", base64.b64encode(packed).decode())


def _script(name: str, value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False)
    return f"(window.briEditor = window.briEditor || {{}}).{name} = {text};\n".encode()
