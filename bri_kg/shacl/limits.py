"""Shapes on which the fast engine and the reference differ, as far as the shapes alone tell."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from bri_kg import sparql
from bri_kg.rdf.files import read_text
from bri_kg.shacl.document import Document, document_of
from bri_kg.shacl.fast import compile_shapes, validate_text
from bri_kg.shacl.look_up import RDF, SH, LookUp

# What SHACL 5.2.1 and its appendix A keep out of queries whose variables are bound beforehand.
_UNBINDABLE: Final = {"MINUS", "VALUES", "SERVICE"}
_BOUND: Final = {"this", "shapesGraph", "currentShape"}
# What one engine's regular expressions take as a set or a count, and the other's as characters.
_TOLD_APART = re.compile(r"\[\[|&&|--|~~|\{,")


def why_reference(shapes: Sequence[ox.Quad]) -> str | None:
    """Return why only the reference should apply these shapes, None where either may.

    Raises RefusedByEngineError where the fast engine does not take the rules of SHACL itself.
    """
    wanted = LookUp(shapes)
    return next(_reasons(wanted), None) or _ill_formed(shapes)


def _reasons(shapes: LookUp) -> Iterator[str]:
    if any(shapes.subjects(SH + "entailment")):
        yield "the shapes ask for an entailment regime"
    for node in shapes.subjects(RDF + "type"):
        types = shapes.values(node, RDF + "type")
        if ox.NamedNode(SH + "NodeShape") in types and shapes.values(node, SH + "path"):
            yield f"the node shape {node} has a path"
    for node in shapes.subjects(SH + "property"):
        for shape in shapes.values(node, SH + "property"):
            if not shapes.values(shape, SH + "path"):
                yield f"the property shape {shape} has no path"
    for node in shapes.subjects(SH + "pattern"):
        for pattern in shapes.values(node, SH + "pattern"):
            if _TOLD_APART.search(pattern.value):
                yield f"engines read the pattern {pattern} differently"
    for node in shapes.subjects(SH + "minLength"):
        if any(length.value.strip("+0") == "" for length in shapes.values(node, SH + "minLength")):
            yield f"{node} has a minimum length of 0, which pySHACL lets blank nodes have"
    for name in ("select", "ask"):
        for node in shapes.subjects(SH + name):
            for query in shapes.values(node, SH + name):
                if _is_unbindable(query.value):
                    yield f"the query of {node} has parts that SHACL does not allow"


def _is_unbindable(query: str) -> bool:
    words = [token for token in sparql.tokens(query) if token.kind not in ("space", "comment")]
    texts = [token.text.upper() for token in words]
    if _UNBINDABLE.intersection(texts) or texts.count("SELECT") > 1:
        return True
    after = zip(texts, (token.text[1:] for token in words[1:]), strict=False)
    return any(text == "AS" and variable in _BOUND for text, variable in after)


def _ill_formed(shapes: Sequence[ox.Quad]) -> str | None:
    """Ask the shapes for shapes, which pySHACL brings along; ill-formed ones each engine takes its own way."""
    package = importlib.util.find_spec("pyshacl")
    assert package is not None and package.origin is not None
    path = Path(package.origin).with_name("assets") / "shacl-shacl.ttl"
    rules = Document(
        read_text(path, "the rules of SHACL"), ox.RdfFormat.TURTLE, str(path), path.as_uri()
    )
    report = validate_text(compile_shapes(rules), document_of(shapes))
    if SH + "focusNode" in report:
        return "the shapes are not well-formed"
    return None
