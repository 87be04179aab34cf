"""Where pages stand: on a server, or beside each other in a folder. Pages know no other address of their own site.

A page of a thing is named by an IRI; any other by its key: `questions`, `questions/cofounders`, `sources`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Protocol
from urllib.parse import quote, urlencode, urlsplit

from bri_kg.names import BRI, is_named_here, split_passage
from bri_kg.web.site_links import KEPT, Links

START: Final = ""
THING: Final = "thing"
"""The key of the page of what stands under no base of ours: its IRI is a parameter."""
PART: Final = 1000
"""Characters of a source whose passages stand on one page: which page has a passage, its IRI alone tells."""
_WEB: Final = ("https://", "http://")
# What people cannot look up in a graph of theirs: the words of W3C's own vocabularies.
WELL_KNOWN: Final = re.compile(r"https?://(www\.)?w3\.org/")


def part_of(iri: str) -> int:
    """Return where the part of its source begins that has a passage, 0 for the first and for what is no passage."""
    passage = split_passage(iri)
    return passage[1] // PART * PART if passage else 0


class Addresses(Protocol):
    """Addresses as the page that stands at `here` writes them."""

    def of(self, key: str, /, **query: str) -> str:
        """Return the address of a page by its key, with parameters where it takes some."""

    def has(self, key: str, /, **query: str) -> bool:
        """Return whether there is a page, or data, at this key with these parameters."""

    def thing(self, iri: str) -> str | None:
        """Return the address of the page of a thing, of the thing elsewhere, or None for what is on no page.

        That of a passage is the page with its part of the source (`part_of`).
        """

    def part(self, source: str, begin: int) -> str:
        """Return the address of the part of a source that begins at a character, a multiple of `PART`."""

    def data(self, iri: str, form: str) -> str | None:
        """Return the address of what is told of a thing as data, None where there is none."""

    def asset(self, name: str) -> str:
        """Return the address of a style, script or picture."""

    def in_language(self, lang: str) -> str:
        """Return the address of this very page in a language."""

    def here_with(self, **query: str) -> str:
        """Return the address of this very page with other parameters, such as those on which a list goes on."""


@dataclass(frozen=True)
class Served:
    """Addresses on a server: without its name, so that they hold by whatever name people reach it."""

    public_url: str
    lang: str
    here: str = START
    """The key of the page, or the IRI that it is about."""
    query: tuple[tuple[str, str], ...] = ()
    """The parameters of the page, its language left out."""
    has_all: bool = False
    """Whether whatever has an IRI has a page, as in a store of the user's."""

    @property
    def base(self) -> str:
        """The path of the start page, without a slash at its end."""
        return urlsplit(self.public_url).path.rstrip("/")

    def of(self, key: str, /, **query: str) -> str:
        """Return the path of a page of this site."""
        return self._keyed(key, self.lang, tuple(query.items()))

    def has(self, key: str, /, **query: str) -> bool:
        """Return whether there is a page, or data, at this key with these parameters: a server has them all."""
        return True

    def thing(self, iri: str) -> str | None:
        """Return the path of a document about a thing; of what is elsewhere, its IRI where that is of the web."""
        if iri.startswith(BRI):
            return self.of(f"terms/{quote(iri.removeprefix(BRI), safe=KEPT)}")
        if is_named_here(iri):
            return self._about(iri, self.lang, _of_part(part_of(iri)))
        if self.has_all and not WELL_KNOWN.match(iri):
            return self.of(THING, iri=iri)
        return iri if iri.startswith(_WEB) else None

    def part(self, source: str, begin: int) -> str:
        """Return the path of a part of a source."""
        return self._about(source, self.lang, _of_part(begin))

    def data(self, iri: str, form: str) -> str | None:
        """Return the path of the document about a thing in one of `bri_kg.web.site_links.FORMS`."""
        return Links(self.base).document(iri, form) if is_named_here(iri) else None

    def asset(self, name: str) -> str:
        """Return the path of a file of `bri_kg/web/assets`."""
        return f"{self.base}/assets/{name}"

    def in_language(self, lang: str) -> str:
        """Return the path of this very page in a language."""
        return self._here(lang, self.query)

    def here_with(self, **query: str) -> str:
        """Return the path of this very page with other parameters."""
        return self._here(self.lang, tuple((dict(self.query) | query).items()))

    def _here(self, lang: str, query: tuple[tuple[str, str], ...]) -> str:
        if is_named_here(self.here):
            return self._about(self.here, lang, query)
        return self._keyed(self.here, lang, query)

    @property
    def canonical(self) -> str:
        """The whole address of this page, whatever the language."""
        if is_named_here(self.here):
            return Links(self.public_url).document(self.here, "html")
        query = urlencode(self.query)
        return f"{self.public_url}/{self.here}" + (f"?{query}" if query else "")

    def _keyed(self, key: str, lang: str, query: tuple[tuple[str, str], ...]) -> str:
        return f"{self.base}/{key}?{urlencode((('lang', lang), *query))}"

    def _about(self, iri: str, lang: str, query: tuple[tuple[str, str], ...] = ()) -> str:
        document, mark, fragment = iri.partition("#")
        address = Links(self.base).document(document, "html")
        asked = urlencode((("lang", lang), *query))
        return f"{address}?{asked}{mark}{quote(fragment, safe=KEPT)}"


def _of_part(begin: int) -> tuple[tuple[str, str], ...]:
    return (("from", str(begin)),) if begin else ()
