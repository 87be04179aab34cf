"""A SPARQL editor without a server, as files: the page in both languages, and what its scripts read."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import BASE
from bri_kg.web.assets_route import asset, asset_names
from bri_kg.web.explorer.editor import editor_page
from bri_kg.web.explorer.editor_files import NOT_READ, editor_files
from bri_kg.web.explorer.page import Page
from bri_kg.web.site import Site


@dataclass(frozen=True)
class Beside:
    """Addresses of pages that stand beside each other, a folder for each language."""

    lang: str
    here: str = "editor"

    def of(self, key: str, **query: str) -> str:
        return f"{key or 'index'}.html"

    def has(self, key: str) -> bool:
        return key == self.here

    def thing(self, iri: str) -> str | None:
        if not iri.startswith(BASE + "id/"):
            return iri if iri.startswith(("https://", "http://")) else None
        return f"{iri.removeprefix(BASE)}.html"

    def data(self, iri: str, form: str) -> str | None:
        return None

    def asset(self, name: str) -> str:
        return f"../assets/{name}"

    def in_language(self, lang: str) -> str:
        return f"../{lang}/editor.html"


def write_editor(graph: KnowledgeGraph, folder: Path) -> None:
    """Write the editor of a graph into a folder."""
    files = {name: asset(name) or b"" for name in asset_names() if not name.startswith(NOT_READ)}
    files |= dict(editor_files(graph, Beside("en")))
    written = {f"assets/{name}": body for name, body in files.items()}
    for lang in ("en", "zh"):
        page = Page(Beside(lang), lang, is_written=True)
        html = editor_page(Site(graph, "", "a-release"), page, {})
        written[f"{lang}/editor.html"] = html.encode()
    for name, body in written.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(body)


def value_of(script: bytes) -> Any:
    """Return the value that a script gives to the others."""
    return json.loads(script.decode().partition("{}).")[2].partition(" = ")[2].rstrip(";\n"))
