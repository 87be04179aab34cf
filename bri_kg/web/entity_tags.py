"""Entity tags: what was answered for this release need not be sent again (RFC 9110, 8.8.3 and 13.1.2)."""

from __future__ import annotations

import hashlib
import re
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

CACHED: Final = "public, max-age=60, must-revalidate"
_TAG: Final = re.compile(r'(?:W/)?("[\x21\x23-\x7e\x80-\xff]*")')


def entity_tag(*parts: str) -> str:
    """Return the tag of what is made from these parts, and from nothing else."""
    digest = hashlib.sha256(
        "".join(f"{len(part)}:{part}" for part in parts).encode("utf-8", "replace")
    )
    return f'"{digest.hexdigest()[:32]}"'


def has_still(request: Request, tag: str) -> bool:
    """Return whether the client holds what has this tag; a weak comparison, as If-None-Match asks for."""
    given = request.headers.get("if-none-match", "")
    return given.strip() == "*" or tag in _TAG.findall(given)


def not_modified(tag: str, vary: str) -> Response:
    """Return the answer to a client that holds it still."""
    return Response(status_code=304, headers={"ETag": tag, "Vary": vary, "Cache-Control": CACHED})
