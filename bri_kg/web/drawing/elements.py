"""Elements of SVG as text in which everything that is given is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

from bri_kg.plain import display_width, visible

LINE = 16.0
"""The height of a line of text, in units of a drawing."""
COLUMN = 7.6
"""About the width of a column of text."""
# Addresses of the web and those of the site itself; browsers take "\\" for "/".
_OTHER_SCHEME = re.compile(r"(?!https?://)[^/?#]*:|[\x00-\x20]|[/\\]{2}")


def element(name: str, *children: Markup | str, **attributes: object) -> Markup:
    """Return an element with its attributes and children; texts are escaped, None is left out.

    In names of attributes `_` stands for `-`, but at the end, where it is left out: `class_`.
    """
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_value(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    inside = "".join(
        escape(child if isinstance(child, Markup) else visible(child)) for child in children
    )
    return Markup(f"<{name}{told}>{inside}</{name}>")  # all of it was escaped above


def joined(parts: Iterable[Markup]) -> Markup:
    """Return elements one after the other."""
    return Markup("").join(parts)


def title(text: str) -> Markup:
    """Return the title of an element, which is its name for those who do not see it."""
    return element("title", text)


def link(
    address: str | None, *children: Markup, lang: str | None = None, **attributes: object
) -> Markup:
    """Return what leads to an address, or without one a plain group; only web addresses are followed."""
    if address and not _OTHER_SCHEME.match(address):
        return element("a", *children, href=address, lang=lang, **attributes)
    return element("g", *children, lang=lang, **attributes)


def lines_of_text(text: str, x: float, y: float, **attributes: object) -> Markup:
    """Return a text of several lines, the first with its base line at `y`."""
    spans = (
        element("tspan", line, x=x, dy=LINE if number else None)
        for number, line in enumerate(text.split("\n"))
    )
    return element("text", joined(spans), x=x, y=y, **attributes)


def width_of(text: str) -> float:
    """Return about how wide the widest line of a text is."""
    return max(display_width(line) for line in text.split("\n")) * COLUMN


def path(*steps: tuple[str, float] | tuple[str, float, float] | tuple[str | float, ...]) -> str:
    """Return the data of a path: letters and numbers in turn."""
    return " ".join(_value(part) for step in steps for part in step)


def _value(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    return visible(str(value))
