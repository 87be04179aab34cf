"""Where on the site a thing is: IRIs keep the base of the data, addresses have that of the site."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from starlette.requests import Request

from bri_kg.names import BASE, PREFIXES, collection_of, collections_known, is_named_here, spaces
from bri_kg.web.negotiation import GRAPH_OFFERS, Offer

FORMS: Final = {
    "html": "text/html",
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
}
OFFERS: Final = (
    Offer("html", FORMS["html"]),
    *(offer for offer in GRAPH_OFFERS if offer.format in FORMS),
)
# The room in which the names of collections stand, by their prefixes.
COLLECTIONS: Final = "in"
# What an IRI may hold as it stands (RFC 3987); all else of a path is written in percents.
KEPT: Final = "/:@!$&'()*+,;=-._~%"
# These name documents, which have parts of their own; all else is a thing that a document is about.
_OF_DOCUMENTS: Final = ("ontology", "shapes", "source/")


@dataclass(frozen=True)
class Links:
    """The addresses of a site, which all begin with `public_url`."""

    public_url: str

    def to(self, iri: str, lang: str | None = None) -> str | None:
        """Return the address of the thing with this IRI, None for what is not served here.

        Addresses elsewhere are themselves; none but those of the web is ever given.
        """
        if is_named_here(iri):
            path, mark, fragment = path_of(iri).partition("#")
            query = f"?lang={lang}" if lang else ""
            return f"{self.public_url}/{quote(path, safe=KEPT)}{query}{mark}{quote(fragment, safe=KEPT)}"
        return iri if iri.startswith(("https://", "http://")) else None

    def document(self, iri: str, form: str, lang: str | None = None) -> str:
        """Return the address of the document about a thing in one of `FORMS`."""
        path = quote(path_of(iri), safe=KEPT)
        return f"{self.public_url}/doc/{path}.{form}" + (f"?lang={lang}" if lang else "")


def path_of(iri: str) -> str:
    """Return the path at which an IRI stands on a site: what is behind its base; of a collection's, in its room."""
    prefix = collection_of(iri)
    if prefix is None:
        return iri.removeprefix(BASE)
    return f"{COLLECTIONS}/{prefix}/{iri.removeprefix(PREFIXES[prefix])}"


def iri_at(path: str) -> str:
    """Return the IRI that stands at a path of a site."""
    room, _, rest = path.partition("/")
    prefix, _, name = rest.partition("/")
    known = collections_known()
    return known[prefix] + name if room == COLLECTIONS and prefix in known else BASE + path


def possible_iris(request: Request, prefix: str) -> Iterator[str]:
    """Yield the IRIs that a request at a path behind `prefix` may stand for: as it was sent first.

    `%2F` in an IRI is no slash, and `%E4%B8%AD` may be written for 中, or stand in the IRI itself.
    """
    path = str(request.path_params.get("path", ""))
    begin = f"{request.scope.get('root_path', '')}/{prefix}"
    raw = request.scope.get("raw_path", b"").decode("latin-1").partition("?")[0]
    if raw.startswith(begin):
        yield raw.removeprefix(begin)
    if not {"#", "?"} & set(path):  # as they stand, these would end the path of an IRI
        yield path
    yield quote(path, safe=KEPT)


def names_document(iri: str) -> bool:
    """Return whether an IRI names a document (200) and not a thing that one is about (303).

    Terms and passages are parts of theirs: their IRIs have a fragment, which is never sent.
    """
    return iri.startswith(spaces(*_OF_DOCUMENTS))


def split_document(path: str) -> tuple[str, str] | None:
    """Return path and form of a document from its path behind `doc/`: the last ending is the form."""
    thing, dot, form = path.rpartition(".")
    return (thing, form) if dot and thing and form in FORMS else None
