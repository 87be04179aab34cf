"""Styles, scripts and pictures of the pages: files that are the same as long as the version is."""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bri_kg.web.finished_answers import finished, has_still, not_modified, tag_of
from bri_kg.web.problems import not_found
from bri_kg.web.read_routes import read_route
from bri_kg.web.site import Site

_VARY: Final = "Accept"


def routes(site: Site) -> list[Route]:
    """Return the route of the assets."""

    async def answer(request: Request) -> Response:
        name = request.path_params["name"]
        body = asset(name)
        if body is None:
            raise not_found()
        tag = _tag(name)
        if has_still(request, tag):
            return not_modified(tag, _VARY, site.release)
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        written = f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
        return finished(request, body, written, tag=tag, vary=_VARY, release=site.release)

    return [read_route("/assets/{name:path}", answer)]


@cache
def asset_names() -> frozenset[str]:
    """Return the names of all assets, as pages write them."""
    return frozenset(_names(files("bri_kg.web") / "assets", ""))


@cache
def asset(name: str) -> bytes | None:
    """Return a file of `bri_kg/web/assets`, None for what is none of them."""
    return (files("bri_kg.web") / "assets" / name).read_bytes() if name in asset_names() else None


@cache
def _tag(name: str) -> str:
    return tag_of(name, hashlib.sha256(asset(name) or b"").hexdigest())


def _names(folder: Traversable, above: str) -> Iterator[str]:
    for one in folder.iterdir():
        if one.is_dir():
            yield from _names(one, f"{above}{one.name}/")
        else:
            yield above + one.name
