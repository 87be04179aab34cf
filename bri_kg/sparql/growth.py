"""How many times as long a query makes a text, by functions that put it beside itself.

``BIND (CONCAT(?a, ?a) AS ?b)`` doubles it; thirty of these, each on what the one before made, fill
any memory. What is reckoned here is what a query can make of a variable, whatever the data.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bri_kg.sparql.lexer import Token
from bri_kg.sparql.places import Place

_MULTIPLIES = ("CONCAT", "REPLACE", "ENCODE_FOR_URI")
_ESCAPED = 3  # characters that one is written in, at least
_USUAL = 1000  # characters of a text in the data: what is written in the query is measured by it
_PASSES = 64  # what selects first and binds later is found in as many steps as it is deep


@dataclass(slots=True)
class _Call:
    """An open bracket: the function before it, and how often each of its arguments repeats a text."""

    function: str
    sizes: list[float] = field(default_factory=lambda: [0.0])
    longest: int = 1  # of the texts among the arguments of REPLACE, from the third on

    @property
    def size(self) -> float:
        if self.function == "CONCAT":
            return sum(self.sizes)
        if self.function == "REPLACE":
            return self.sizes[0] * self.longest
        return max(self.sizes) * (_ESCAPED if self.function == "ENCODE_FOR_URI" else 1)


def largest_growth(places: Sequence[Place], most: float) -> Token | None:
    """Return the variable whose text becomes more than `most` times as long, None where none does.

    A variable may be bound before or after the place where it is used: subqueries say first what
    they select.
    """
    if not any(place.upper in _MULTIPLIES for place in places):
        return None
    growth: dict[str, float] = {}
    for _ in range(_PASSES):
        found = _bound(places, growth)
        for name, (size, token) in found.items():
            if size > most:
                return token
            if size > growth.get(name, 1.0):
                break
        else:
            break
        growth = {name: size for name, (size, _) in found.items()}
    return None


def _bound(places: Sequence[Place], growth: Mapping[str, float]) -> dict[str, tuple[float, Token]]:
    """Return how long each variable that is bound by AS becomes, given how long others are."""
    found: dict[str, tuple[float, Token]] = {}
    calls = [_Call("")]
    for place in places:
        token, call = place.token, calls[-1]
        if token.kind == "var":
            name = token.text[1:]
            if place.previous == "AS":
                size = max(call.size, found[name][0] if name in found else 0.0)
                found[name] = (size, token)
            else:
                size = found[name][0] if name in found else growth.get(name, 1.0)
                call.sizes[-1] = max(call.sizes[-1], size)
        elif token.text == "(":
            calls.append(_Call(place.previous))
        elif token.text == ")" and len(calls) > 1:
            calls.pop()
            calls[-1].sizes[-1] = max(calls[-1].sizes[-1], call.size)
        elif token.text == ",":
            call.sizes.append(0.0)
        elif token.kind == "string" and len(call.sizes) > 2 and call.function == "REPLACE":
            call.longest = max(call.longest, len(token.text) - 2)
        elif token.kind == "string":
            call.sizes[-1] = max(call.sizes[-1], 1.0, len(token.text) / _USUAL)
    return found
