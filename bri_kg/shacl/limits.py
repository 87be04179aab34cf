"""Shapes that the fast engine does not apply as SHACL says, as far as the shapes alone tell.

`docs/upstream.md` says of each what the engine does, and how to see it. What depends on the data, too,
`misread` tells.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from bri_kg.rdf.terms import Term
from bri_kg.shacl.look_up import SH, LookUp
from bri_kg.shacl.patterns import read_pattern
from bri_kg.shacl.well_formed import named

if TYPE_CHECKING:
    from bri_kg.sparql.lexer import Token

# What SHACL 5.2.1 and its appendix A keep out of queries whose variables are bound beforehand.
_UNBINDABLE: Final = {"MINUS", "VALUES", "SERVICE"}
_BOUND: Final = {"this", "shapesGraph", "currentShape"}


def why_reference(shapes: LookUp) -> str | None:
    """Return why only the reference should apply these shapes, None where either may."""
    return next(_reasons(shapes), None)


def _reasons(shapes: LookUp) -> Iterator[str]:
    for node in shapes.subjects(SH + "pattern"):
        flags = "".join(flag.value for flag in shapes.values(node, SH + "flags")[:1])
        for pattern in shapes.values(node, SH + "pattern"):
            if read_pattern(pattern.value, flags).python is not None:
                yield f"the pattern {pattern} has look-around, a back-reference, or what is not XPath's"
    for node in shapes.subjects(SH + "closed"):
        if shapes.values(node, SH + "path"):
            yield f"the property shape {node} is closed"
    if any(shapes.subjects(SH + "propertyValidator")):
        yield "a component has a query for property shapes"
    for node in shapes.subjects(SH + "sparql"):
        for constraint in shapes.values(node, SH + "sparql"):
            if shapes.values(node, SH + "path") and _may_lack_a_value(shapes, constraint):
                yield f"the query of the property shape {node} gives no value, or not always"
    for name in ("select", "ask"):
        for node in shapes.subjects(SH + name):
            for query in shapes.values(node, SH + name):
                if _is_unbindable(query.value):
                    yield f"the query of {named(node)} has parts that SHACL does not allow"


def _tokens(query: str) -> list[Token]:
    from bri_kg import sparql  # few shapes hold a query

    return list(sparql.tokens(query))


def _may_lack_a_value(shapes: LookUp, constraint: Term) -> bool:
    for query in shapes.values(constraint, SH + "select"):
        words = [token.text for token in _tokens(query.value) if token.kind != "comment"]
        upper = [word.upper() for word in words]
        head = words[: words.index("{")] if "{" in words else words
        if not {"?value", "$value"}.intersection(head) or {"OPTIONAL", "UNION"}.intersection(upper):
            return True
    return False


def _is_unbindable(query: str) -> bool:
    words = [token for token in _tokens(query) if token.kind not in ("space", "comment")]
    texts = [token.text.upper() for token in words]
    if _UNBINDABLE.intersection(texts) or texts.count("SELECT") > 1:
        return True
    after = zip(texts, (token.text[1:] for token in words[1:]), strict=False)
    return any(text == "AS" and variable in _BOUND for text, variable in after)
