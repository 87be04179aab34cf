"""The limits for files, queries, stores and the server, and what raises them: as rows and for people."""

from __future__ import annotations

from argparse import Namespace
from typing import Final

import pyoxigraph as ox

from bri_kg.answers.face_words import Both
from bri_kg.cli.messages.speaking import in_language
from bri_kg.cli.show.layout import Page
from bri_kg.cli.show.pages import page_for
from bri_kg.rdf.bounds import BOUNDS
from bri_kg.rdf.rows import Rows
from bri_kg.reasoner.allowance import INFERRED
from bri_kg.settings import Bound
from bri_kg.sparql.size_limits import QUERY_BOUNDS
from bri_kg.stores.request_limits import REQUEST_BOUNDS
from bri_kg.web.serving_limits import SERVING_BOUNDS

_ALL: Final = (*BOUNDS, INFERRED, *QUERY_BOUNDS, *REQUEST_BOUNDS, *SERVING_BOUNDS)
_HEADING: Final = "limits for files, queries and stores, raised by environment variables:"
_TOLD: Final[Both] = ("{what}: {default} {unit}", "{what}：{default}（{unit}）")
_FREE: Final[Both] = ("{what}: what is free", "{what}：默认为空闲内存")
_EXAMPLE: Final = f"{QUERY_BOUNDS[1].name}=300 bri-kg query FILE"


def limits_rows(args: Namespace) -> Rows:
    """Return a row for each limit: its variable, what it bounds, its unit, and its default where it has one."""
    rows = tuple(
        (
            ox.Literal(bound.name),
            ox.Literal(in_language(bound.what, args.lang)),
            ox.Literal(in_language(bound.unit, args.lang)),
            ox.Literal(round(bound.default)) if bound.is_bounded else None,
        )
        for bound in _ALL
    )
    return Rows(("variable", "what", "unit", "default"), rows)


def limits_page(args: Namespace) -> list[str]:
    """Return the limits as lines, each variable beside what it bounds and its default."""
    page = page_for(args)
    pairs = [(bound.name, _told(page, bound)) for bound in _ALL]
    heading = page.lines(in_language(_HEADING, args.lang))
    return [*heading, *page.pairs(pairs, indent=2), "", *page.lines(_EXAMPLE, indent=2)]


def _told(page: Page, bound: Bound) -> str:
    return page.say(
        _TOLD if bound.is_bounded else _FREE,
        what=in_language(bound.what, page.lang),
        default=f"{bound.default:,.0f}",
        unit=in_language(bound.unit, page.lang),
    )
