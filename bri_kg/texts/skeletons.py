"""A skeleton for a new claim: what the shapes of its class ask for, ready to be filled in.

What must be there is a line with `<TODO>` (which `validate` reports as long as it stands);
what may be there is a comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

import pyoxigraph as ox

from bri_kg.errors import UsageError
from bri_kg.names import BRI, PREFIXES, VOCABULARY, expand, nearest, shorten, split_slug
from bri_kg.rdf.rows import Row, Rows
from bri_kg.stores.memory import Store

_CLASSES = """SELECT DISTINCT ?class WHERE {
  ?class rdfs:subClassOf bri:Claim . FILTER (?class != bri:Claim) } ORDER BY ?class"""

# The properties that the shapes of a class and of its superclasses name. A property that
# stands on a path of alternatives, or in one part of an sh:or, belongs to a choice.
_ASKED = """SELECT ?group ?property ?least ?fix ?scheme ?root ?of ?default ?fixed ?datatype
       ?isLiteral ?isBilingual ?title ?titleZh WHERE {
  ?class rdfs:subClassOf* ?target . ?node sh:targetClass ?target .
  { ?node sh:property ?shape
    BIND (?shape AS ?group) }
  UNION
  { ?node sh:or/rdf:rest*/rdf:first/sh:property ?shape
    BIND (?node AS ?group) }
  { ?shape sh:path ?property . FILTER (isIRI(?property)) }
  UNION
  { ?shape sh:path/sh:alternativePath/rdf:rest*/rdf:first ?property }
  OPTIONAL { ?shape sh:minCount ?least }
  OPTIONAL { ?shape sh:name ?title . FILTER (LANG(?title) = "en") }
  OPTIONAL { ?shape sh:name ?titleZh . FILTER (LANG(?titleZh) = "zh") }
  OPTIONAL { ?group sh:description ?fix . FILTER (LANG(?fix) = "en") }
  OPTIONAL { ?shape sh:node/sh:property [ sh:path skos:inScheme ; sh:hasValue ?scheme ] }
  OPTIONAL { ?shape sh:node/sh:property [ sh:path/sh:zeroOrMorePath skos:broader ; sh:hasValue ?root ] }
  OPTIONAL { ?shape sh:class ?of }
  OPTIONAL { ?shape sh:datatype ?datatype }
  OPTIONAL { ?shape sh:defaultValue ?default }
  OPTIONAL { ?shape sh:hasValue ?fixed }
  BIND (EXISTS { ?property a owl:DatatypeProperty } AS ?isLiteral)
  BIND (EXISTS { ?any sh:path ?property ; sh:languageIn ?languages } AS ?isBilingual)
} ORDER BY ?group ?property ?shape"""

# What every claim has stands last, its evidence at the very end.
_LAST = (BRI + "factuality", BRI + "rank", BRI + "evidence")
_FIRST = (BRI + "hasSubject",)

_THINGS = tuple(
    f"bri-{kind}"
    for kind in (
        "collection", "document", "event", "facility", "group", "org", "person", "place", "programme", "project",
    )
)  # fmt: skip
# Where the names of the values of a class stand; anything else may be any thing.
_KINDS = {
    "Actor": ("bri-group", "bri-org", "bri-person"),
    "Claim": ("bri-claim",),
    "Event": ("bri-event",),
    "Organization": ("bri-org",),
    "Passage": (),
    "Person": ("bri-person",),
    "Place": ("bri-place",),
    "Quantity": ("bri-quantity",),
    "TimeSpan": ("bri-time",),
}


@dataclass(frozen=True)
class Line:
    """One line of a skeleton: a property with the form of its value, and how to fill it in."""

    property: str
    value: str
    help: str
    required: bool
    alternatives: tuple[str, ...] = ()
    prefixes: frozenset[str] = frozenset()


def asked_of(store: Store, cls: str) -> Rows:
    """Return what the shapes of a class and of its superclasses ask for, one row a shape and property.

    `store` holds the ontology together with the shapes.
    """
    return store.select(_ASKED, {"class": ox.NamedNode(cls)})


def claim_class(store: Store, text: str) -> str:
    """Return the IRI of a class of claims, named as `CreationClaim`, `bri:CreationClaim` or `creation`.

    Raises UsageError with the nearest class.
    """
    classes = [str(row.value("class")) for row in store.select(_CLASSES)]
    by_name = {c.removeprefix(BRI).removesuffix("Claim").casefold(): c for c in classes}
    iri = expand(text) or text.strip("<>")
    name = iri.removeprefix(BRI).casefold().removesuffix("claim")
    if name in by_name:
        return by_name[name]
    near = nearest(name, by_name, at_least=0.5)
    raise UsageError(
        code="BRI250",
        message=f"{text!r} is no class of claims",
        fix=f"did you mean {by_name[near].removeprefix(BRI)}?"
        if near
        else "classes: " + ", ".join(c.removeprefix(BRI) for c in classes),
    )


def lines_for(store: Store, cls: str, slug: str) -> list[Line]:
    """Return the lines of a skeleton; `store` holds the ontology together with the shapes."""
    groups: dict[str, list[Row]] = {}
    of_property: dict[str, list[Row]] = {}
    for row in asked_of(store, cls):
        groups.setdefault(str(row.value("group")), []).append(row)
        of_property.setdefault(str(row.value("property")), []).append(row)
    lines: dict[str, Line] = {}
    for rows in groups.values():
        asked = {str(row.value("property")) for row in rows}
        needed = frozenset().union(*(_prefixes(of_property[name]) for name in asked))
        line = replace(_line(rows, slug), prefixes=needed)
        known = lines.get(line.property)
        # The shape of the class says more than the shape of every claim; both may ask for one property.
        if known is None or (line.required and not known.required):
            lines[line.property] = line
    return sorted(lines.values(), key=_place)


def write(cls: str, lines: Iterable[Line], slug: str) -> str:
    """Return the skeleton as Turtle, with the prefixes that its lines and what fills them in need."""
    lines = list(lines)
    asked: list[str] = []
    optional: list[str] = []
    for line in lines:
        if line.required:
            choice = f"or {' or '.join(line.alternatives)}: " if line.alternatives else ""
            asked += [f"    # TODO {choice}{line.help}", f"    {line.property} {line.value} ;"]
        else:
            optional.append(f"    # {line.property} {line.value} ; # {line.help}")
    # The evidence closes the claim, so that a line freed of its comment sign leaves it whole.
    prefix, base, name = split_slug(slug)
    *first, note, last = [f"{prefix}-claim:{name}-TODO a {shorten(cls)} ;", *asked]
    body = [*first, "    # What may be added:", *optional, note, last.removesuffix(";") + "."]
    used = frozenset({"bri", f"{prefix}-claim"}).union(*(line.prefixes for line in lines))
    return "\n".join([*_header(used, base), "", *body]) + "\n"


def _line(rows: list[Row], slug: str) -> Line:
    """Return the line for one shape, or for a choice between several; its first part is written."""
    written = list(dict.fromkeys(_written(row, slug) for row in rows))
    name, value = written[0]
    return Line(
        property=name,
        value=value,
        help=_help(rows[0]),
        required=any(_least(row) or row["fixed"] is not None for row in rows),
        alternatives=tuple(f"{n} {v}" for n, v in written[1:]),
    )


def _prefixes(rows: Iterable[Row]) -> frozenset[str]:
    """Return the prefixes of what can stand as the value of a property, by all that its shapes say of it."""
    rows = list(rows)
    if any(row.value("isLiteral") or row.value("isBilingual") for row in rows):
        return frozenset()
    classes = {str(row.value("of")).removeprefix(BRI) for row in rows if row["of"] is not None}
    parts = ("fixed", "default", "scheme", "root")
    named = {str(row.value(part)) for row in rows for part in parts if row[part] is not None}
    spaces = {p for p, space in PREFIXES.items() for iri in named if _is_in(iri, space)}
    kinds = {kind for cls in classes for kind in _KINDS.get(cls, _THINGS)}
    return frozenset(spaces | kinds) if classes or named else frozenset(_THINGS)


def _is_in(iri: str, space: str) -> bool:
    local = (iri + "/").removeprefix(space).rstrip("/")
    return (iri + "/").startswith(space) and "/" not in local


def _written(row: Row, slug: str) -> tuple[str, str]:
    name = str(row.value("property"))
    for given in ("fixed", "default"):
        if isinstance(row[given], ox.NamedNode):
            return shorten(name), shorten(str(row.value(given)))
    if row.value("of") == BRI + "Passage":
        return shorten(name), f"<source/{split_slug(slug)[2]}#char=BEGIN,END>"
    if row.value("isBilingual"):
        return shorten(name), '"TODO"@en , "TODO"@zh'
    if row.value("datatype") == PREFIXES["xsd"] + "boolean":
        return shorten(name), "true"
    if row.value("isLiteral"):
        return shorten(name), '"TODO"'
    return shorten(name), " , ".join(
        ["<TODO>", *(f"<TODO-{number}>" for number in range(2, _least(row) + 1))]
    )


def _least(row: Row) -> int:
    text = str(row.value("least") or 0)
    return int(text) if re.fullmatch(r"[0-9]{1,3}", text) else 0


def _help(row: Row) -> str:
    hints = [str(row.value("fix") or "").rstrip(".")]
    if scheme := row.value("scheme"):
        hints.append(f"bri-{str(scheme).removeprefix(VOCABULARY)}:…")
    if root := row.value("root"):
        hints.append(f"{shorten(str(root))} or narrower")
    if (cls := row.value("of")) and cls != BRI + "Passage":
        hints.append(f"a {shorten(str(cls))}")
    return "; ".join(hint for hint in hints if hint)


def _place(line: Line) -> tuple[int, str]:
    name = expand(line.property)
    if name in _LAST:
        return 2 + _LAST.index(str(name)), ""
    return (0 if name in _FIRST else 1), line.property


def _header(prefixes: frozenset[str], base: str) -> list[str]:
    return [
        f"@base <{base}> .",
        *(f"@prefix {prefix}: <{PREFIXES[prefix]}> ." for prefix in sorted(prefixes)),
    ]
