"""Links to what has no address: a template that leads to None writes its words without a link."""

from __future__ import annotations

import re
from typing import Final

from jinja2.ext import Extension
from markupsafe import Markup

_LINK: Final = re.compile(r'\shref="\{\{((?:(?!\}\}).)+)\}\}"')


class AbsentLinks(Extension):
    """Reads `href="{{ address }}"` as an attribute that is left out where the address is None."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Return the text of a template with its links as calls of `href`."""
        return _LINK.sub(r"{{ href(\1) }}", source)


def href(address: str | None) -> Markup:
    """Return the attribute that leads to an address; none where there is nothing to lead to."""
    return Markup() if address is None else Markup(' href="{}"').format(address)
