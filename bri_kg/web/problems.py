"""What a client is told where it gets no answer: a status for each reason, as `application/problem+json` (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, Final

from bri_kg.errors import BriKgError
from bri_kg.web.negotiation import GRAPH_OFFERS, ROW_OFFERS

MEDIA_TYPE: Final = "application/problem+json"
Spoken = Callable[[str, str], str]
"""Puts an English text into a language."""

# What a worker tells of a query is told by the class of the error; any other is the client's own mistake.
_STATUS: Final = {"RefusedError": 403, "TooMuchError": 422}
_MISTAKE: Final = 400


class ProblemError(BriKgError):
    """An error with its status, and headers of the answer that carries it."""

    def __init__(
        self,
        code: str,
        message: str,
        *,
        status: int = _MISTAKE,
        why: str | None = None,
        fix: str | None = None,
        line: int | None = None,
        column: int | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(code, message, why=why, fix=fix, line=line, column=column)
        self.status = status
        self.headers = dict(headers or {})

    def document(self, lang: str = "en", spoken: Spoken | None = None) -> bytes:
        """Return the problem as JSON, its texts in a language."""

        def said(text: str | None) -> str | None:
            return spoken(text, lang) if text and spoken else text

        members = {
            "type": "about:blank",  # no document of its own: the status, its title, and a code (4.2.1)
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "code": self.code,
            "detail": said(self.message),
            "why": said(self.why),
            "hint": said(self.fix),
            "line": self.line,
            "column": self.column if self.line is not None else None,
        }
        kept = {name: value for name, value in members.items() if value is not None}
        return (json.dumps(kept, ensure_ascii=False) + "\n").encode()


def of_query(parts: Mapping[str, Any]) -> ProblemError:
    """Return the problem that a worker tells of a query, in the parts of an error."""
    if "not_taken" in parts:
        return not_acceptable(parts["not_taken"])
    if "memory" in parts:
        return out_of_memory()
    told = {name: parts[name] for name in ("code", "message", "why", "fix", "line", "column")}
    return ProblemError(**told, status=_STATUS.get(parts["class"], _MISTAKE))


def malformed(message: str, fix: str) -> ProblemError:
    """Return the problem of a request that is no query operation of the protocol."""
    return ProblemError("BRI800", message, fix=fix)


def over_time(seconds: float) -> ProblemError:
    """Return the problem of a query that was stopped; to ask again does not help, so no time is given."""
    return ProblemError(
        "BRI801",
        f"the query was stopped after {seconds:g} seconds",
        status=504,
        fix="ask for less: name a thing, or put a LIMIT inside the pattern that finds most",
    )


def not_acceptable(kind: str) -> ProblemError:
    """Return the problem of a client that takes no format there is for rows, triples or any; it lists them."""
    offers = {"rows": ROW_OFFERS, "triples": GRAPH_OFFERS}.get(kind, (*ROW_OFFERS, *GRAPH_OFFERS))
    listed = dict.fromkeys(offer.media_type for offer in offers)
    return ProblemError(
        "BRI802",
        "the answer is given in none of the formats that are asked for",
        status=406,
        fix=f"ask for one of: {', '.join(listed)}",
    )


def out_of_memory() -> ProblemError:
    """Return the problem of a query that needs more memory than one may have."""
    return ProblemError(
        "BRI805",
        "the query needs more memory than one query may have",
        status=507,
        fix="ask for less: sort, group or join fewer rows",
    )


def crowded() -> ProblemError:
    """Return the problem of a request that comes when too many wait already."""
    return ProblemError(
        "BRI806",
        "too many requests wait already",
        status=503,
        fix="ask again in some seconds",
        headers={"Retry-After": "5"},
    )


def not_allowed(methods: str) -> ProblemError:
    """Return the problem of a method that a resource does not have."""
    return ProblemError(
        "BRI807",
        f"this address takes {methods}, and no other method",
        status=405,
        headers={"Allow": methods},
    )


def wrong_media_type(message: str, fix: str, taken: str = "") -> ProblemError:
    """Return the problem of a body that comes as it is not taken; `taken` are the media types that are."""
    headers = {"Accept-Post": taken} if taken else {}
    return ProblemError("BRI808", message, status=415, fix=fix, headers=headers)


def body_too_large(most: int) -> ProblemError:
    """Return the problem of a body of more than so many bytes."""
    return ProblemError(
        "BRI809",
        f"the request is larger than {most:,} bytes",
        status=413,
        fix="ask in several queries",
    )


def url_too_long() -> ProblemError:
    """Return the problem of an address that is too long."""
    return ProblemError(
        "BRI810", "the address is too long", status=414, fix="send the query by POST"
    )


def headers_too_long() -> ProblemError:
    """Return the problem of headers that are too long together."""
    return ProblemError("BRI811", "the headers are too long", status=431, fix="send fewer of them")


def body_too_slow(seconds: float) -> ProblemError:
    """Return the problem of a body that was not here in time."""
    return ProblemError(
        "BRI812",
        f"the body was not here after {seconds:g} seconds",
        status=408,
        headers={"Connection": "close"},
    )


def not_found() -> ProblemError:
    """Return the problem of an address where nothing is."""
    return ProblemError(
        "BRI813",
        "there is nothing at this address",
        status=404,
        fix="the SPARQL endpoint is /sparql",
    )


def no_worker() -> ProblemError:
    """Return the problem of a query that could not be answered, although it may be right."""
    return ProblemError(
        "BRI814",
        "the query ended every process that tried to answer it",
        status=500,
        fix="write it in another way",
    )


def not_well() -> ProblemError:
    """Return the problem of a server whose store gives nothing."""
    return ProblemError("BRI815", "the store gives no triple", status=503)


def update_refused() -> ProblemError:
    """Return the problem of a request that would change data."""
    return ProblemError(
        "BRI816",
        "nothing is changed here",
        status=403,
        why="the graph that is served is a release, which only is read",
        fix="send a query as `query`",
    )


def ambiguous_head() -> ProblemError:
    """Return the problem of a head that two programs may read in two ways; the connection is closed."""
    return ProblemError(
        "BRI817",
        "the head of the request can be read in two ways",
        why="proxies and servers would differ on where it ends",
        fix="send Content-Length, Transfer-Encoding or Host once, and not both of the first two",
        headers={"Connection": "close"},
    )


def our_bug() -> ProblemError:
    """Return the problem of a bug of ours; what it is stands in the log."""
    return ProblemError(
        "BRI818", "a bug of ours", status=500, fix="report what you asked, and when"
    )
