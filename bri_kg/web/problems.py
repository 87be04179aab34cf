"""What went wrong, as `application/problem+json` (RFC 9457), from the errors that every face shows.

The type is `about:blank`: what tells problems apart is `code`, the same as on the command line.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from starlette.responses import Response

from bri_kg.errors import BriKgError
from bri_kg.plain import visible

PROBLEM: Final = "application/problem+json"


def problem(
    status: int,
    detail: str,
    *,
    headers: Mapping[str, str] | None = None,
    **members: object,
) -> Response:
    """Return the answer of this status that says what is wrong; further members, but for those that are None.

    Control characters of what was asked are made visible. No cache keeps it.
    """
    content: dict[str, object] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": visible(detail),
    }
    for name, value in members.items():
        if value is not None:
            content[name] = visible(value) if isinstance(value, str) else value
    return Response(
        json.dumps(content, ensure_ascii=False, indent=1) + "\n",
        status,
        {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", **(headers or {})},
        PROBLEM,
    )


def problem_of(
    error: BriKgError,
    status: int,
    *,
    headers: Mapping[str, str] | None = None,
    **members: object,
) -> Response:
    """Return the answer for an error: its code, why it is one, how to mend it, and where in the query."""
    return problem(
        status,
        error.message,
        headers=headers,
        code=error.code,
        why=error.why,
        fix=error.fix,
        line=error.line,
        column=error.column,
        **members,
    )
