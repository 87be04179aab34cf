"""What callers give: names, limits and languages, looked at before anything is done."""

from __future__ import annotations

import operator

import pyoxigraph as ox

from bri_kg.errors import UsageError


def name_of(given: object) -> str:
    """Return what a term of pyoxigraph or rdflib, or anything else, is called."""
    # A term of pyoxigraph writes itself with brackets or quotes; one of rdflib is a str.
    return given.value if isinstance(given, ox.NamedNode | ox.Literal) else str(given)


def check_limit(limit: object) -> None:
    """Raise UsageError for a limit that is neither None nor a whole number above 0."""
    try:
        number = None if limit is None else operator.index(limit)  # type: ignore[arg-type]
    except TypeError:
        number = 0
    if isinstance(limit, bool) or (number is not None and number < 1):
        raise UsageError(
            code="BRI125",
            message=f"the limit {limit!r} is no whole number above 0",
            fix="leave it out for all rows",
        )


def check_lang(lang: object) -> None:
    """Raise UsageError for a language that we do not speak."""
    if lang not in ("en", "zh"):
        raise UsageError(
            code="BRI124", message=f"there is no language {lang!r}", fix="use en or zh"
        )
