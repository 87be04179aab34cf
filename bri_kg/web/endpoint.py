"""The SPARQL endpoint: a request in, the whole answer of a worker out, or a problem. Nothing is evaluated here."""

from __future__ import annotations

import asyncio
import hashlib
import io
import json
import re
from collections.abc import Awaitable
from contextlib import suppress
from typing import IO, Final, TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from bri_kg.sparql.size_limits import LENGTH
from bri_kg.web.answer_cache import AnswerCache, Kept
from bri_kg.web.jobs import Job
from bri_kg.web.negotiation import GRAPH_OFFERS, ROW_OFFERS, Offer, taken, takes_gzip
from bri_kg.web.own_documents import EXAMPLES, SERVICE, VOID
from bri_kg.web.pool import OutOfMemoryError, OverTimeError, Pool
from bri_kg.web.problems import (
    body_too_large,
    body_too_slow,
    crowded,
    no_worker,
    not_acceptable,
    not_allowed,
    not_well,
    of_query,
    out_of_memory,
    over_time,
    wrong_media_type,
)
from bri_kg.web.protocol_requests import Asked, asked_by_body, asked_by_url
from bri_kg.web.serving_limits import Limits
from bri_kg.web.site import Site
from bri_kg.web.turns import CrowdedError
from bri_kg.web.worker_process import DiedError, Reply

ENDPOINT: Final = "/sparql"
_QUERY_METHODS: Final = "GET, HEAD, POST, OPTIONS"
_READ_METHODS: Final = "GET, HEAD, OPTIONS"
_VARY: Final = "Accept, Accept-Encoding"
_CHUNK: Final = 1 << 16
# What gives another answer each time. A name in a comment counts too: then nothing is kept, that is all.
_VOLATILE: Final = re.compile(r"\b(?:NOW|RAND|UUID|STRUUID)\b|\\u", re.IGNORECASE)
_TOLD: Final = "bri_kg"
Found = TypeVar("Found")


class Endpoint:
    """The endpoint of one release, and the documents that describe it."""

    def __init__(self, site: Site, pool: Pool, limits: Limits) -> None:
        self._site = site
        self._pool = pool
        self._limits = limits
        self._cache = AnswerCache(limits.cache)
        self._in_flight = 0

    async def sparql(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request to the endpoint (an ASGI application)."""
        request = Request(scope, receive)
        if request.method == "POST":
            content_type = request.headers.get("content-type", "")
            body = await body_of(request, self._limits)
            asked = asked_by_body(scope["query_string"], content_type, body)
        elif request.method in ("GET", "HEAD"):
            asked = asked_by_url(scope["query_string"])
        else:
            raise not_allowed(_QUERY_METHODS)
        if asked.query is None:
            address = self._site.public_url + ENDPOINT
            await self._document(request, f"{SERVICE} {address}", send)
            return
        if len(asked.query) > LENGTH.value:
            raise body_too_large(int(LENGTH.value))
        rows = taken(request.headers.get("accept"), ROW_OFFERS)
        triples = taken(request.headers.get("accept"), GRAPH_OFFERS)
        if rows is None and triples is None:
            raise not_acceptable("any")
        await self._answer(request, self._job(request, asked, rows, triples), rows, triples, send)

    async def void(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the description of the dataset."""
        await self._read(Request(scope, receive), VOID, send)

    async def examples(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the stored questions as `sh:SPARQLExecutable`."""
        await self._read(Request(scope, receive), EXAMPLES, send)

    async def health(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 200 where a worker finds a triple in the store, now."""
        request = Request(scope, receive)
        if request.method not in ("GET", "HEAD"):
            raise not_allowed(_READ_METHODS)
        job = Job(query="ASK { ?s ?p ?o }", rows="csv", seconds=self._limits.seconds)
        reply = await self._reply(request, job)
        if reply.body != b"true\r\n":
            raise not_well()
        text = json.dumps({"status": "ok", "release": self._site.release}) + "\n"
        headers = {"Cache-Control": "no-store"}
        response = Response(text, media_type="application/json", headers=headers)
        await response(scope, receive, send)

    async def _read(self, request: Request, name: str, send: Send) -> None:
        if request.method not in ("GET", "HEAD"):
            raise not_allowed(_READ_METHODS)
        await self._document(request, name, send)

    async def _document(self, request: Request, name: str, send: Send) -> None:
        accept = request.headers.get("accept")
        # A browser that looks at the bare endpoint takes what it can show.
        triples = taken(accept, GRAPH_OFFERS)
        if triples is None:
            raise not_acceptable("triples")
        job = self._job(request, Asked(""), None, triples)
        await self._answer(request, Job(**{**vars(job), "document": name}), None, triples, send)

    def _job(
        self, request: Request, asked: Asked, rows: Offer | None, triples: Offer | None
    ) -> Job:
        return Job(
            query=asked.query or "",
            default=asked.default,
            named=asked.named,
            rows=rows.format if rows else "",
            triples=triples.format if triples else "",
            packed=takes_gzip(request.headers.get("accept-encoding")),
            base=self._site.public_url + ENDPOINT,
            seconds=self._limits.seconds,
        )

    async def _answer(
        self, request: Request, job: Job, rows: Offer | None, triples: Offer | None, send: Send
    ) -> None:
        types = [offer.media_type if offer else "" for offer in (rows, triples)]
        key = _digest(job.to_bytes(), *types)
        is_kept = not _VOLATILE.search(job.query)
        tag = f'W/"{self._site.release[:16]}-{key[:24]}"'
        headers = {
            "Vary": _VARY,
            "Cache-Control": "public, no-cache" if is_kept else "no-store",
            "BRI-KG-Release": self._site.release,
        }
        if is_kept:
            headers["ETag"] = tag
            if request.method != "POST" and _is_known(request, tag):
                await Response(status_code=304, headers=headers)(
                    request.scope, request.receive, send
                )
                return
        found = self._cache.get(key) if is_kept else None
        told = {"cached": found is not None, "query": _digest(job.query.encode())[:16]}
        request.scope.setdefault(_TOLD, {}).update(told)
        if found is None:
            reply = await self._reply(request, job)
            offer = triples if reply.head["kind"] == "triples" else rows
            assert offer is not None
            found = reply_kept(reply, offer)
            if found is None:
                assert not isinstance(reply.body, bytes)
                with reply.body as file:
                    kept = Kept(offer.written, reply.head["packed"], b"")
                    await self._send(request, kept, file, reply.size, headers, send)
                return
            if is_kept:
                self._cache.put(key, found)
        await self._send(request, found, io.BytesIO(found.body), len(found.body), headers, send)

    async def _send(
        self,
        request: Request,
        kept: Kept,
        body: IO[bytes],
        size: int,
        headers: dict[str, str],
        send: Send,
    ) -> None:
        """Send a whole answer in parts: as fast as the client takes them, and no faster."""
        if self._in_flight + size > self._limits.in_flight:
            raise crowded()
        self._in_flight += size
        try:
            if kept.packed:
                headers["Content-Encoding"] = "gzip"
            headers |= {"Content-Type": kept.media_type, "Content-Length": str(size)}
            raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
            await send({"type": "http.response.start", "status": 200, "headers": raw})
            left = 0 if request.method == "HEAD" else size
            while left > _CHUNK:
                part = body.read(_CHUNK)
                left -= len(part)
                await send({"type": "http.response.body", "body": part, "more_body": True})
            await send({"type": "http.response.body", "body": body.read(left)})
        finally:
            self._in_flight -= size

    async def _reply(self, request: Request, job: Job) -> Reply:
        client = request.client.host if request.client else ""
        try:
            reply = await unless_left(request.receive, self._pool.answered(job, client))
        except CrowdedError:
            raise crowded() from None
        except OverTimeError:
            raise over_time(job.seconds) from None
        except OutOfMemoryError:
            raise out_of_memory() from None
        except DiedError:
            raise no_worker() from None
        if "error" in reply.head:
            raise of_query(reply.head["error"])
        return reply


class LeftError(Exception):
    """The client has closed the connection: there is nobody to answer."""


async def body_of(request: Request, limits: Limits) -> bytes:
    """Return the body of a request. Raise ProblemError where it is too large, too slow, or packed."""
    most = limits.largest_request
    encoding = request.headers.get("content-encoding", "identity")
    too_large = body_too_large(most)
    if encoding.lower() != "identity":
        raise wrong_media_type("a packed body is not taken", "send it as it is")
    stated = request.headers.get("content-length", "0")
    if len(stated) > 18 or int(stated) > most:
        raise too_large
    body = bytearray()
    try:
        async with asyncio.timeout(limits.silence):
            async for chunk in request.stream():
                body += chunk
                if len(body) > most:
                    raise too_large
    except TimeoutError:
        raise body_too_slow(limits.silence) from None
    return bytes(body)


async def unless_left(receive: Receive, work: Awaitable[Found]) -> Found:
    """Return what the work gives; cancel it and raise LeftError when the client leaves before."""
    task = asyncio.ensure_future(work)
    leaving = asyncio.ensure_future(_left(receive))
    try:
        await asyncio.wait({task, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            raise LeftError
        return task.result()
    finally:
        for other in (task, leaving):
            if not other.done():
                other.cancel()
                with suppress(asyncio.CancelledError):
                    await other


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def reply_kept(reply: Reply, offer: Offer) -> Kept | None:
    """Return a reply as the cache keeps it; None for one that is in a file."""
    if not isinstance(reply.body, bytes):
        return None
    return Kept(offer.written, reply.head["packed"], reply.body)


def _is_known(request: Request, tag: str) -> bool:
    """Return whether the client has this very answer: `If-None-Match`."""
    given = request.headers.get("if-none-match", "")
    return tag in (part.strip() for part in given.split(","))


def _digest(*parts: bytes | str) -> str:
    whole = b"\0".join(part if isinstance(part, bytes) else part.encode() for part in parts)
    return hashlib.sha256(whole).hexdigest()
