"""The IRIs of the graph at their own path: 303 to a document about a thing, 200 for a document with its terms.

`https://w3id.org/bri-kg/id/org/anso` is answered at `/id/org/anso`, by negotiation: it leads to
`/doc/id/org/anso.html`, `.ttl`, `.nt` or `.jsonld`. In `/doc/` the last ending is always the form, so that
names with a dot are names as all others.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bri_kg.plain import visible
from bri_kg.publishing.jsonld.definitions import FILE as CONTEXT
from bri_kg.web.explorer.page import HTML, nothing_known_page, page_headers
from bri_kg.web.explorer.page_routes import page_answer, page_for
from bri_kg.web.explorer.start import start_page
from bri_kg.web.explorer.thing_parts import GOES_ON
from bri_kg.web.finished_answers import finished, has_still, not_modified, tag_of
from bri_kg.web.linked_library import Library
from bri_kg.web.negotiation import Offer, taken
from bri_kg.web.problems import ProblemError, not_acceptable, not_found
from bri_kg.web.read_routes import read_route
from bri_kg.web.refusals import LANGUAGES, NothingKnownError, in_thread, mended_so
from bri_kg.web.signposts import signposts
from bri_kg.web.site import Site
from bri_kg.web.site_links import (
    COLLECTIONS,
    FORMS,
    OFFERS,
    iri_at,
    names_document,
    possible_iris,
    split_document,
)

# The first parts of the paths at which IRIs of the graph stand; `ontology` and `shapes` are IRIs too.
ROOMS: Final = ("id", "claim", "vocab", "question", "source", "ontology")
ALONE: Final = ("ontology", "shapes")
_VARY: Final = "Accept, Accept-Language"
_DOCUMENTS: Final = {form: Offer(form, media_type) for form, media_type in FORMS.items()}


def routes(site: Site) -> list[Route]:
    """Return the routes of the IRIs, and of the documents about them."""
    told = LinkedData(site)
    rooms = (*ROOMS, COLLECTIONS) if site.graph.resources.over else ROOMS
    return [
        read_route("/", told.start),
        read_route(f"/ontology/{CONTEXT}", told.context),
        *(read_route(f"/{name}", told.at_its_own_path(name)) for name in ALONE),
        *(read_route(f"/{room}/{{path:path}}", told.at_its_own_path(f"{room}/")) for room in rooms),
        read_route("/doc/{path:path}", told.document),
    ]


class LinkedData:
    """The answers at IRIs and documents of one site."""

    def __init__(self, site: Site) -> None:
        """Answer for this site."""
        self._site = site
        self._release = site.release
        self._turns = site.turns
        self._library = Library(site)
        self._start = page_answer(site, start_page)
        self._links = self._library.links

    def at_its_own_path(self, prefix: str) -> Callable[[Request], Awaitable[Response]]:
        """Return what answers at the IRIs that begin with this path."""

        def at_iri(request: Request) -> Response:
            return self._at_iri(request, prefix)

        async def answer(request: Request) -> Response:
            return await self._told_or_unknown(request, at_iri)

        return answer

    async def start(self, request: Request) -> Response:
        """Answer people with the start page, programs that read RDF with the way to the dataset."""
        offer = taken(request.headers.get("accept"), OFFERS)
        if offer is None or offer.format == "html":
            return await self._start(request)
        return self._see_other(f"{self._links.public_url}/.well-known/void")

    async def document(self, request: Request) -> Response:
        """Answer at the address of a document, whatever the client likes to read: the address names the form."""
        return await self._told_or_unknown(request, self._at_document)

    async def context(self, request: Request) -> Response:
        """Answer with the JSON-LD context of the ontology."""
        return await in_thread(self._turns, self._context, request)

    async def _told_or_unknown(
        self, request: Request, answer: Callable[[Request], Response]
    ) -> Response:
        try:
            return await in_thread(self._turns, answer, request)
        except NothingKnownError as unknown:
            offer = taken(request.headers.get("accept"), (_DOCUMENTS["jsonld"], *OFFERS))
            if offer is None or offer.format != "html":
                raise unknown.problem() from None
            page = page_for(self._site, request, "")
            html = nothing_known_page(page, visible(unknown.iri), unknown.near)
            headers = {"Content-Type": HTML, "Cache-Control": "no-store", "Vary": _VARY}
            return Response(html, 404, headers | page_headers(page))

    def _at_iri(self, request: Request, prefix: str) -> Response:
        paths = possible_iris(request, prefix)
        iri = self._library.known(iri_at(f"{prefix}{path}") for path in paths)
        offer = taken(request.headers.get("accept"), OFFERS)
        if offer is None:
            raise self._no_form(iri)
        if names_document(iri):
            return self._told(request, iri, offer, _VARY)
        lang = request.query_params.get("lang") if offer.format == "html" else None
        known = lang if lang in LANGUAGES else None
        return self._see_other(self._links.document(iri, offer.format, known))

    def _see_other(self, address: str) -> Response:
        return RedirectResponse(
            address, 303, {"Vary": "Accept", "Cache-Control": "public, no-cache"}
        )

    def _at_document(self, request: Request) -> Response:
        split = [split_document(path) for path in possible_iris(request, "doc/")]
        named = [one for one in split if one is not None]
        if not named:
            raise self._no_document(request.path_params["path"])
        form = named[0][1]
        iri = self._library.known(iri_at(path) for path, _ in named)
        vary = "Accept-Language" if form == "html" else "Accept"
        return self._told(request, iri, _DOCUMENTS[form], vary)

    def _told(self, request: Request, iri: str, offer: Offer, vary: str) -> Response:
        form = offer.format
        asked = {
            name: request.query_params[name] for name in GOES_ON if name in request.query_params
        }
        page = page_for(self._site, request, iri, asked)
        tag = tag_of(
            self._release,
            self._links.public_url,
            page.at.in_language(page.lang),
            iri,
            offer.media_type,
            page.lang,
            str(page.texts is not None),
            *(f"{name}={value}" for name, value in asked.items()),
        )
        if has_still(request, tag):
            return not_modified(tag, vary, self._release)
        told = self._library.told(iri, form, page, tuple(asked.items()))
        headers = {
            "Link": signposts(self._links, iri, form, told.kinds),
            "Content-Location": self._links.document(iri, form),
        }
        if told.is_cut:
            headers["BRI-KG-Cut"] = "the first triples only; the endpoint has them all"
        if isinstance(told.content, str):
            headers |= page_headers(page)
            body = told.content.encode()
        else:
            body = told.content
        return finished(
            request, body, offer.written, tag=tag, vary=vary, release=self._release, headers=headers
        )

    def _context(self, request: Request) -> Response:
        tag = tag_of(self._release, CONTEXT)
        if has_still(request, tag):
            return not_modified(tag, "Accept", self._release)
        body = self._library.context_file()
        return finished(
            request, body, FORMS["jsonld"], tag=tag, vary="Accept", release=self._release
        )

    def _no_form(self, iri: str) -> ProblemError:
        listed = (f"{kind} ({self._links.document(iri, form)})" for form, kind in FORMS.items())
        refused = not_acceptable("triples")
        return mended_so(refused, refused.status, f"the formats are: {', '.join(listed)}")

    def _no_document(self, path: str) -> ProblemError:
        endings = ", ".join(f".{form}" for form in FORMS)
        there = self._links.to(iri_at(path))
        return mended_so(
            not_found(),
            404,
            f"{there} leads to the one that you can read",
            f"the name of a document ends with one of {endings}",
        )
