"""The SPARQL endpoint and what describes the server, as OpenAPI: where they are, and what goes in and comes out.

What a query may be is said by SPARQL 1.1; what the server is, by its service description at the same address.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from bri_kg.web.negotiation import GRAPH_OFFERS, ROW_OFFERS
from bri_kg.web.problems import MEDIA_TYPE as PROBLEM

Item = dict[str, Any]
ENDPOINT: Final = "/sparql"
_REFUSALS: Final = {
    400: "The query or the request is wrong: `line` and `column` say where",
    403: "The query would use the network or change data",
    406: "There is no such format",
    408: "The body did not come in time",
    413: "The query or the body is too long",
    414: "The address is too long",
    415: "The body has another media type, or is packed",
    422: "The answer has more rows or bytes than one may have",
    431: "The headers are too long",
    503: "Too many requests wait already: Retry-After says when to ask again",
    504: "The query was stopped: it took too long",
    507: "The query needs too much memory",
}
_OF_RDF: Final = {status: _REFUSALS[status] for status in (406, 503)}


def endpoint_paths() -> Item:
    """Return the paths of the endpoint, of the descriptions in RDF, and of the health of the server."""
    rdf: Item = {offer.media_type: {} for offer in GRAPH_OFFERS}
    return {
        ENDPOINT: {"get": _asked_by_url(), "post": _asked_by_body()},
        "/.well-known/void": {"get": _document("void", "The dataset, by VoID", rdf, _OF_RDF)},
        "/.well-known/sparql-examples": {
            "get": _document("examples", "The stored questions as SHACL executables", rdf, _OF_RDF)
        },
        "/health": {
            "get": _document(
                "health",
                "200 where a query is answered now",
                {"application/json": {}},
                {503: "No query is answered now"},
            )
        },
    }


def _asked_by_url() -> Item:
    query = {
        "name": "query",
        "in": "query",
        "description": "A query of SPARQL 1.1; without one the answer is the service description",
        "schema": {"type": "string"},
        "example": "SELECT DISTINCT ?class WHERE { ?thing a ?class }",
    }
    return _operation("query", "Answer a query") | {"parameters": [query, *_GRAPHS]}


def _asked_by_body() -> Item:
    text = {"schema": {"type": "string"}}
    graphs = {one["name"]: one["schema"] for one in _GRAPHS}
    form = {
        "type": "object",
        "required": ["query"],
        "properties": {"query": {"type": "string"}} | graphs,
    }
    body = {
        "required": True,
        "content": {
            "application/sparql-query": text,
            "application/x-www-form-urlencoded": {"schema": form},
        },
    }
    made = _operation("query-by-post", "Answer a query that is sent as the body")
    return made | {"parameters": _GRAPHS, "requestBody": body}


def _graph(name: str, what: str) -> Item:
    return {
        "name": name,
        "in": "query",
        "description": what,
        "schema": {"type": "array", "items": {"type": "string", "format": "uri"}},
    }


_GRAPHS: Final = [
    _graph("default-graph-uri", "A graph of the store that is part of the default graph"),
    _graph("named-graph-uri", "A graph of the store that the query may name"),
]


def _operation(name: str, summary: str) -> Item:
    answers: Item = {offer.media_type: {} for offer in (*ROW_OFFERS, *GRAPH_OFFERS)}
    return {
        "operationId": name,
        "tags": ["endpoint"],
        "summary": summary,
        "responses": {"200": {"description": "The answer", "content": answers}}
        | _refusals(_REFUSALS),
    }


def _document(name: str, summary: str, content: Item, refusals: Mapping[int, str]) -> Item:
    return {
        "operationId": name,
        "tags": ["endpoint"],
        "summary": summary,
        "responses": {"200": {"description": summary, "content": content}} | _refusals(refusals),
    }


def _refusals(texts: Mapping[int, str]) -> Item:
    problem = {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        str(status): {"description": text, "content": problem} for status, text in texts.items()
    }
