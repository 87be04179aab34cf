"""What the beginning of a file tells of its syntax.

What is no RDF, or RDF in a syntax that is not read here, is recognized too and named with a tool
that converts it.
"""

from __future__ import annotations

import re
from typing import Final

import pyoxigraph as ox

from bri_kg.errors import InputError
from bri_kg.rdf.syntaxes import HEAD, RDF_ENDINGS

_ROBOT = "convert it first, for instance with `robot convert --input FILE --output file.ttl`"
_BLANK = rb"(?:\s|#[^\n]*(?:\n|$))*"
_XML = rb"\s*(?:<\?xml\b[^>]*>\s*)?(?:<!--.*?-->\s*|<\?.*?\?>\s*)*"
# What a head begins with, the syntax, and what turns it into one that is read.
_FOREIGN: Final = tuple(
    (re.compile(pattern, re.DOTALL | re.IGNORECASE), name, fix)
    for pattern, name, fix in (
        (_XML + rb"(?:<!doctype\s+html|<html\b)", "HTML (perhaps with RDFa)",
         "take the RDF out of it first, for instance with `rdfpipe` of rdflib or Apache Any23"),
        (_XML + rb"(?:<!DOCTYPE\s+(?:\w+:)?Ontology\b|<(?:\w+:)?Ontology\s)", "OWL/XML", _ROBOT),
        (_XML + rb"<(?:\w+:)?TriX\b", "TriX", "convert it first, for instance with `riot` of Apache Jena"),
        (_XML + rb"<sparql\b", "a result of SPARQL", "give an RDF file"),
        (_BLANK + rb"(?:Prefix\s*\(|Ontology\s*\()", "OWL functional syntax", _ROBOT),
        (_BLANK + rb"(?:Prefix:\s|Ontology:\s|Class:\s|ObjectProperty:\s|Individual:\s)",
         "Manchester syntax", _ROBOT),
        (rb"\s*(?:format-version:|\[Term\]|\[Typedef\])", "OBO format", _ROBOT),
        (rb"PK\x03\x04", "a zip archive", "unpack it and name the RDF files in it"),
        (rb"%PDF-", "PDF", "give an RDF file"),
        (rb"\$HDT", "HDT", "convert it first, for instance with `hdt2rdf`"),
        (_BLANK + rb"(?:(?:PREFIX|BASE)\b[^\n]*\n\s*)*"
         rb"(?:SELECT|ASK|CONSTRUCT|DESCRIBE|INSERT|DELETE)\b\s*(?:DATA\b|DISTINCT\b|WHERE\b|\?|\*|\{)",
         "a SPARQL query", "run it with `bri-kg query`; here an RDF file is wanted"),
    )
)  # fmt: skip
_TABLE = re.compile(rb"[^\n<{@_\"]*[\t,;][^\n<{@]*\r?\n[^\n<@]*[\t,;]")
_IS_XML = re.compile(_XML + rb"(?:<!DOCTYPE\s+[\w:-]+|<[\w-]+:RDF\b|<RDF\b)", re.DOTALL)
_ANY_XML = re.compile(rb"\s*<(?:\?xml\b|!--|!DOCTYPE\b)")
_IS_JSON = re.compile(rb"\s*(?:\{\s*[\"}]|\[\s*(?:\{\s*[\"}]|\]\s*$))")
_TERM = rb"(?:<[^<>\s]*>|_:[^\s<>\"]+)"
_STATEMENT = re.compile(
    _TERM + rb"[ \t]*<[^<>\s]*>[ \t]*(?:" + _TERM + rb"|\"(?:[^\"\\\r\n]|\\.)*\"(?:@[\w-]+|\^\^<[^<>\s]*>)?)"
    rb"[ \t]*(?:" + _TERM + rb")?[ \t]*\.[ \t]*(?:#[^\r\n]*)?"
)  # fmt: skip


def syntax_of(head: bytes, ending: str, name: str) -> ox.RdfFormat:
    """Return the syntax of a file that begins with `head` and whose name has this ending ("" for none).

    XML and JSON tell themselves; else the ending decides, and where it tells nothing the lines do.
    Raise InputError for what is not read here.
    """
    if _IS_XML.match(head):
        found = _foreign(head)
        if found is None:
            return ox.RdfFormat.RDF_XML
        raise _not_read(name, *found)
    if found := _foreign(head):
        raise _not_read(name, *found)
    if _IS_JSON.match(head):
        return ox.RdfFormat.JSON_LD
    by_ending = RDF_ENDINGS.get(ending)
    if by_ending == ox.RdfFormat.RDF_XML and not head.lstrip().startswith(b"<"):
        by_ending = None  # Turtle in a file called .owl
    if by_ending is not None:
        return by_ending
    if _ANY_XML.match(head):
        return ox.RdfFormat.RDF_XML
    if _TABLE.match(head) or ending in (".csv", ".tsv"):
        raise _not_read(
            name, "a table (CSV)", "map it to RDF first, for instance with CSVW or RML tools"
        )
    lines = [line.strip() for line in head.split(b"\n")[: -1 if len(head) >= HEAD else None]]
    told = [line for line in lines if line and not line.startswith(b"#")]
    if told and all(_STATEMENT.fullmatch(line) for line in told):
        return ox.RdfFormat.N_QUADS  # N-Triples are a part of it
    if not ending or RDF_ENDINGS.get(ending) or _looks_like_turtle(head):
        return ox.RdfFormat.TRIG  # Turtle is a part of it
    raise InputError(
        code="BRI273",
        message=f"{name!r} has an ending that names no RDF format, and its text tells none",
        fix="use one of "
        + ", ".join(RDF_ENDINGS)
        + ", with or without .gz, or give --input-format",
    )


def _looks_like_turtle(head: bytes) -> bool:
    return bool(re.match(_BLANK + rb"(?:@(?:prefix|base|version)\b|(?:PREFIX|BASE)\s)", head))


def _foreign(head: bytes) -> tuple[str, str] | None:
    return next(((name, fix) for pattern, name, fix in _FOREIGN if pattern.match(head)), None)


def _not_read(name: str, syntax: str, fix: str) -> InputError:
    return InputError(
        code="BRI215",
        file=name,
        message=f"the file is {syntax}, which is not read here",
        why="what is read: Turtle, TriG, N-Triples, N-Quads, RDF/XML and JSON-LD",
        fix=fix,
    )
