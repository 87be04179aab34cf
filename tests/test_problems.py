"""Errors over HTTP: RFC 9457."""

from __future__ import annotations

import json

from bri_kg.errors import QuerySyntaxError
from bri_kg.web.problems import problem, problem_of


def test_an_error_keeps_its_parts() -> None:
    error = QuerySyntaxError("BRI101", "no query", fix="write SELECT", line=2, column=5)
    answer = problem_of(error, 400, headers={"Vary": "Accept"}, parameter="query")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["vary"] == "Accept"
    assert answer.headers["cache-control"] == "no-store"
    assert json.loads(answer.body) == {
        "type": "about:blank",
        "title": "Bad Request",
        "status": 400,
        "detail": "no query",
        "code": "BRI101",
        "fix": "write SELECT",
        "line": 2,
        "column": 5,
        "parameter": "query",
    }


def test_what_was_asked_is_shown_and_does_nothing() -> None:
    held = json.loads(problem(404, "no \x1b[31m\x00 thing", why="a\u202eb").body)
    assert "\x1b" not in held["detail"] and "\x00" not in held["detail"]
    assert "\u202e" not in held["why"]
