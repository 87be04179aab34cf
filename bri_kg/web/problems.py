"""What a client is told where it gets no answer: a status for each reason, as `application/problem+json` (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, Final

from bri_kg.errors import BriKgError
from bri_kg.names import BASE

MEDIA_TYPE: Final = "application/problem+json"
Say = Callable[[str, str], str]
"""Puts an English text into a language."""

# By the class and code of an error of a query; what is not here is the client's own mistake.
_STATUS_BY_CODE: Final = {"BRI803": 422, "BRI804": 422, "BRI500": 500}
_REFUSED: Final = "RefusedError"


class ProblemError(BriKgError):
    """An error with its status, and headers of the answer that carries it."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        *,
        why: str | None = None,
        fix: str | None = None,
        line: int | None = None,
        column: int | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(code, message, why=why, fix=fix, line=line, column=column)
        self.status = status
        self.headers = dict(headers or {})

    def document(self, lang: str = "en", say: Say | None = None) -> bytes:
        """Return the problem as JSON, its texts in a language."""

        def said(text: str | None) -> str | None:
            return say(text, lang) if text and say else text

        members = {
            "type": f"{BASE}problem/{self.code}",
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
    code = parts["code"]
    if code == "BRI802":
        return not_acceptable(parts["kind"])
    if code == "BRI805":
        return out_of_memory()
    status = 403 if parts["class"] == _REFUSED else _STATUS_BY_CODE.get(code, 400)
    told = {name: parts[name] for name in ("why", "fix", "line", "column")}
    return ProblemError(status, code, parts["message"], **told)


def not_acceptable(kind: str) -> ProblemError:
    """Return the problem of a client that takes no format there is; it lists them."""
    from bri_kg.web.negotiation import GRAPH_OFFERS, ROW_OFFERS

    offers = ROW_OFFERS if kind == "rows" else GRAPH_OFFERS if kind == "triples" else ()
    listed = [offer.media_type for offer in offers or (*ROW_OFFERS, *GRAPH_OFFERS)]
    return ProblemError(
        406,
        "BRI802",
        "the answer is given in none of the formats that are asked for",
        fix=f"ask for one of: {', '.join(dict.fromkeys(listed))}",
    )


def over_time(seconds: float) -> ProblemError:
    """Return the problem of a query that was stopped; to ask again does not help, so no time is given."""
    return ProblemError(
        504,
        "BRI801",
        f"the query was stopped after {seconds:g} seconds",
        fix="ask for less: name a thing, or put a LIMIT inside the pattern that finds most",
    )


def out_of_memory() -> ProblemError:
    """Return the problem of a query that needs more memory than one may have."""
    return ProblemError(
        507,
        "BRI805",
        "the query needs more memory than one query may have",
        fix="ask for less: sort, group or join fewer rows",
    )


def crowded() -> ProblemError:
    """Return the problem of a request that comes when too many wait already."""
    return ProblemError(
        503,
        "BRI806",
        "too many requests wait already",
        fix="ask again in some seconds",
        headers={"Retry-After": "5"},
    )


def no_worker() -> ProblemError:
    """Return the problem of a query that could not be answered, although it may be right."""
    return ProblemError(
        500,
        "BRI814",
        "the query ended every process that tried to answer it",
        fix="write it in another way",
    )


def not_allowed(methods: str) -> ProblemError:
    """Return the problem of a method that a resource does not have."""
    return ProblemError(
        405,
        "BRI807",
        f"this address takes {methods}, and no other method",
        headers={"Allow": methods},
    )


def not_found() -> ProblemError:
    """Return the problem of an address where nothing is."""
    return ProblemError(
        404, "BRI813", "there is nothing at this address", fix="the SPARQL endpoint is /sparql"
    )


def our_bug() -> ProblemError:
    """Return the problem of a bug of ours; what it is stands in the log."""
    return ProblemError(500, "BRI500", "a bug of ours", fix="report what you asked, and when")
