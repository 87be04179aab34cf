"""What in a query would overflow the stack of an engine, or cost it time out of all proportion.

Engines parse and plan by recursion, and the order of joins is looked for by comparing all with
all. The limits stand well below what was seen to end a process or to take seconds; each is a
setting, and what would end the process cannot be set.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bri_kg.errors import InputError
from bri_kg.settings import Bound
from bri_kg.sparql.growth import largest_growth
from bri_kg.sparql.lexer import Token
from bri_kg.sparql.places import Place, places_by_reading

LENGTH: Final = Bound("BRI_KG_MAX_QUERY_LENGTH", "a query", "characters", 2_000_000)
DEPTH: Final = Bound(
    "BRI_KG_MAX_QUERY_DEPTH", "what is open at once in a query", "brackets", 200, 400
)
OPERATORS: Final = Bound(
    "BRI_KG_MAX_QUERY_OPERATORS", "operators of a query", "operators", 1000, 2000
)
CLAUSES: Final = Bound("BRI_KG_MAX_QUERY_CLAUSES", "clauses of a query", "clauses", 1000, 2000)
JOINS: Final = Bound(
    "BRI_KG_MAX_QUERY_JOINS", "what is joined in one group of a query", "patterns", 100
)
REPEATS: Final = Bound(
    "BRI_KG_MAX_QUERY_REPEATS", "repeated paths inside each other", "paths", 8, 20
)
GROWTH: Final = Bound(
    "BRI_KG_MAX_QUERY_GROWTH",
    "what the functions of a query make of a text",
    "times its length",
    1000,
)
QUERY_BOUNDS: Final = (LENGTH, DEPTH, OPERATORS, CLAUSES, JOINS, REPEATS, GROWTH)
_OPERATORS: Final = ("||", "&&", "!", "+", "-", "*", "/", "|", "^")
_CLAUSES: Final = frozenset(
    ("SELECT", "FILTER", "BIND", "AS", "VALUES", "OPTIONAL", "UNION", "MINUS", "EXISTS", "GRAPH")
)
_TERMS: Final = ("iri", "pname", "var", "bnode", "string", "number")
_BARRIERS: Final = ("OPTIONAL", "UNION", "MINUS", "EXISTS")
# How many joined patterns one of these turns into.
_QUOTED, _ANNOTATED = 3, 4


@dataclass(slots=True)
class _Frame:
    """An open bracket: ``{``, ``[`` or ``(`` of a pattern, or ``-`` where nothing is joined.

    ``joined`` counts what separates the patterns joined inside, and is one short of their number
    where the bracket ``holds_terms``; ``alone`` says that they are
    planned apart from those around; ``repeats`` counts paths repeated inside each other.
    """

    kind: str
    joined: int = 0
    alone: bool = False
    holds_terms: bool = False
    repeats: int = 0


def refuse_deep(text: str, *, file: str | None = None) -> None:
    """Refuse a text that would exhaust an engine, or that is no text at all.

    In: any text; ``file``, a name for the message. Out: nothing. Raises InputError (BRI106)
    where it holds a lone surrogate, or goes beyond one of `QUERY_BOUNDS`: too long, too many
    brackets open (``<<`` and ``{|`` count), too many operators or clauses, too many patterns
    joined in one group, paths repeated inside each other, or functions that multiply a text.
    """
    if len(text) > LENGTH.value:
        fix = _or_raised("load the values as data, and join the query with them", LENGTH)
        message = f"the query is longer than {LENGTH.value:,.0f} characters"
        raise InputError("BRI106", message, fix=fix, file=file)
    lone = re.search("[\ud800-\udfff]", text)
    if lone:
        line = text.count("\n", 0, lone.start()) + 1
        message = f"the query holds a lone surrogate, U+{ord(lone[0]):04X}, which is no character"
        raise InputError("BRI106", message, fix="send it as UTF-8", file=file, line=line)
    for _, places in places_by_reading(text):
        _refuse_deep(places, file)
        _refuse_many(places, file)
        _refuse_joins(places, file)
        _refuse_growth(places, file)


def _refuse_deep(places: Sequence[Place], file: str | None) -> None:
    quoted = set(_quotations(places, "<"))
    closed = set(_quotations(places, ">"))
    depth, deepest = 0, DEPTH.value
    for index, place in enumerate(places):
        depth = depth + 1 if index in quoted else max(0, depth - (index in closed))
        # To an engine without a tokenizer, "<((" can be a comparison.
        hidden = place.token.text.count("(") if place.token.kind == "iri" else 0
        if place.depth + depth + hidden >= deepest:
            why = "this would overflow the engine's stack"
            message = f"the query is nested deeper than {deepest:,.0f} brackets"
            raise _too_much(place.token, message, why, file, DEPTH)


def _quotations(places: Sequence[Place], sign: str) -> Iterator[int]:
    """Yield where ``<<`` or ``>>`` stand: two signs with nothing between, none of them used twice."""
    taken = -1
    for index, place in enumerate(places):
        token, after = place.token, place.after
        if token.text != sign or token.kind != "punct" or index == taken or after is None:
            continue
        if after.start == token.end and after.text.startswith(sign):
            taken = index + 1
            yield index


def _refuse_many(places: Sequence[Place], file: str | None) -> None:
    operators = clauses = 0
    most_operators, most_clauses = OPERATORS.value, CLAUSES.value
    for place in places:
        token = place.token
        operators += token.text in _OPERATORS and place.inner not in ("v", "r")
        clauses += token.kind == "word" and place.upper in _CLAUSES
        if not place.depth:  # what DESCRIBE names, and the conditions of HAVING
            clauses += place.clause == "DESCRIBE" and token.kind in _TERMS
            clauses += token.text == "(" and place.previous != "BY"
        if operators > most_operators:
            fix = "use IN for many alternatives, or ask in several queries"
            message = f"the query has more than {most_operators:,.0f} operators"
            raise _too_much(token, message, "planning it would take too long", file, OPERATORS, fix)
        if clauses > most_clauses:
            message = f"the query has more than {most_clauses:,.0f} clauses"
            raise _too_much(token, message, "planning it would take too long", file, CLAUSES)


def _refuse_joins(places: Sequence[Place], file: str | None) -> None:
    most_repeats, most_joined = REPEATS.value, JOINS.value
    frames = [_Frame("-")]
    quoted = set(_quotations(places, "<"))
    for index, place in enumerate(places):
        token, frame = place.token, frames[-1]
        text = token.text if token.kind == "punct" else ""
        if text and text in "([{":
            frames.append(_opened(places, index, frame))
        elif text and text in ")]}" and len(frames) > 1:
            frames.pop()
            repeats = frame.repeats + (frame.kind == "(" and place.following in ("*", "+", "?"))
            if repeats > most_repeats:
                message = (
                    f"the query repeats a path inside another more than {most_repeats:,.0f} times"
                )
                why = "the time for it doubles with each"
                raise _too_much(token, message, why, file, REPEATS, "(p*)* is the same as p*")
            frames[-1].repeats = max(frames[-1].repeats, repeats)
            apart = frame.alone or place.following == "UNION"
            frames[-1].joined += (
                1 if apart else frame.joined + (frame.holds_terms or frame.kind == "(")
            )
        elif frame.kind in "{[":
            frame.holds_terms = frame.holds_terms or token.kind in _TERMS
            frame.joined += text in (".", ";", ",", "/") and bool(text)
            frame.joined += token.kind == "word" and place.upper == "VALUES"
            frame.joined += _QUOTED * (index in quoted)
        elif frame.kind == "(":
            frame.joined += (token.kind in _TERMS) - (text == "|")
        if frames[-1].kind != "-" and frames[-1].joined > most_joined:
            message = f"the query joins more than {most_joined:,.0f} patterns in one group"
            why = "the time to plan a join grows with the fourth power of their number"
            fix = "put parts of the group into subqueries of their own: { SELECT * WHERE { … } }"
            raise _too_much(token, message, why, file, JOINS, fix)


def _refuse_growth(places: Sequence[Place], file: str | None) -> None:
    most = GROWTH.value
    found = largest_growth(places, most)
    if found:
        message = f"functions of the query make a text more than {most:,.0f} times as long"
        why = "each repeats what the one before made: this could fill the memory"
        raise _too_much(found, message, why, file, GROWTH)


def _opened(places: Sequence[Place], index: int, around: _Frame) -> _Frame:
    place = places[index]
    if place.token.text == "(":
        collection = around.kind != "-" and not _is_expression(places, index)
        return _Frame("(" if collection else "-")
    template = place.depth == 0 and place.clause == "CONSTRUCT"
    if template or place.inner == "v" or (place.token.text == "{" and _holds_values(places, index)):
        return _Frame("-")
    alone = place.following == "SELECT" or place.previous in _BARRIERS
    return _Frame(place.token.text, _ANNOTATED * (place.following == "|"), alone)


def _is_expression(places: Sequence[Place], index: int) -> bool:
    """Return whether ``(`` opens an expression or arguments, and no collection or path."""
    place = places[index]
    if place.before is None or place.before.kind == "word":
        return place.previous != "A"
    before = places[index - 2].upper if index > 1 else ""
    return before in ("FILTER", "HAVING", "BY")


def _holds_values(places: Sequence[Place], index: int) -> bool:
    return index + 1 < len(places) and places[index + 1].inner == "v"


def _too_much(
    token: Token,
    message: str,
    why: str,
    file: str | None,
    bound: Bound,
    fix: str = "simplify it, or ask in several queries",
) -> InputError:
    line, column = token.line, token.column
    fix = _or_raised(fix, bound)
    return InputError("BRI106", message, why=why, fix=fix, file=file, line=line, column=column)


def _or_raised(fix: str, bound: Bound) -> str:
    return f"{fix}; or {bound.raised}" if bound.raised else fix
