"""The IRIs of the graph at their own path: 303 to a document about a thing, 200 for a document with its terms.

`https://w3id.org/bri-kg/id/org/anso` is answered at `/id/org/anso`, by negotiation: it leads to
`/doc/id/org/anso.html`, `.ttl`, `.nt` or `.jsonld`. In `/doc/` the last ending is always the form, so that
names with a dot are names as all others.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bri_kg.errors import BriKgError, UsageError
from bri_kg.names import BASE
from bri_kg.publishing.jsonld.definitions import FILE as CONTEXT
from bri_kg.web.entity_tags import CACHED, entity_tag, has_still, not_modified
from bri_kg.web.html_pages import as_response
from bri_kg.web.linked_library import Library, NothingKnownError
from bri_kg.web.negotiation import best_media_type
from bri_kg.web.refusals import VARY, language_of, refused
from bri_kg.web.signposts import signposts
from bri_kg.web.site import Site
from bri_kg.web.site_links import FORM_OF, FORMS, names_document, possible_iris, split_document

# The first parts of the paths at which IRIs of the graph stand; `ontology` and `shapes` are IRIs too.
ROOMS: Final = ("id", "claim", "vocab", "question", "source", "ontology")
_ALONE: Final = ("ontology", "shapes")
_JSON_LD: Final = FORMS["jsonld"]


def routes(site: Site) -> list[Route]:
    """Return the routes of the IRIs, and of the documents about them."""
    pages = LinkedData(site)
    return [
        Route(f"/ontology/{CONTEXT}", pages.context),
        *(Route(f"/{name}", pages.at_its_own_path(name)) for name in _ALONE),
        *(Route(f"/{room}/{{rest:path}}", pages.at_its_own_path(f"{room}/")) for room in ROOMS),
        Route("/doc/{rest:path}", pages.document),
    ]


@dataclass(frozen=True)
class _Asked:
    """What a request is for: a node that is known, and the form and language of its document."""

    iri: str
    form: str
    lang: str


class LinkedData:
    """The answers at IRIs and documents of one site."""

    def __init__(self, site: Site) -> None:
        """Answer for this site."""
        self._site = site
        self._library = Library(site)
        self._links = self._library.links

    def at_its_own_path(self, prefix: str) -> Callable[[Request], object]:
        """Return what answers at the IRIs that begin with this path."""

        async def answer(request: Request) -> Response:
            return await self._guarded(
                request, self._at_iri, prefix + request.path_params.get("rest", "")
            )

        return answer

    async def document(self, request: Request) -> Response:
        """Answer at the address of a document, whatever the client likes to read: it named the form."""
        return await self._guarded(request, self._at_document, request.path_params["rest"])

    async def context(self, request: Request) -> Response:
        """Answer with the JSON-LD context of the ontology."""
        tag = entity_tag(self._site.release, "context")
        if has_still(request, tag):
            return not_modified(tag, "Accept")
        content = await run_in_threadpool(self._library.context_file)
        return Response(content, headers=_headers(tag, "Accept"), media_type=_JSON_LD)

    async def _guarded(
        self, request: Request, answer: Callable[[Request, str], Response], path: str
    ) -> Response:
        try:
            return await run_in_threadpool(answer, request, path)
        except NothingKnownError as unknown:
            return refused(request, self._links, unknown.error, 404)

    def _at_iri(self, request: Request, path: str) -> Response:
        iri = self._library.known(possible_iris(path))
        form = FORM_OF.get(best_media_type(request.headers.get("accept"), tuple(FORM_OF)) or "")
        if form is None:
            return refused(request, self._links, self._no_form(iri), 406)
        if names_document(iri):
            return self._told(request, _Asked(iri, form, language_of(request)), VARY)
        lang = request.query_params.get("lang") if form == "html" else None
        there = self._links.document(iri, form, lang if lang in ("en", "zh") else None)
        return RedirectResponse(there, 303, {"Vary": "Accept", "Cache-Control": CACHED})

    def _at_document(self, request: Request, path: str) -> Response:
        split = split_document(path)
        if split is None:
            raise NothingKnownError(self._no_document(path))
        thing, form = split
        asked = _Asked(self._library.known(possible_iris(thing)), form, language_of(request))
        return self._told(request, asked, "Accept-Language" if form == "html" else "Accept")

    def _told(self, request: Request, asked: _Asked, vary: str) -> Response:
        lang = asked.lang if asked.form == "html" else ""
        tag = entity_tag(self._site.release, self._links.public_url, asked.iri, asked.form, lang)
        if has_still(request, tag):
            return not_modified(tag, vary)
        told = self._library.told(asked.iri, asked.form, asked.lang)
        headers = _headers(tag, vary) | {
            "Link": signposts(self._links, asked.iri, asked.form, told.kinds),
            "Content-Location": self._links.document(asked.iri, asked.form),
        }
        if told.is_cut:
            headers["Bri-Kg-Cut"] = "the first triples only; the SPARQL endpoint has them all"
        if isinstance(told.content, str):
            return as_response(told.content, headers=headers | {"Content-Language": asked.lang})
        return Response(told.content, headers=headers, media_type=FORMS[asked.form])

    def _no_form(self, iri: str) -> BriKgError:
        listed = ", ".join(
            f"{media_type} ({self._links.document(iri, form)})"
            for form, media_type in FORMS.items()
        )
        return UsageError(
            "BRI190", "this is not told in a format that you accept", fix=f"ask for one of {listed}"
        )

    def _no_document(self, path: str) -> BriKgError:
        endings = ", ".join(f".{form}" for form in FORMS)
        return UsageError(
            "BRI191",
            f"a document has one of the endings {endings}, and {path!r} has none of them",
            fix=f"{self._links.to(BASE + path)} leads to the one that you can read",
        )


def _headers(tag: str, vary: str) -> dict[str, str]:
    return {
        "ETag": tag,
        "Vary": vary,
        "Cache-Control": CACHED,
        "X-Content-Type-Options": "nosniff",
    }
