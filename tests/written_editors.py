"""A SPARQL editor without a server, as files: the page in both languages, and what its scripts read."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from bri_kg.names import BASE


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


def value_of(script: bytes) -> Any:
    """Return the value that a script gives to the others."""
    return json.loads(script.decode().partition("{}).")[2].partition(" = ")[2].rstrip(";\n"))
