"""The names of bri-kg: one base IRI, the same prefixes in every file and on the command line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from bri_kg.errors import UsageError

BASE: Final = "https://w3id.org/bri-kg/"
BRI: Final = BASE + "ontology#"
SHAPES: Final = BASE + "shapes#"
CLAIM: Final = BASE + "claim/"
SOURCE: Final = BASE + "source/"
QUANTITY: Final = BASE + "id/quantity/"
TIME: Final = BASE + "id/time/"
VOCABULARY: Final = BASE + "vocab/"
# Graphs that a load keeps for itself in a store at an address.
IN_STORES: Final = BASE + "store/"
SCRATCH: Final = IN_STORES + "scratch/"
"""What names the graphs in which a closure is made inside a store."""

_KINDS_OF_THING: Final = (
    "collection", "comparison", "document", "event", "facility", "group", "org", "person", "place",
    "programme", "project", "quantity", "reference", "time",
)  # fmt: skip
_SCHEMES: Final = (
    "accession", "challenge", "check", "comparator", "cooperation-kind", "counted-kind", "factuality",
    "gap", "identity-kind", "kind", "modality", "name-kind", "nature", "omission", "purpose", "rank",
    "role", "standing", "statement-kind", "theme", "unit",
)  # fmt: skip
_FOREIGN: Final = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "frapo": "http://purl.org/cerif/frapo/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "time": "http://www.w3.org/2006/time#",
    "vann": "http://purl.org/vocab/vann/",
    "void": "http://rdfs.org/ns/void#",
    "wd": "http://www.wikidata.org/entity/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

PREFIXES: Final[dict[str, str]] = {
    "bri": BRI,
    "bris": SHAPES,
    "bri-claim": CLAIM,
    **{f"bri-{kind}": f"{BASE}id/{kind}/" for kind in _KINDS_OF_THING},
    **{f"bri-{scheme}": f"{VOCABULARY}{scheme}/" for scheme in _SCHEMES},
    **_FOREIGN,
}

# The classes of claims that tell of what was once, within its time.
AT_ONE_TIME: Final = {BRI + name for name in ("CreationClaim", "EventClaim")}
# How far claims of what is so have come.
COME_ABOUT: Final = tuple(PREFIXES["bri-factuality"] + name for name in ("achieved", "ongoing"))

# The types of whole numbers in XML Schema (3.4.13 to 3.4.25), and the least and the greatest of each.
INTEGERS: Final[dict[str, tuple[int | None, int | None]]] = {
    "integer": (None, None),
    "nonNegativeInteger": (0, None), "positiveInteger": (1, None),
    "nonPositiveInteger": (None, 0), "negativeInteger": (None, -1),
    "long": (-(2**63), 2**63 - 1), "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1), "byte": (-128, 127),
    "unsignedLong": (0, 2**64 - 1), "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1), "unsignedByte": (0, 255),
}  # fmt: skip

_LOCAL_NAME = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.\-]*[A-Za-z0-9_\-])?")
_PASSAGE = re.compile(
    r"([a-z][a-z0-9+.-]*:[^#?]*/)source/([a-z0-9-]+)#char=(0|[1-9][0-9]{0,17}),([1-9][0-9]{0,17})"
)
_LONGEST_FIRST = sorted(PREFIXES.items(), key=lambda item: -len(item[1]))
# Namespaces of the collections that were opened, by their prefixes.
_COLLECTIONS: Final[dict[str, str]] = {}


# The first serves by default; the second is rdflib, pySHACL and owlrl.
ENGINES: Final = ("embedded", "reference")


def is_reference(engine: str) -> bool:
    """Return whether an engine of `ENGINES` is the reference. Raise UsageError for another name."""
    if engine not in ENGINES:
        raise UsageError(
            "BRI127", f"there is no engine {engine!r}", fix="use one of " + ", ".join(ENGINES)
        )
    return engine == "reference"


def shorten(iri: str) -> str:
    """Return `iri` as a prefixed name where one is legal Turtle, else unchanged."""
    for prefix, namespace in _LONGEST_FIRST:
        if iri.startswith(namespace) and _LOCAL_NAME.fullmatch(iri, len(namespace)):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def expand(name: str) -> str | None:
    """Return the IRI of a prefixed name with one of our prefixes, else None."""
    prefix, colon, local = name.partition(":")
    if not colon or prefix not in PREFIXES or local.startswith("//"):
        return None
    return PREFIXES[prefix] + local


def prefixes_under(prefix: str, namespace: str) -> dict[str, str]:
    """Return the prefixes of a collection: its names are built as ours are, under a namespace of its own."""
    return {
        prefix: namespace,
        f"{prefix}-term": f"{namespace}ontology#",
        f"{prefix}-shape": f"{namespace}shapes#",
        f"{prefix}-claim": f"{namespace}claim/",
        f"{prefix}-source": f"{namespace}source/",
        **{f"{prefix}-{kind}": f"{namespace}id/{kind}/" for kind in _KINDS_OF_THING},
        **{f"{prefix}-{scheme}": f"{namespace}vocab/{scheme}/" for scheme in _SCHEMES},
    }


def know_collection(prefix: str, namespace: str) -> None:
    """Let the names of a collection be found and shortened, in this process, by its own prefix.

    Of two collections with one prefix the last counts; names of the other stay whole.
    """
    if _COLLECTIONS.get(prefix) == namespace:
        return
    _COLLECTIONS[prefix] = namespace
    PREFIXES.update(prefixes_under(prefix, namespace))
    spaces.cache_clear()
    _LONGEST_FIRST[:] = sorted(PREFIXES.items(), key=lambda item: -len(item[1]))


def written_prefixes() -> dict[str, str]:
    """Return the prefixes that a file may declare, by name.

    Without those under which passages would be written with signs escaped: such names some engines
    silently fail to match.
    """
    before_passages = {*spaces(), *spaces("source/")}
    return {p: space for p, space in sorted(PREFIXES.items()) if space not in before_passages}


def is_named_here(iri: str, under: str = "") -> bool:
    """Return whether a name is ours, or of a collection that was opened; `under` is such as `claim/`."""
    return iri.startswith(spaces(under))


@cache
def spaces(*under: str) -> tuple[str, ...]:
    """Return our base and the namespaces of the collections that were opened, each with each of `under` behind it."""
    return tuple(base + part for base in (BASE, *_COLLECTIONS.values()) for part in under or ("",))


def collections_known() -> dict[str, str]:
    """Return the namespaces of the collections that were opened, by their prefixes, for another process."""
    return dict(_COLLECTIONS)


def collection_of(iri: str) -> str | None:
    """Return the prefix of the opened collection whose name this is, None for any other."""
    return next((p for p, space in _COLLECTIONS.items() if iri.startswith(space)), None)


def slug_of(source: str) -> str:
    """Return what a source is called: `cas-decade`, of a collection `lab:minutes`; the rest of any other IRI."""
    base, slash, name = source.rpartition("/source/")
    if base + "/" == BASE or not slash:
        return name.rsplit("/", 1)[-1]
    of = next((p for p, space in _COLLECTIONS.items() if space == f"{base}/"), None)
    return f"{of}:{name}" if of else source


def split_slug(slug: str) -> tuple[str, str, str]:
    """Return the prefix of the names beside a source, their base, and the name of the source alone."""
    prefix, colon, name = slug.partition(":")
    return (prefix, _COLLECTIONS[prefix], name) if colon else ("bri", BASE, slug)


def source_iri(slug: str) -> str:
    """Return the IRI of the source with this slug; that of a collection has its prefix before it."""
    if slug.partition(":")[0] not in _COLLECTIONS and ":" in slug:
        return slug
    _, base, name = split_slug(slug)
    return f"{base}source/{name}"


def passage_iri(slug: str, begin: int, end: int) -> str:
    """Return the IRI of a passage: an RFC 5147 character fragment, end exclusive."""
    return f"{source_iri(slug)}#char={begin},{end}"


def split_passage(iri: str) -> tuple[str, int, int] | None:
    """Return source slug, begin and end of a passage IRI, or None when it is not one of ours or of a collection."""
    match = _PASSAGE.fullmatch(iri)
    if match is None:
        return None
    slug = slug_of(f"{match[1]}source/{match[2]}")
    return None if "/" in slug else (slug, int(match[3]), int(match[4]))


def citation(slug: str, begin: int, end: int) -> str:
    """Return `cas-decade 3036–3249`: code points, the end exclusive."""
    return f"{slug} {begin}\N{EN DASH}{end}"


def nearest(name: str, known: Iterable[str], *, at_least: float = 0.6) -> str | None:
    """Return the known name that is spelt most like `name`, or None when none is near.

    Case does not count. `at_least` is the likeness asked for, from 0 to 1 (`difflib`'s ratio).
    """
    from difflib import get_close_matches

    folded: dict[str, str] = {}
    for other in known:
        key = other.casefold()
        folded[key] = min(other, folded.get(key, other))
    near = get_close_matches(name.casefold(), folded, n=1, cutoff=at_least)
    return folded[near[0]] if near else None
