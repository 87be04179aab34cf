r"""What a query may not do: ask an address over the network, or change data.

Two readings of one text are checked, since engines differ: section 19.2 decodes
``\uXXXX`` everywhere before parsing, some engines only inside strings and IRIs.
Engines without a tokenizer also take words apart that the grammar keeps together
(``SERVICEex:a`` as ``SERVICE ex:a``); such words count as doors too.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from bri_kg.errors import RefusedError
from bri_kg.sparql.lexer import Token, readings
from bri_kg.sparql.places import (
    ABSOLUTE,
    Place,
    declared_prefixes,
    iri_of,
    places_by_reading,
    prefix_of,
    resolved,
)

_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY")
_UPDATE_WORD = re.compile(
    rf"({'|'.join(_UPDATES)})(?:DATA|WHERE|SILENT|ALL|GRAPH|NAMED|DEFAULT|TO)*"
)
_DATASETS = ("FROM", "USING")
_DOORS = ("SERVICE", "LOAD", *_DATASETS)
_MODIFIERS = ("SILENT", "NAMED")
# Words after which a prefixed name may stand outside all brackets.
_NAME_FOLLOWS = (
    *("PREFIX", "FROM", "NAMED", "USING", "WITH", "GRAPH", "INTO", "TO"),
    *("ADD", "MOVE", "COPY", "LOAD", "SILENT"),
)
_WHY_DOOR = "no address is asked over the network unless the user asked for that very address"


class _Door(NamedTuple):
    """A token read as a keyword that makes an engine ask the address ``target``."""

    token: Token
    word: str
    target: Token | None

    @property
    def glued(self) -> bool:
        """Whether the keyword is only a part of the token."""
        return self.token.text.upper() != self.word


def refuse_network(
    text: str,
    *,
    allowed: frozenset[str] = frozenset(),
    file: str | None = None,
    datasets: bool = False,
) -> None:
    """Refuse a query or update that would make an engine ask an address.

    In: the text; ``allowed``, the absolute IRIs that the user asked for; ``file``, a
    name for the message; ``datasets``, whether FROM, FROM NAMED and USING may name any
    graph. That is so only for an engine that looks for it among its own graphs, as
    Oxigraph does; rdflib fetches it (``Dataset(default_union=…)`` or not), so that for it and
    for an engine that is not known ``datasets`` stays False. Out: nothing. Raises
    RefusedError (BRI101) at the first SERVICE, LOAD or, without ``datasets``, FROM, FROM
    NAMED, USING or USING NAMED whose address is not in ``allowed`` (prefixes of the text are
    resolved; a variable, a relative IRI or an undeclared prefix is never allowed).
    Standards: SPARQL 1.1 Query (13.2), Update (3.1), Federated Query.
    """
    words = tuple(word for word in _DOORS if not datasets or word not in _DATASETS)
    if not _may_say(text, words):
        return
    for reading, places in places_by_reading(text):
        declared = declared_prefixes(places)
        doors = _doors(places, declared, words)
        door = next((door for door in doors if not _is_allowed(door, declared, allowed)), None)
        unclear = _unclear(places, reading.text, words)
        if unclear and (door is None or unclear.start < door.token.start):
            raise _refused_unclear(unclear, file)
        if door:
            raise _refused_door(door, file)


def _may_say(text: str, words: Iterable[str]) -> bool:
    """Return whether some reading of a text holds one of these words at all; where none does, no token does."""
    uppers = [reading.text.upper() for reading in readings(text)]
    return any(word in upper for word in words for upper in uppers)


def _doors(
    places: Sequence[Place], declared: Mapping[str, set[str]], words: Sequence[str]
) -> Iterator[_Door]:
    for index, place in enumerate(places):
        if place.token.kind == "word":
            word = next((word for word in words if word in place.upper), None)
            target = _target(places, index)
            if word and _is_door(place, word, target):
                yield _Door(place.token, word, target)
        elif place.token.kind == "pname":
            word = _glued(place, declared, words)
            if word:
                yield _Door(place.token, word, None)


def _target(places: Sequence[Place], index: int) -> Token | None:
    place = places[index]
    if place.after is None or place.after.kind != "word":
        return place.after
    return places[index + 1].after if place.following in _MODIFIERS else None


def _is_door(place: Place, word: str, target: Token | None) -> bool:
    named = target is not None and target.kind in ("iri", "pname")
    if word == "SERVICE":
        return True
    if place.upper == word:
        return word == "LOAD" or named
    # "isFrom" in a pattern is a slip of the pen; outside one it can be "ASKFROM".
    return place.depth == 0 and named


def _glued(place: Place, declared: Mapping[str, set[str]], words: Sequence[str]) -> str | None:
    """Return the word that an engine without a tokenizer reads out of a name such as SERVICEex:a."""
    prefix = prefix_of(place.token).upper()
    if "SERVICE" in prefix and place.depth and place.following == "{":
        return None if place.previous == "GRAPH" else "SERVICE"
    word = next((word for word in words[1:] if word in prefix), None)
    return word if word and _is_stray(place, declared) else None


def _is_stray(place: Place, declared: Mapping[str, set[str]]) -> bool:
    """Return whether a prefixed name stands where the grammar has none, so that it is read apart."""
    if place.depth or place.following == "(" or place.previous in _NAME_FOLLOWS:
        return False
    if place.after is not None and place.after.kind == "iri" and place.token.text.endswith(":"):
        return False
    described = place.clause == "DESCRIBE" and place.previous != "*"
    return not (described and prefix_of(place.token) in declared)


def _is_allowed(door: _Door, declared: Mapping[str, set[str]], allowed: frozenset[str]) -> bool:
    if door.target is None:
        return False
    found = _addresses(door.target, declared)
    return bool(found) and all(ABSOLUTE.match(iri) and iri in allowed for iri in found)


def _addresses(token: Token, declared: Mapping[str, set[str]]) -> set[str]:
    """Return the IRIs that a token may stand for; none where that cannot be known."""
    if token.kind == "iri":
        return {iri_of(token)}
    if token.kind != "pname" or prefix_of(token).upper().startswith(_MODIFIERS):
        return set()
    return resolved(token, declared)


def _unclear(places: Sequence[Place], text: str, words: Sequence[str]) -> Token | None:
    """Return the first ``<…>`` that engines may read in two ways, where that could hide a door.

    ``(?a<?b&&'>'…)`` is an IRI to a tokenizer and a comparison to an engine without
    one; from there on the two disagree on what is a string. A scheme and ``//`` can
    only be an IRI, and inside VALUES nothing is compared.
    """
    upper = text.upper()
    if not any(word in upper for word in words):
        return None
    for place in places:
        token, before = place.token, place.before
        if token.kind != "iri" or place.inner != "(" or before is None:
            continue
        operand = before.kind != "punct" or before.text in ")]}"
        could_hide = re.search("['#)]", token.text)
        if operand and could_hide and not re.match(r"<[A-Za-z][\w+.\-]*://", token.text):
            return token
    return None


def _refused_door(door: _Door, file: str | None) -> RefusedError:
    token, word = door.token, door.word
    target = f" {door.target.text}" if door.target and door.target.kind != "punct" else ""
    if door.glued:
        message = f"{token.text} can be read as {word}, which asks an address over the network"
        fix = "rename the prefix, end the pattern before it with a '.', or write the words apart"
    elif word == "SERVICE":
        message = f"SERVICE{target} would send a part of the query to another server"
        fix = "take the SERVICE part out"
    elif word == "LOAD":
        message = f"LOAD{target} would fetch a document"
        fix = "fetch the document yourself and load the file"
    else:
        message = f"{word}{target} names a dataset that a store may fetch"
        fix = f"leave the {word} line out: the query runs on the loaded graph"
    return _refused("BRI101", message, _WHY_DOOR, fix, token, file)


def _refused_unclear(token: Token, file: str | None) -> RefusedError:
    message = f"{token.text} can be read as an IRI or as a comparison"
    why = "engines differ here, so what follows cannot be checked for use of the network"
    return _refused("BRI101", message, why, "put a space after '<'", token, file)


def _refused(
    code: str, message: str, why: str, fix: str, token: Token, file: str | None
) -> RefusedError:
    return RefusedError(
        code, message, why=why, fix=fix, file=file, line=token.line, column=token.column
    )


def refuse_updates(text: str, *, file: str | None = None) -> None:
    """Refuse a request that would change data.

    In: the text; ``file``, a name for the message. Out: nothing. Raises RefusedError
    (BRI102) where INSERT, DELETE, LOAD, CLEAR, DROP, CREATE, ADD, MOVE or COPY stands
    as an operation (SPARQL 1.1 Update, section 3), after a query too. Text that is no
    SPARQL at all passes: it is for the engine to say what is wrong with it.
    """
    if not _may_say(text, _UPDATES):
        return
    for _, places in places_by_reading(text):
        declared = declared_prefixes(places)
        for place in places:
            word = _update_word(place, declared)
            if word:
                message = f"{word} would change data"
                why = "a query only reads"
                fix = "write a SELECT, ASK, CONSTRUCT or DESCRIBE query"
                raise _refused("BRI102", message, why, fix, place.token, file)


def _update_word(place: Place, declared: Mapping[str, set[str]]) -> str | None:
    if place.depth:
        return None
    if place.token.kind == "word":
        match = _UPDATE_WORD.fullmatch(place.upper)
        return match[1] if match else None
    begins = place.clause in ("", "PREFIX", "BASE") or place.previous == ";"
    if place.token.kind == "pname" and begins and _is_stray(place, declared):
        prefix = prefix_of(place.token).upper()
        return next((word for word in _UPDATES if prefix.startswith(word)), None)
    return None
