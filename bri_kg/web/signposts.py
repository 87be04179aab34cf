"""Links between what is told of a thing and the thing, as the FAIR Signposting profile asks (RFC 8288)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from bri_kg.web.site_links import FORMS, Links

LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
_PAGE: Final = "https://schema.org/AboutPage"


def signposts(links: Links, iri: str, form: str, kinds: Iterable[str]) -> str:
    """Return the Link header of the document about a thing in one form; `kinds` are classes of schema.org."""
    return ", ".join(_each(links, iri, form, kinds))


def _each(links: Links, iri: str, form: str, kinds: Iterable[str]) -> Iterator[str]:
    yield _link(iri, "cite-as")
    yield _link(links.document(iri, form), "canonical")
    if form == "html":
        for kind in (_PAGE, *kinds):
            yield _link(kind, "type")
    for other, media_type in FORMS.items():
        if other != form and "html" in (other, form):
            relation = "describedby" if form == "html" else "describes"
            yield _link(links.document(iri, other), relation, media_type)
    yield _link(LICENCE, "license")
    yield _link(f"{links.public_url}/", "collection")


def _link(target: str, relation: str, media_type: str | None = None) -> str:
    of_type = f'; type="{media_type}"' if media_type else ""
    return f'<{_within_brackets(target)}>; rel="{relation}"{of_type}'


def _within_brackets(target: str) -> str:
    # A store of the user's may hold any IRI, and a header is Latin-1.
    return "".join(
        char
        if "!" <= char <= "~" and char not in '<>"'
        else "".join(f"%{byte:02X}" for byte in char.encode())
        for char in target
    )
