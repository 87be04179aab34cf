"""A request to the endpoint as the query and the graphs that it names: the query operation of SPARQL 1.1 Protocol."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

from bri_kg.web.problems import malformed, update_refused, wrong_media_type

_FORM: Final = "application/x-www-form-urlencoded"
_QUERY: Final = "application/sparql-query"
_UPDATE: Final = "application/sparql-update"
_MOST_FIELDS: Final = 1000
_ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`]*")
_CHARSET: Final = re.compile(r'charset="?([^";\s]+)', re.IGNORECASE)


@dataclass(frozen=True)
class Asked:
    """A query, None where the description of the service is asked for, and the graphs of the request.

    Both are None where the request names no graph, so that those of the query hold.
    """

    query: str | None
    default: tuple[str, ...] | None = None
    named: tuple[str, ...] | None = None


def asked_by_url(query_string: bytes) -> Asked:
    """Return what a GET asks. Raise ProblemError for what is no query operation."""
    return _asked(_fields(query_string))


def asked_by_body(query_string: bytes, content_type: str, body: bytes) -> Asked:
    """Return what a POST asks: a form, or a query alone, whose graphs are in the URL. Raise ProblemError."""
    media_type = content_type.partition(";")[0].strip().lower()
    charset = _CHARSET.search(content_type)
    if charset and charset[1].lower() not in ("utf-8", "utf8", "us-ascii"):
        raise malformed(f"the body is said to be {charset[1]!r}", "send it as UTF-8")
    if media_type == _UPDATE:
        raise update_refused()
    if media_type == _FORM:
        # The graphs of a form may stand in the URL too: the tests of the W3C have them there.
        asked = _asked(_fields(body) + _fields(query_string))
        if asked.query is None:
            raise malformed("the form has no field `query`", "send the query as `query`")
        return asked
    if media_type == _QUERY:
        fields = _fields(query_string)
        if any(name == "query" for name, _ in fields):
            raise malformed("a query is in the URL and in the body", "send one of them")
        asked = _asked(fields)
        return Asked(_text(body), asked.default, asked.named)
    raise wrong_media_type(
        f"a query does not come as {media_type!r}" if media_type else "the body has no media type",
        f"send it as {_QUERY}, or in a form as {_FORM}",
        f"{_QUERY}, {_FORM}",
    )


def _asked(fields: list[tuple[str, str]]) -> Asked:
    values: dict[str, list[str]] = {}
    for name, value in fields:
        values.setdefault(name, []).append(value)
    if {"update", "using-graph-uri", "using-named-graph-uri"} & values.keys():
        raise update_refused()
    queries = values.get("query", [])
    if len(queries) > 1:
        raise malformed(f"there are {len(queries)} queries", "send one at a time")
    default, named = values.get("default-graph-uri"), values.get("named-graph-uri")
    for iri in (*(default or ()), *(named or ())):
        if not _ABSOLUTE.fullmatch(iri):
            raise malformed(f"{iri!r} is no absolute IRI", "name the graph by its whole IRI")
    if default is None and named is None:
        return Asked(queries[0] if queries else None)
    return Asked(queries[0] if queries else None, tuple(default or ()), tuple(named or ()))


def _fields(text: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            text.decode("utf-8"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MOST_FIELDS,
        )
    except ValueError:  # of characters, or of numbers of fields
        raise malformed(
            "the fields are not written as a form writes them, in UTF-8",
            "write every byte that is no letter or digit as % and two digits",
        ) from None


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise malformed(f"byte {error.start} of the body is no UTF-8", "send UTF-8") from None
