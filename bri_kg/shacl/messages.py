"""What a result says to people: the shape's own words, else a sentence of ours per constraint.

Never the engine's words: both engines say the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import pyoxigraph as ox

from bri_kg.names import shorten
from bri_kg.rdf.terms import Term
from bri_kg.shacl.look_up import SH, LookUp, Node
from bri_kg.shacl.sentences import BY_COUNT, OTHER, SENTENCES

_PLACE = re.compile(r"\{[?$](\w+)\}")
_VALIDATORS = ("validator", "nodeValidator", "propertyValidator")


def messages(
    shapes: LookUp, shape: Node, component: str, constraint: Node | None, bound: Mapping[str, str]
) -> tuple[ox.Literal, ...]:
    """Return what is said of a result, sorted: of the constraint, of the shape, of us.

    In: the shapes graph; the result's shape, component and constraint; what stands for `{$this}`,
    `{?value}` and `{?path}`. Parameters of the component are put in too. A variable that only
    the constraint's query binds stays as the message writes it.
    """
    said: list[ox.Literal] = []
    for node in (constraint, shape, *_validators(shapes, component)):
        said = [] if node is None else _literals(shapes, node, SH + "message")
        if said:
            break
    if not said:
        return _own(shapes, shape, component)
    bound = {**_parameters(shapes, shape, component), **bound}
    return tuple(sorted((_filled(text, bound) for text in said), key=str))


def described(shapes: LookUp, shape: Node) -> tuple[ox.Literal, ...]:
    """Return how to mend what breaks the shape: its sh:description, sorted, English first."""
    said = _literals(shapes, shape, SH + "description")
    return tuple(sorted(said, key=lambda text: (text.language != "en", str(text))))


def _own(shapes: LookUp, shape: Node, component: str) -> tuple[ox.Literal, ...]:
    name = component.removeprefix(SH).removesuffix("ConstraintComponent")
    parameter, en, zh = SENTENCES.get(name, OTHER)
    found = shapes.values(shape, SH + parameter) if parameter else [ox.NamedNode(component)]
    value = ", ".join(sorted(_named(term) for term in found))
    en, zh = BY_COUNT.get((name, value), (en, zh))
    # Not str.format: the value may be a pattern, with braces of its own.
    return (
        ox.Literal(en.replace("{0}", value), language="en"),
        ox.Literal(zh.replace("{0}", value), language="zh"),
    )


def _validators(shapes: LookUp, component: str) -> list[Node]:
    found = [ox.NamedNode(component)] if not component.startswith(SH) else []
    return [
        node
        for one in found
        for name in _VALIDATORS
        for node in shapes.values(one, SH + name)
        if not isinstance(node, ox.Literal)
    ]


def _parameters(shapes: LookUp, shape: Node, component: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for parameter in shapes.values(ox.NamedNode(component), SH + "parameter"):
        for path in shapes.values(parameter, SH + "path"):
            for value in shapes.values(shape, path.value)[:1]:
                found[re.split(r"[#/]", path.value)[-1]] = _named(value)
    return found


def _literals(shapes: LookUp, node: Node, iri: str) -> list[ox.Literal]:
    return [text for text in shapes.values(node, iri) if isinstance(text, ox.Literal)]


def _filled(text: ox.Literal, bound: Mapping[str, str]) -> ox.Literal:
    value = _PLACE.sub(lambda match: bound.get(match[1], match[0]), text.value)
    return ox.Literal(value, language=text.language) if text.language else ox.Literal(value)


def _named(term: Term) -> str:
    if isinstance(term, ox.NamedNode):
        return shorten(term.value)
    return term.value if isinstance(term, ox.Literal) else "without a name"
