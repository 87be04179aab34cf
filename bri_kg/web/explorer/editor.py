"""The SPARQL editor: a form that works alone, and asks the endpoint or, in a copy without one, the browser."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from bri_kg.answers.question_choice import most_asked_first
from bri_kg.names import BASE, BRI, passage_iri
from bri_kg.web.endpoint import ENDPOINT
from bri_kg.web.explorer import editor_words
from bri_kg.web.explorer.editor_described import DESCRIBED, as_example
from bri_kg.web.explorer.editor_files import MOST, data_script, engine_script, is_too_large
from bri_kg.web.explorer.page import Page, filled
from bri_kg.web.explorer.page_addresses import PART, Addresses
from bri_kg.web.site import Site

EDITOR: Final = "editor"
# More than other pages, that of a copy compiles the engine and starts a worker. From a disk, browsers differ on what
# `'self'` is; from elsewhere, none reads the disk.
WRITTEN_POLICY: Final = (
    "default-src 'none'; script-src 'self' file: 'wasm-unsafe-eval'; style-src 'self' file:; "
    "img-src 'self' file: data:; worker-src blob:; base-uri 'none'; form-action 'self' file:"
)
_FIRST: Final = """PREFIX bri: <https://w3id.org/bri-kg/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?thing ?name WHERE {
  ?thing a bri:Organization ; skos:prefLabel ?name .
  FILTER (LANG(?name) = "%s")
}
ORDER BY ?name
LIMIT 20
"""
_SLOT: Final = "SLOT"


def editor_page(site: Site, page: Page, asked: Mapping[str, str]) -> str:
    """Return the editor with the query, or the stored question, that is asked for."""
    questions = site.graph.questions
    example = asked.get("example", "")
    query = asked.get("query") or _FIRST % page.lang
    if example in questions:
        query = as_example(questions[example], page.lang)
    if page.is_written:
        page = replace(page, policy=WRITTEN_POLICY)
    is_left_out = page.is_written and is_too_large(site.graph)
    return filled(
        page,
        "editor.html",
        editor=editor_words,
        questions=tuple(most_asked_first(questions.values())),
        query=query,
        endpoint=None if page.is_written else page.at.of(ENDPOINT.strip("/")),
        is_left_out=is_left_out,
        most=f"{MOST:,}",
        size=_megabytes(site, page) if page.is_written and not is_left_out else "",
        described=page.at.asset(DESCRIBED.format(lang=page.lang)),
        part=PART,
        patterns=json.dumps(address_patterns(page.at)),
    )


def address_patterns(at: Addresses) -> list[list[str]]:
    """Return how IRIs are addressed, the narrowest first: their beginning, and the address with a gap for the rest.

    Before them, that of a passage which does not stand in the first part of its source, with a gap for the part too.
    """
    far = (at.thing(passage_iri(_SLOT, PART, PART + 1)) or "").partition("#")[0]
    found = [["", *re.split(f"{_SLOT}|{PART}", far)]]
    for begin in (BRI, BASE, "https://", "http://"):
        address = at.thing(begin + _SLOT)
        if address is not None and _SLOT in address:
            found.append([begin, *address.split(_SLOT)])
    return found


def _megabytes(site: Site, page: Page) -> str:
    size = len(engine_script()) + len(data_script(site.graph, page.at))
    return f"{size / 1e6:.1f}"
