"""Answers that are the same as long as the release is: with a tag, packed for whoever takes that."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from bri_kg.web.negotiation import takes_gzip

_FEW: Final = 600  # bytes that packing makes hardly fewer
_TAG: Final = re.compile(r'"[\x21\x23-\x7e\x80-\xff]*"')


def tag_of(*parts: str) -> str:
    """Return the entity tag of what is made from these parts, and from nothing else.

    It is weak (RFC 9110, 8.8.1): packed and not, an answer says the same.
    """
    whole = "".join(f"{len(part)}:{part}" for part in parts).encode("utf-8", "surrogatepass")
    return f'W/"{hashlib.sha256(whole).hexdigest()[:32]}"'


def has_still(request: Request, tag: str) -> bool:
    """Return whether the client holds what has this tag: `If-None-Match`, compared weakly."""
    given = request.headers.get("if-none-match", "")
    return given.strip() == "*" or tag.removeprefix("W/") in _TAG.findall(given)


def not_modified(tag: str, vary: str, release: str) -> Response:
    """Return the answer to a client that holds it still."""
    return Response(status_code=304, headers=_lasting(tag, vary, release))


def finished(
    request: Request,
    body: bytes,
    content_type: str,
    *,
    tag: str,
    vary: str,
    release: str,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return an answer, packed where the client takes it so; `vary` names the headers that chose it."""
    told = _lasting(tag, vary, release) | {"Content-Type": content_type} | dict(headers or {})
    if len(body) > _FEW and takes_gzip(request.headers.get("accept-encoding")):
        told["Content-Encoding"] = "gzip"
        body = gzip.compress(body, 6, mtime=0)
    return Response(body, headers=told)


def _lasting(tag: str, vary: str, release: str) -> dict[str, str]:
    return {
        "BRI-KG-Release": release,
        "ETag": tag,
        "Vary": f"{vary}, Accept-Encoding",
        "Cache-Control": "public, no-cache",
    }
