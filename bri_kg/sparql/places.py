"""The tokens of a query with what stands around them: brackets, clauses, prefixes, form.

All that the other modules know of the shape of a query is found here, without a parser.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from bri_kg.sparql.lexer import Reading, Token, decoded, lex, readings

_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_PROLOGUE = ("PREFIX", "BASE", "VERSION")
# Characters of a text of which what was found is kept: stored queries are asked again and again.
SHORT: Final = 5000
ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")


class Place(NamedTuple):
    """A token that is no comment, with what stands around it.

    ``depth`` counts the brackets open around it (a bracket has the depth of what it
    stands in); ``inner`` is the nearest of them: ``{``, ``[``, ``(``, or ``v`` and
    ``r`` for the data block of VALUES and a row of it; ``clause`` is the last word
    outside all brackets; ``header`` says that no ``{`` has been met yet.
    """

    token: Token
    before: Token | None
    after: Token | None
    depth: int
    inner: str
    clause: str
    header: bool

    @property
    def upper(self) -> str:
        """The token's text in capitals: keywords have no case."""
        return self.token.text.upper()

    @property
    def previous(self) -> str:
        """The text before the token, in capitals; empty at the start."""
        return self.before.text.upper() if self.before else ""

    @property
    def following(self) -> str:
        """The text after the token, in capitals; empty at the end."""
        return self.after.text.upper() if self.after else ""


@lru_cache(maxsize=1)
def places_by_reading(text: str) -> tuple[tuple[Reading, tuple[Place, ...]], ...]:
    """Return every reading of a text with its places; those of the last text are kept for the next guard."""
    return tuple((reading, places_of(reading)) for reading in readings(text))


# One query is looked at from several sides, one after the other.
@lru_cache(maxsize=2)  # as it is given, and with its values
def places_of(reading: Reading) -> tuple[Place, ...]:
    """Return the tokens of a reading without its comments, each in its place."""
    found = [token for token in lex(reading) if token.kind != "comment"]
    blocks = _data_blocks(found)
    places: list[Place] = []
    stack: list[str] = []
    clause, header = "", True
    for index, token in enumerate(found):
        bracket = token.text if token.kind == "punct" else ""
        if bracket and bracket in ")]}" and stack:
            stack.pop()
        before = found[index - 1] if index else None
        after = found[index + 1] if index + 1 < len(found) else None
        inner = stack[-1] if stack else ""
        places.append(Place(token, before, after, len(stack), inner, clause, header))
        if bracket and bracket in "([{":
            stack.append("v" if index in blocks else "r" if inner == "v" else bracket)
            header = header and bracket != "{"
        if token.kind == "word" and not stack:
            clause = token.text.upper()
    return tuple(places)


def _data_blocks(found: Sequence[Token]) -> set[int]:
    """Return where the braces of VALUES open: nothing but data stands inside."""
    blocks: set[int] = set()
    for index, token in enumerate(found):
        if token.kind != "word" or token.text.upper() != "VALUES":
            continue
        place = index + 1
        if place < len(found) and found[place].text == "(":
            place += 1
            while place < len(found) and found[place].kind == "var":
                place += 1
            place += place < len(found) and found[place].text == ")"
        elif place < len(found) and found[place].kind == "var":
            place += 1
        if place < len(found) and found[place].text == "{":
            blocks.add(place)
    return blocks


def prefix_of(token: Token) -> str:
    """Return the prefix of a prefixed name, without its colon."""
    return token.text.partition(":")[0]


def declared_prefixes(places: Sequence[Place]) -> dict[str, set[str]]:
    """Return every namespace that each prefix is declared for; an update may declare one twice."""
    declared: dict[str, set[str]] = {}
    for place in places:
        token, after = place.token, place.after
        if token.kind != "pname" or place.depth or after is None or after.kind != "iri":
            continue
        name = prefix_of(token)
        # An engine without a tokenizer takes "PREFIXex: <…>" for a declaration of ex:.
        if place.previous != "PREFIX":
            if not name.upper().startswith("PREFIX"):
                continue
            name = name[len("PREFIX") :]
        declared.setdefault(name, set()).add(iri_of(after))
    return declared


def resolved(token: Token, declared: Mapping[str, set[str]]) -> set[str]:
    """Return the IRIs that a prefixed name may stand for; none where its prefix is not declared."""
    prefix, _, local = token.text.partition(":")
    local = re.sub(r"\\(.)", r"\1", local)
    return {namespace + local for namespace in declared.get(prefix, ())}


def iri_of(token: Token) -> str:
    """Return the IRI that a token of kind ``iri`` holds."""
    return decoded(token.text).text[1:-1]


def query_form(text: str) -> str | None:
    """Return what a query asks for.

    In: a query. Out: ``SELECT``, ``ASK``, ``CONSTRUCT``, ``DESCRIBE``, or None where the
    text is none of these (SPARQL 1.1, section 16). Never fails.
    """
    place = form_place(places_of(decoded(text)))
    return place.upper if place else None


def form_place(places: Sequence[Place]) -> Place | None:
    """Return the place of the word that gives a query its form; None where there is no such word."""
    words = (place for place in places if place.token.kind == "word")
    first = next((place for place in words if place.upper not in _PROLOGUE), None)
    return first if first and first.upper in _FORMS and first.depth == 0 else None
