"""What the addresses of a site take and give, as OpenAPI 3.1; made from the questions and the routes.

A stored question is an operation of its own, with its parameters: clients that are generated from it have
a function a question.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bri_kg import __version__
from bri_kg.dataset.questions import Parameter, Question
from bri_kg.publishing.jsonld.definitions import FILE as CONTEXT
from bri_kg.web.finished_answers import finished, has_still, not_modified, tag_of
from bri_kg.web.linked_data import ALONE, ROOMS
from bri_kg.web.negotiation import ROW_OFFERS
from bri_kg.web.openapi_endpoint import endpoint_paths
from bri_kg.web.problems import MEDIA_TYPE as PROBLEM
from bri_kg.web.question_routes import JSON, LIST_OFFERS, ROW_FORMS
from bri_kg.web.read_routes import read_route
from bri_kg.web.refusals import LANGUAGES, in_thread
from bri_kg.web.signposts import LICENCE
from bri_kg.web.site import Site
from bri_kg.web.site_links import FORMS
from bri_kg.web.suggesting import PATH as SEARCH

PATH: Final = "/openapi.json"
Item = dict[str, Any]

_SCHEMAS: Final[dict[str, Item]] = {
    "integer": {"type": "integer"},
    "decimal": {"type": "number"},
    "boolean": {"type": "boolean"},
}
_REFUSALS: Final = {
    400: "The request is wrong: `detail` says what, `hint` how to mend it",
    404: "Nothing is known by this name: `hint` has the nearest one",
    406: "There is no such format: `hint` lists those that there are",
    409: "The store lacks what the question needs",
    503: "The answer takes more than one may: ask for less",
}
# One IRI of each room that the graph of the package knows.
_EXAMPLES: Final = {
    "id": "org/anso",
    "claim": "cas-decade-anso-founders",
    "vocab": "factuality/achieved",
    "question": "cofounders",
    "source": "cas-decade",
    "ontology": "actor",
}


def routes(site: Site) -> list[Route]:
    """Return the route of the description."""
    tag = tag_of(site.release, site.public_url, __version__, PATH)

    def described(request: Request) -> Response:
        if has_still(request, tag):
            return not_modified(tag, "Accept", site.release)
        text = json.dumps(description(site), ensure_ascii=False, indent=1) + "\n"
        return finished(request, text.encode(), JSON, tag=tag, vary="Accept", release=site.release)

    async def answer(request: Request) -> Response:
        return await in_thread(site.turns, described, request)

    return [read_route(PATH, answer)]


def description(site: Site) -> Item:
    """Return the description of a site: what its own addresses take and give."""
    questions = site.graph.questions
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "bri-kg",
            "version": __version__,
            "summary": "Science and technology cooperation, with the passage behind every fact",
            "description": "Stored questions over the graph, the documents behind its IRIs, "
            "and a SPARQL 1.1 endpoint. It only reads.",
            "license": {"name": "CC BY 4.0", "url": LICENCE},
        },
        "servers": [{"url": site.public_url}],
        "tags": [
            {"name": "questions", "description": "Stored questions and their answers"},
            {"name": "linked data", "description": "The IRIs of the graph at their own path"},
            {"name": "endpoint", "description": "SPARQL 1.1, and what describes the server"},
        ],
        "paths": _list_of_questions()
        | {f"/questions/{name}": {"get": _question(one)} for name, one in questions.items()}
        | _choices(questions)
        | {SEARCH: {"get": _search()}}
        | _linked_data()
        | endpoint_paths()
        | {PATH: {"get": _plain("description", "questions", "This description", JSON)}},
        "components": _components(),
    }


def _list_of_questions() -> Item:
    operation = _operation(
        "questions",
        "questions",
        "All stored questions",
        {offer.media_type: {} for offer in LIST_OFFERS},
        [_ref("lang"), _format([offer.format for offer in LIST_OFFERS])],
    )
    return {"/questions": {"get": operation}}


def _question(question: Question) -> Item:
    rows: Item = {offer.media_type: {} for offer in ROW_OFFERS}
    own = [_parameter(one) for one in question.params]
    of_all = [_ref("lang"), _ref("limit"), _format(ROW_FORMS)]
    operation = _operation(
        f"ask-{question.name}", "questions", question.summary, rows, own + of_all
    )
    columns = "\n".join(f"- `{name}`: {kind}" for name, kind in question.columns.items())
    said = (question.summary_zh, question.description, f"Columns:\n\n{columns}")
    return operation | {"description": "\n\n".join(part for part in said if part)}


def _parameter(parameter: Parameter) -> Item:
    schema = dict(_SCHEMAS.get(parameter.type, {"type": "string"}))
    what = f" ({parameter.cls})" if parameter.cls else ""
    made: Item = {
        "name": parameter.name,
        "in": "query",
        "description": f"{parameter.label['en']}{what}; {parameter.label['zh']}",
        "required": parameter.default is None,
    }
    if parameter.default is not None:
        value = _value(parameter)
        schema["default"] = value
        made["example"] = value
    return made | {"schema": schema}


def _value(parameter: Parameter) -> object:
    text = parameter.default
    if text is not None and parameter.type in _SCHEMAS:
        return json.loads(text)
    return text


def _choices(questions: Mapping[str, Question]) -> Item:
    asking = next((one for one in questions.values() if one.params), None)
    name, parameter = (asking.name, asking.params[0].name) if asking else (None, None)
    operation = _operation(
        "choices",
        "questions",
        "What a parameter of a question may be, with names",
        {JSON: {}},
        [
            _in_path("name", "the name of a question", name),
            _in_path("parameter", "the name of one of its parameters", parameter),
            _ref("lang"),
        ],
    )
    return {"/questions/{name}/choices/{parameter}": {"get": operation}}


def _search() -> Item:
    words = {
        "name": "q",
        "in": "query",
        "description": "Words of a name, a topic or a question, in English or Chinese",
        "schema": {"type": "string"},
        "example": "silk road",
    }
    return _operation(
        "search",
        "questions",
        "The best of what words of a name find, with some of each kind",
        {JSON: {}},
        [words, _ref("lang")],
    )


def _linked_data() -> Item:
    forms: Item = {media_type: {} for media_type in FORMS.values()}
    whole = {
        f"/{name}": {
            "get": _operation(f"whole-{name}", "linked data", f"The {name}", forms, [_ref("lang")])
        }
        for name in ALONE
    }
    rooms = {f"/{room}/{{path}}": {"get": _room(room, forms)} for room in ROOMS}
    document = _operation(
        "document",
        "linked data",
        "The document about a thing, in the form that its ending names",
        forms,
        [
            _in_path(
                "path",
                "the path of the IRI with the ending of a form",
                "id/org/anso.ttl",
            ),
            _ref("lang"),
        ],
    )
    context = _plain("context", "linked data", "The JSON-LD context", FORMS["jsonld"])
    return (
        {"/": {"get": _start()}, f"/ontology/{CONTEXT}": {"get": context}}
        | whole
        | rooms
        | {"/doc/{path}": {"get": document}}
    )


def _start() -> Item:
    return {
        "operationId": "start",
        "tags": ["linked data"],
        "summary": "The start: a page for people, for RDF the way to the description of the dataset",
        "responses": {
            "200": {"description": "The page", "content": {"text/html": {}}},
            "303": {"description": "It is at Location"},
        },
    }


def _room(room: str, forms: Item) -> Item:
    path = _in_path("path", f"what follows {room}/ in the IRI", _EXAMPLES[room])
    made = _operation(
        f"{room}-iri",
        "linked data",
        f"What is at the IRIs under {room}/",
        forms,
        [path, _ref("lang")],
    )
    if room not in ("source", "ontology"):
        made["responses"] = {"303": {"description": "The document about it is at Location"}} | made[
            "responses"
        ]
    return made


def _operation(name: str, tag: str, summary: str, content: Item, parameters: list[Item]) -> Item:
    refusals = {str(status): {"$ref": f"#/components/responses/{status}"} for status in _REFUSALS}
    return {
        "operationId": name,
        "tags": [tag],
        "summary": summary,
        "parameters": parameters,
        "responses": {"200": {"description": "The answer", "content": content}, **refusals},
    }


def _plain(name: str, tag: str, summary: str, media_type: str) -> Item:
    return {
        "operationId": name,
        "tags": [tag],
        "summary": summary,
        "responses": {"200": {"description": summary, "content": {media_type: {}}}},
    }


def _in_path(name: str, what: str, example: str | None = None) -> Item:
    made: Item = {
        "name": name,
        "in": "path",
        "required": True,
        "description": what,
        "schema": {"type": "string"},
    }
    return made | ({"example": example} if example else {})


def _format(names: list[str] | tuple[str, ...]) -> Item:
    return {
        "name": "format",
        "in": "query",
        "description": "The format of the answer, in place of Accept",
        "schema": {"type": "string", "enum": list(names)},
        "example": names[0],
    }


def _ref(name: str) -> Item:
    return {"$ref": f"#/components/parameters/{name}"}


def _components() -> Item:
    problem = {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        "parameters": {
            "lang": {
                "name": "lang",
                "in": "query",
                "description": "The language of labels, in place of Accept-Language",
                "schema": {"type": "string", "enum": list(LANGUAGES)},
                "example": LANGUAGES[0],
            },
            "limit": {
                "name": "limit",
                "in": "query",
                "description": "So many rows at most",
                "schema": {"type": "integer", "minimum": 1},
                "example": 10,
            },
        },
        "responses": {
            str(status): {"description": text, "content": problem}
            for status, text in _REFUSALS.items()
        },
        "schemas": {
            "Problem": {
                "type": "object",
                "description": "Problem Details (RFC 9457)",
                "required": ["type", "title", "status", "code", "detail"],
                "properties": {
                    "line": {"type": "integer"},
                    "column": {"type": "integer"},
                    "type": {"const": "about:blank"},
                    "title": {"type": "string"},
                    "status": {"type": "integer"},
                    "code": {"type": "string"},
                    "detail": {"type": "string"},
                    "why": {"type": "string"},
                    "hint": {"type": "string"},
                },
            }
        },
    }
