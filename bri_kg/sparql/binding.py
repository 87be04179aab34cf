"""Values for the variables of a query, written into its text as constants.

Engines differ in what they make of a VALUES block: one refuses it, one reads everything before
it looks. A constant in place of a variable is the same to all. Where a constant may not stand,
the variable keeps its name and is bound by a block of one column.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from pyoxigraph import Literal, NamedNode

from bri_kg.errors import InputError, UsageError
from bri_kg.sparql.lexer import Token, decoded, is_iri, is_variable_name
from bri_kg.sparql.places import Place, form_place, places_of
from bri_kg.sparql.variables import (
    BOUND,
    COLUMN,
    GROUP_KEY,
    NODE,
    ORDER_KEY,
    SPARE,
    Occurrence,
    occurrences,
)

_Value = NamedNode | Literal
_Edit = tuple[int, int, str]
_OPENS = frozenset(" \t\r\n({[,")
_CLOSES = frozenset(" \t\r\n)}],;.")


def bind(text: str, values: Mapping[str, _Value]) -> str:
    """Return a query with variables given values.

    In: a SELECT, ASK, CONSTRUCT or DESCRIBE query; values by variable name, without ``?``. Out:
    the query that gives the same rows as with ``VALUES ?name { value }`` at the start of its
    outermost group, for each name: the value stands in place of the variable, in ``(value AS
    ?name)`` where that is a column. Variables of that name inside a subquery that does not
    project them are others, and stay; where one projects them with other columns of all its rows,
    the value stands inside it. Where a constant could not stand or would mean something
    else (``SELECT *``, MINUS, a variable that is assigned to, a literal as a subject, see
    ``occurrences``), the block is written. Nothing else of the text changes.

    One difference is left, in which engines differ too: a path that may have no step leads from
    a constant to itself, also where no triple holds the constant.

    Raise UsageError (BRI104) for a name that is no SPARQL variable or a value that is no IRI or
    literal, InputError (BRI105) where a block is needed and the query has no group for it.
    Standard: SPARQL 1.1, sections 10.2 and 18.2.
    """
    if not values:
        return text
    places = _places(text)
    given = frozenset(values)
    edits: list[_Edit] = []
    blocks: dict[str, str] = {}
    for name, value in sorted(values.items()):
        term = _term(name, value)
        found = _occurrences(text, name, given)
        if found is None or not all(_may_stand(value, occurrence) for occurrence in found):
            blocks[name] = f"VALUES ?{name} {{ {term} }}"
        else:
            edits += (_edit(text, places, each, name, term) for each in found)
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    if not blocks:
        return text
    return _with_block(text, " ".join(blocks.values()), places_of(decoded(text)))


# Values are given to stored queries, to the same ones again and again.
@lru_cache(maxsize=512)
def _places(text: str) -> tuple[Place, ...]:
    return places_of(decoded(text))


@lru_cache(maxsize=1024)
def _occurrences(text: str, name: str, given: frozenset[str]) -> tuple[Occurrence, ...] | None:
    found = occurrences(_places(text), name, given)
    return None if found is None else tuple(found)


def bind_each(text: str, name: str, terms: Iterable[NamedNode | Literal]) -> str:
    """Return a query that is to be answered for each of several values of one variable.

    In: a query as for `bind`; the name of a variable, without ``?``; its values. Out: the query
    with ``VALUES ?name { … }`` as the first element of its outermost group; with no values, a block
    that lets nothing through. Raises as `bind` does.
    """
    if not is_variable_name(name):
        raise _no_variable(name)
    listed = "".join(f" {_term(name, term)}" for term in terms)
    return _with_block(text, f"VALUES ?{name} {{{listed} }}", _places(text))


def _may_stand(value: _Value, occurrence: Occurrence) -> bool:
    return isinstance(value, NamedNode) or occurrence[2] != NODE


def _edit(
    text: str, places: Sequence[Place], occurrence: Occurrence, name: str, term: str
) -> _Edit:
    first, last, role = occurrence
    start, end = places[first].token.start, places[last].token.end
    written = {
        BOUND: "true",
        COLUMN: f"({term} AS ?{name})",
        ORDER_KEY: f"ASC({term})",
        GROUP_KEY: "",
        SPARE: "",
    }.get(role, term)
    # What stood apart as tokens must not run together: "?a<?b" is no "?a<<iri>".
    before = "" if text[start - 1 : start] in _OPENS else " "
    after = "" if text[end : end + 1] in _CLOSES else " "
    return start, end, before + written + after


def _with_block(text: str, block: str, places: Sequence[Place]) -> str:
    """Write a block as the first element of the outermost group.

    A group that is a subquery is put into braces of its own: no block can stand beside it.
    """
    start = _where_group(places)
    place = places[start]
    if not place.following.startswith("SELECT"):
        return f"{text[: place.token.end]} {block}{text[place.token.end :]}"
    closing = (other for other in places[start + 1 :] if other.token.text == "}")
    ends = (other.token.start for other in closing if other.depth == place.depth)
    end = next(ends, len(text))
    inner = text[place.token.end : end]
    # A comment in the last line of the group must not swallow the brace.
    return f"{text[: place.token.end]} {block} {{{inner}\n}}{text[end:]}"


def _no_variable(name: str) -> UsageError:
    message = f"{name!r} is not the name of a SPARQL variable"
    fix = "use letters, digits and underscores, without '?'"
    return UsageError("BRI104", message, fix=fix)


def _term(name: str, term: _Value) -> str:
    if not is_variable_name(name):
        raise _no_variable(name)
    text = str(term)
    if isinstance(term, Literal):
        # Where engines decode codepoint escapes first, "\\u0041" (a backslash and
        # "u0041") would lose its backslash: the u is written as an escape itself, and
        # with eight digits, since rdflib takes up to eight after \u as well.
        return re.sub(r"\\\\([uU])|\\u([0-9A-Fa-f]{4})|\\.", _guard_escape, text)
    if isinstance(term, NamedNode) and is_iri(text):
        return text
    raise UsageError("BRI104", f"the value of ?{name} is neither an IRI nor a literal: {text}")


def _guard_escape(match: re.Match[str]) -> str:
    if match[1]:
        return f"\\\\\\U{ord(match[1]):08X}"
    return f"\\U0000{match[2]}" if match[2] else match[0]


def _where_group(places: Sequence[Place]) -> int:
    """Return where the outermost WHERE group opens, as an index."""
    form = form_place(places)
    if form is None:
        raise _no_group("it is no SELECT, ASK, CONSTRUCT or DESCRIBE query", None)
    opens = [
        index
        for index, place in enumerate(places)
        if place.token.text == "{" and place.depth == 0 and place.token.start > form.token.start
    ]
    if form.upper == "CONSTRUCT":
        if form.following != "{":
            fix = "write CONSTRUCT { … } WHERE { … } instead of CONSTRUCT WHERE { … }"
            raise _no_group("the short form of CONSTRUCT cannot hold values", form.token, fix)
        opens = opens[1:]
    if not opens:
        raise _no_group("it has no WHERE { … }", form.token)
    return opens[0]


def _no_group(why: str, token: Token | None, fix: str | None = None) -> InputError:
    line, column = (token.line, token.column) if token else (None, None)
    message = "parameters cannot be bound in this query"
    return InputError("BRI105", message, why=why, fix=fix, line=line, column=column)
