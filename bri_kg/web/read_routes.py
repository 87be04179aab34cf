"""Routes that are only read: any other method is a problem in words, and what is made is made in a thread."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from bri_kg.web.problems import not_allowed

Answer = Callable[[Request], Awaitable[Response]]
_READ: Final = ("GET", "HEAD")


def read_route(path: str, answer: Answer) -> Route:
    """Return the route of a path that answers GET and HEAD."""
    return Route(path, _Read(answer))


class _Read:
    """An ASGI application, which Starlette gives requests of every method."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] not in _READ:
            raise not_allowed(", ".join((*_READ, "OPTIONS")))
        response = await self._answer(Request(scope, receive))
        await response(scope, receive, send)
