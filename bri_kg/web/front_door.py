"""What every request passes: bounds of its head, headers of every answer, problems in words, a line in the log."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Callable, MutableMapping
from typing import Any, Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bri_kg.plain import visible
from bri_kg.web.endpoint import LeftError
from bri_kg.web.negotiation import language
from bri_kg.web.problems import (
    MEDIA_TYPE,
    ProblemError,
    Spoken,
    ambiguous_head,
    headers_too_long,
    our_bug,
    url_too_long,
)
from bri_kg.web.serving_limits import Limits

Log = Callable[[dict[str, Any]], None]
_LANGUAGES: Final = ("en", "zh")
_EXPOSED: Final = (
    b"BRI-KG-Cut, BRI-KG-Release, Content-Length, ETag, Link, Location, Retry-After, Server-Timing"
)
_FOR_ALL: Final = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", _EXPOSED),
)
_NO_SNIFFING: Final = (b"x-content-type-options", b"nosniff")
_OWN: Final = b"cross-origin-resource-policy"  # of what no page of another site may read
_PREFLIGHT: Final = (
    (b"access-control-allow-methods", b"GET, HEAD, POST, OPTIONS"),
    (b"access-control-allow-headers", b"Accept, Content-Type, If-None-Match"),
    (b"access-control-max-age", b"86400"),
    (b"allow", b"GET, HEAD, POST, OPTIONS"),
)
_NO_PAGE: Final = b"default-src 'none'; frame-ancestors 'none'"
_SHOWN: Final = 300  # characters of a path or the name of a program in the log


def write_line(told: dict[str, Any]) -> None:
    """Write a request to standard error as one line of JSON."""
    sys.stderr.write(json.dumps(told, ensure_ascii=True) + "\n")
    sys.stderr.flush()


class FrontDoor:
    """Passes requests on to an application; whatever that raises becomes a problem, and never a traceback."""

    def __init__(
        self,
        app: ASGIApp,
        limits: Limits,
        base: str,
        log: Log | None = None,
        spoken: Spoken | None = None,
    ) -> None:
        self._app = app
        self._limits = limits
        self._base = base
        self._log = log
        self._spoken = spoken

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request (an ASGI application)."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answer = _Answer(scope, send, self._limits.silence)
        begun = time.perf_counter()
        try:
            await self._passed(scope, receive, answer)
        except LeftError:
            answer.status = answer.status or 499
        except Exception as error:
            if answer.status is not None:
                raise  # the connection is closed: what was sent is not taken for a whole answer
            problem = error if isinstance(error, ProblemError) else our_bug()
            if problem is not error:
                self._tell({"bug": f"{type(error).__name__}: {visible(str(error))}"})
            scope.setdefault("bri_kg", {})["code"] = problem.code
            await self._refuse(scope, answer, problem)
        finally:
            self._tell(_line(scope, answer, time.perf_counter() - begun))

    async def _passed(self, scope: Scope, receive: Receive, answer: _Answer) -> None:
        self._check_head(scope)
        if scope["method"] == "OPTIONS":
            await answer(_start(204, list(_PREFLIGHT)))
            await answer({"type": "http.response.body", "body": b""})
            return
        path = scope["path"]
        if self._base and (path == self._base or path.startswith(f"{self._base}/")):
            scope["root_path"] = self._base
        await self._app(scope, receive, answer)

    def _check_head(self, scope: Scope) -> None:
        names = [name for name, _ in scope["headers"]]
        url = len(scope.get("raw_path") or b"") + len(scope["query_string"])
        if url > self._limits.url:
            raise url_too_long()
        if sum(len(name) + len(value) for name, value in scope["headers"]) > self._limits.headers:
            raise headers_too_long()
        if b"transfer-encoding" in names and b"content-length" in names:
            raise ambiguous_head()
        if names.count(b"content-length") > 1 or names.count(b"host") > 1:
            raise ambiguous_head()

    async def _refuse(self, scope: Scope, answer: _Answer, problem: ProblemError) -> None:
        accepted = dict(scope["headers"]).get(b"accept-language", b"").decode("latin-1")
        lang = language(accepted, _LANGUAGES)
        body = problem.document(lang, self._spoken)
        headers = {
            "content-type": MEDIA_TYPE,
            "content-length": str(len(body)),
            "content-language": lang,
            "vary": "Accept, Accept-Encoding, Accept-Language",
            "cache-control": "no-store",
            **problem.headers,
        }
        raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        await answer(_start(problem.status, raw))
        shown = b"" if scope["method"] == "HEAD" else body
        await answer({"type": "http.response.body", "body": shown})

    def _tell(self, told: dict[str, Any]) -> None:
        if self._log is not None:
            self._log(told)


class _Answer:
    """An answer on its way: counts what is sent, and gives up a client that does not take it."""

    def __init__(self, scope: Scope, send: Send, silence: float) -> None:
        self._send = send
        self._silence = silence
        self._begun = time.perf_counter()
        self._is_head = scope["method"] == "HEAD"
        self.status: int | None = None
        self.sent = 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            took = (time.perf_counter() - self._begun) * 1000
            timing = (b"server-timing", f"total;dur={took:.1f}".encode())
            headers = [*message.get("headers", ()), _NO_SNIFFING, timing]
            if not any(name == _OWN for name, _ in headers):
                headers += _FOR_ALL
            if not any(name == b"content-security-policy" for name, _ in headers):
                headers.append((b"content-security-policy", _NO_PAGE))
            message = {**message, "headers": headers}
        else:
            self.sent += len(message.get("body", b""))
            if self._is_head:
                message = {**message, "body": b""}
        async with asyncio.timeout(self._silence):
            await self._send(message)


def _start(status: int, headers: list[tuple[bytes, bytes]]) -> Message:
    return {"type": "http.response.start", "status": status, "headers": headers}


def _line(scope: Scope, answer: _Answer, took: float) -> dict[str, Any]:
    headers: MutableMapping[bytes, bytes] = dict(scope["headers"])
    client = scope.get("client") or ("", 0)
    return {
        "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "client": client[0],
        "method": scope["method"],
        "path": scope["path"][:_SHOWN],
        "status": answer.status,
        "bytes": answer.sent,
        "ms": round(took * 1000, 1),
        "agent": headers.get(b"user-agent", b"").decode("latin-1")[:_SHOWN],
        **scope.get("bri_kg", {}),
    }
