"""What crosses sources, planted: some small sources of two collections, with each way in which sources meet.

Every row of the table in docs/corpus.md stands here, and each mistake is named in `MISTAKES` with the
check that finds it and the node that it finds it at. Nothing here speaks of anything real.
"""

from __future__ import annotations

import hashlib
import re
from typing import Final

ONE, TWO = "https://example.org/corpus-one/", "https://example.org/corpus-two/"
LENGTH: Final = 500
_PREFIXES: Final = {
    "bri": "ontology#",
    **{
        f"bri-{name}": f"vocab/{name}/"
        for name in (
            "check", "comparator", "factuality", "kind", "modality", "name-kind", "nature",
            "omission", "rank", "role", "unit",
        )
    },
    "bri-quantity": "id/quantity/",
    "bri-time": "id/time/",
}  # fmt: skip
_KINDS: Final = ("org", "place", "programme", "group", "collection", "comparison", "reference")
_HEAD: Final = "".join(
    [
        *(f"@prefix {p}: <https://w3id.org/bri-kg/{local}> .\n" for p, local in _PREFIXES.items()),
        *(f"@prefix {kind}: <{ONE}id/{kind}/> .\n" for kind in _KINDS),
        f"@prefix two-org: <{TWO}id/org/> .\n@prefix two-programme: <{TWO}id/programme/> .\n",
        f"@prefix c: <{ONE}claim/> .\n@prefix d: <{TWO}claim/> .\n",
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n",
        "@prefix dcterms: <http://purl.org/dc/terms/> .\n",
    ]
)
_PASSAGE = re.compile(r"<([^<>]+#char=[0-9]+,[0-9]+)>")
_WHY: Final = 'bri:reason "a reason"@en , "缘由"@zh'
_ACCEPTED: Final = f" ; bri:acceptedDespite bri-check:label-of-two-things ; {_WHY}"

# Check or shape, and the node at which it finds something.
MISTAKES: Final = (
    ("claim-in-two-sources", f"{ONE}claim/plant-1-in-two-files"),
    ("claim-of-another-source", f"{ONE}claim/plant-1-of-another"),
    ("context-of-other-source", f"{ONE}claim/plant-2-cites"),
    ("left-out-and-cited", f"{ONE}source/plant-1#char=300,320"),
    ("passage-beyond-end", f"{ONE}source/plant-3#char=480,600"),
    ("uncompared-counts", f"{ONE}claim/plant-2-count"),
    ("uncompared-creation-times", f"{ONE}claim/plant-1-made"),
    ("contradiction-of-compatible-bounds", f"{ONE}id/comparison/plant-wrong"),
    ("label-of-two-things", f"{ONE}id/org/plant-a"),
    ("match-of-two-things", f"{ONE}id/org/plant-a"),
    ("outranks-itself", f"{ONE}claim/plant-1-round"),
    ("parts-swapped", f"{ONE}claim/plant-1-swapped"),
    ("whole-of-itself", f"{ONE}claim/plant-1-swapped"),
    ("restated-otherwise", f"{ONE}claim/plant-1-restates"),
    ("unknown-term", f"{ONE}claim/plant-1-misspelt"),
    ("contradiction", f"{ONE}id/org/plant-a"),
    ("contradiction", f"{ONE}id/collection/plant-both"),
    ("accepted-without-need", f"{ONE}claim/plant-3-accepted"),
    ("bris:Actor-label", f"{ONE}id/org/plant-twice"),
)
# Candidates for comparison: the check, its key, and the claims that it holds against each other.
CANDIDATES: Final = (
    (
        "other-number-in-other-source",
        "thing",
        f"{ONE}claim/plant-1-count",
        f"{ONE}claim/plant-2-count",
    ),
    ("listed-otherwise", "whole", f"{ONE}claim/plant-1-lists", f"{TWO}claim/plant-4-lists"),
    ("named-like-another", "label", f"{ONE}claim/plant-1-names", f"{ONE}claim/plant-3-of-longer"),
    (
        "same-number-of-other-kinds",
        "quantity",
        f"{ONE}claim/plant-1-other-kind",
        f"{TWO}claim/plant-4-other-kind",
    ),
    (
        "same-count-of-other-things",
        "quantity",
        f"{ONE}claim/plant-1-like",
        f"{TWO}claim/plant-4-like",
    ),
    ("other-number-of-one-kind", "kind", f"{ONE}claim/plant-1-rare", f"{TWO}claim/plant-4-rare"),
)
# Of two bodies, which other sources tell: so that no check holds them against each other.
NO_CANDIDATE: Final = (f"{ONE}claim/plant-1-seats", f"{TWO}claim/plant-4-seats")


def files() -> dict[str, str]:
    """Return the planted files by their path: `one/…` and `two/…` are the collections."""
    texts = _texts()
    for collection, base in (("one", ONE), ("two", TWO)):
        cited = {p for text in texts.values() for p in _PASSAGE.findall(text) if p.startswith(base)}
        texts[f"{collection}/graph/passages.ttl"] = "".join(map(_sealed, sorted(cited)))
    return {name: _HEAD + text for name, text in texts.items()}


def _sealed(passage: str) -> str:
    return f'<{passage}> bri:sha256 "{hashlib.sha256(passage.encode()).hexdigest()}" .\n'


def _claim(name: str, kind: str, parts: str, passage: str, rank: str = "normal") -> str:
    """A claim; `passage` is such as `1#0,20`, of the source plant-1, and further ones follow after a blank."""
    return (
        f"{name} a bri:{kind} ; {parts} ; bri:factuality bri-factuality:achieved ; "
        f"bri:rank bri-rank:{rank} ; bri:evidence {' , '.join(map(_passage, passage.split()))} .\n"
    )


def _passage(short: str) -> str:
    number, span = short.split("#")
    return f"<{TWO if number == '4' else ONE}source/plant-{number}#char={span}>"


def _member(name: str, who: str, body: str, passage: str) -> str:
    return _claim(name, "MembershipClaim", f"bri:hasSubject {who} ; bri:hasObject {body}", passage)


def _part(name: str, what: str, whole: str, passage: str) -> str:
    parts = f"bri:hasSubject {what} ; bri:hasObject {whole} ; bri:role bri-role:part"
    return _claim(name, "StructureClaim", parts, passage)


def _made(name: str, what: str, by: str, role: str, passage: str, more: str = "") -> str:
    parts = f"bri:hasSubject {what} ; bri:hasAgent {by} ; bri:role bri-role:{role} ; bri:hasTime bri-time:2001"
    return _claim(name, "CreationClaim", parts + more, passage)


def _located(name: str, what: str, place: str, passage: str) -> str:
    parts = f"bri:hasSubject {what} ; bri:hasPlace {place} ; bri:role bri-role:location"
    return _claim(name, "LocationClaim", parts, passage)


def _count(
    name: str, what: str, quantity: str, passage: str, more: str = "", kind: str = "overseas-centre"
) -> str:
    counted = f"bri:countedKind bri-kind:{kind}"
    parts = f"bri:hasSubject {what} ; {counted} ; bri:hasQuantity bri-quantity:{quantity}"
    return _claim(name, "QuantityClaim", parts + more, passage)


def _thing(name: str, kind: str, label: str, more: str = "") -> str:
    return (
        f'{name} a bri:{kind} ; skos:prefLabel "{label}"@en , "植入 {label}"@zh ; '
        f"dcterms:source reference:plant{more} .\n"
    )


def _source(base: str, number: int) -> str:
    iri = f"<{base}source/plant-{number}>"
    digest = hashlib.sha256(iri.encode()).hexdigest()
    return (
        f'{iri} a bri:Source ; skos:prefLabel "planted text {number}"@en , "植入文本 {number}"@zh ; '
        f'dcterms:title "Planted {number}"@en ; dcterms:language "en" ; bri:fileName "plant-{number}.txt" ; '
        f'bri:characterCount {LENGTH} ; bri:sha256 "{digest}" .\n'
    )


def _texts() -> dict[str, str]:
    inferred = f" ; bri:modality bri-modality:inferred ; {_WHY}"
    return {
        "one/graph/sources.ttl": "".join(_source(ONE, number) for number in (1, 2, 3)),
        "two/graph/sources.ttl": _source(TWO, 4),
        # A passage that states nothing, which another source's file cites.
        "one/graph/omissions.ttl": f"{_passage('1#300,320')} bri:omissionReason bri-omission:navigation .\n",
        "one/graph/entities/some.ttl": "".join([
            'reference:plant a bri:Reference ; dcterms:title "planted"@en , "植入"@zh ; '
            "dcterms:license <https://creativecommons.org/licenses/by/4.0/> .\n",
            *(_thing(f"programme:plant-{n}", "Programme", f"planted programme {n}") for n in range(1, 5)),
            *(_thing(f"org:plant-{n}", "Organization", f"planted body {n}") for n in "bcdefgh"),
            # Two things with one name and one match elsewhere; the first is also taken for a place, by two sources.
            _thing("org:plant-a", "Organization", "planted namesake", " ; skos:exactMatch <https://example.org/same>"),
            _thing("org:plant-z", "Organization", "planted namesake", " ; skos:exactMatch <https://example.org/same>"),
            # Two that are accepted to have one name.
            _thing("org:plant-x", "Organization", "planted pair", _ACCEPTED),
            _thing("org:plant-y", "Organization", "planted pair"),
            _thing("collection:plant-both", "Collection", "planted set"),
            *(_thing(f"collection:plant-{n}", "Collection", f"planted places {n}") for n in (1, 2)),
            _thing("org:plant-long", "Organization", "planted school of the north"),
            # Told twice, under two names, in two files.
            _thing("org:plant-twice", "Organization", "planted once"),
            _thing("org:plant-missing", "Organization", "planted rightly spelt"),
            _thing("place:plant-1", "Place", "planted place 1", " ; bri:isWithin place:plant-2"),
            _thing("place:plant-3", "Place", "planted place 3", " ; bri:isWithin place:zz-plant-4"),
        ]),
        "one/graph/entities/others.ttl": "".join([
            _thing("org:plant-twice", "Organization", "planted twice"),
            _thing("place:plant-2", "Place", "planted place 2", " ; bri:isWithin place:plant-3"),
            _thing("place:zz-plant-4", "Place", "planted place 4"),
        ]),
        "one/graph/comparisons.ttl": (
            'comparison:plant-wrong a bri:Comparison ; skos:prefLabel "planted comparison"@en , "植入比较"@zh ; '
            "bri:compares c:plant-1-many , c:plant-2-many ; bri:nature bri-nature:contradiction ; "
            f"{_WHY} .\n"
        ),
        "one/graph/claims/plant-1.ttl": "".join([
            _part("c:plant-1-chain", "programme:plant-1", "programme:plant-2", "1#0,10"),
            _member("c:plant-1-silenced", "org:plant-b", "org:plant-c", "1#10,20"),
            _member("c:plant-1-same", "org:plant-d", "org:plant-c", "1#20,30"),
            _made("c:plant-1-in-two-files", "programme:plant-1", "org:plant-b", "founder", "1#30,40"),
            _made("c:plant-1-founded", "programme:plant-2", "org:plant-e", "founder", "1#40,50"),
            _made("c:plant-1-made", "programme:plant-3", "org:plant-e", "founder", "1#50,60"),
            _located("c:plant-1-located", "programme:plant-1", "org:plant-a", "1#60,70"),
            _located("c:plant-1-held", "programme:plant-2", "collection:plant-both", "1#70,80"),
            _count("c:plant-1-count", "org:plant-c", "exactly-10", "1#80,90"),
            _count("c:plant-1-many", "org:plant-d", "more-than-80", "1#90,100"),
            _count("c:plant-1-restates", "org:plant-e", "exactly-7", "1#100,110", " ; bri:restates c:plant-2-restated"),
            _member("c:plant-1-swapped", "org:plant-f", "org:plant-g", "1#110,120"),
            _member("c:plant-1-misspelt", "org:plant-misssing", "org:plant-c", "1#120,130"),
            _member("c:plant-1-round", "org:plant-h", "org:plant-c", "1#130,140").replace(
                " .\n", f" ; bri:outranks c:plant-2-round ; {_WHY} .\n"),
            # Inferred here and stated there; inferred by two; inferred here alone, of what holds both ways.
            _made("c:plant-1-inferred", "programme:plant-4", "org:plant-g", "founder", "1#140,150", inferred),
            _made("c:plant-1-only-inferred", "programme:plant-4", "org:plant-h", "founder", "1#150,160", inferred),
            _claim("c:plant-1-together", "CooperationClaim", f"bri:hasParty org:plant-b , org:plant-h{inferred}",
                   "1#160,170"),
            # Candidates: lists of one whole, a name with which another begins, counts of one number and of one kind.
            _member("c:plant-1-lists", "org:plant-b , org:plant-e", "org:plant-a", "1#200,210"),
            _claim("c:plant-1-names", "NameClaim", "bri:hasSubject org:plant-g ; bri:kind bri-name-kind:full ; "
                   'bri:name "Planted School"@en', "1#210,220"),
            _count("c:plant-1-other-kind", "org:plant-d", "exactly-4321", "1#220,230", kind="data-centre"),
            _count("c:plant-1-like", "org:plant-d", "exactly-1234", "1#230,240", kind="base-station"),
            _count("c:plant-1-rare", "org:plant-h", "exactly-77", "1#240,250", kind="cloud-platform"),
            _count("c:plant-1-seats", "collection:plant-1", "exactly-31", "1#250,260", kind="action-plan"),
            # A foreign name: here it founds, there it is a member.
            _made("c:plant-1-foreign", "<https://example.org/elsewhere/plan>", "org:plant-b", "founder", "1#170,180"),
        ]),
        "one/graph/claims/plant-2.ttl": "".join([
            _part("c:plant-2-chain", "programme:plant-2", "programme:plant-3", "2#0,10"),
            _member("c:plant-2-outranks", "org:plant-b", "org:plant-d", "2#10,20").replace(
                " .\n", f" ; bri:outranks c:plant-1-silenced ; {_WHY} .\n"),
            _member("c:plant-2-same", "org:plant-d", "org:plant-c", "2#20,30"),
            _made("c:plant-1-in-two-files", "programme:plant-1", "org:plant-c", "founder", "2#30,40"),
            _made("c:plant-2-created", "programme:plant-2", "org:plant-e", "creator", "2#40,50"),
            _made("c:plant-2-made", "programme:plant-3", "org:plant-e", "founder", "2#50,60").replace("2001", "2005"),
            _located("c:plant-2-located", "programme:plant-3", "org:plant-a", "2#60,70"),
            _member("c:plant-2-member", "collection:plant-both", "org:plant-c", "2#70,80"),
            _count("c:plant-2-count", "org:plant-c", "exactly-12", "2#80,90"),
            _count("c:plant-2-many", "org:plant-d", "more-than-90", "2#90,100"),
            _count("c:plant-2-restated", "org:plant-e", "exactly-8", "2#100,110"),
            _member("c:plant-2-swapped", "org:plant-g", "org:plant-f", "2#110,120"),
            _member("c:plant-2-misspelt", "org:plant-misssing", "org:plant-d", "2#120,130"),
            _member("c:plant-2-round", "org:plant-h", "org:plant-d", "2#130,140").replace(
                " .\n", f" ; bri:outranks c:plant-3-round ; {_WHY} .\n"),
            _made("c:plant-2-stated", "programme:plant-4", "org:plant-g", "founder", "2#140,150"),
            _member("c:plant-2-cites", "org:plant-e", "org:plant-c", "2#150,160").replace(
                " .\n", f" ; bri:hasContext {_passage('1#300,320')} , {_passage('3#480,600')} .\n"),
            _member("c:plant-1-of-another", "org:plant-e", "org:plant-d", "2#160,170"),
            _member("c:plant-2-places", "collection:plant-1", "org:plant-c", "2#250,260"),
            _member("c:plant-2-foreign", "<https://example.org/elsewhere/plan>", "org:plant-c", "2#170,180"),
        ]),
        "one/graph/claims/plant-3.ttl": "".join([
            _part("c:plant-3-chain", "programme:plant-3", "programme:plant-4", "3#0,10"),
            _member("c:plant-3-same", "org:plant-d", "org:plant-c", "3#20,30"),
            _member("c:plant-3-round", "org:plant-h", "org:plant-e", "3#130,140").replace(
                " .\n", f" ; bri:outranks c:plant-1-round ; {_WHY} .\n"),
            _member("c:plant-3-places", "collection:plant-2", "org:plant-d", "3#250,260"),
            _member("c:plant-3-of-longer", "org:plant-long", "org:plant-b", "3#210,220"),
            _made("c:plant-3-only-inferred", "programme:plant-4", "org:plant-h", "founder", "3#150,160", inferred),
            _member("c:plant-3-accepted", "org:plant-e", "org:plant-b", "3#160,170").replace(
                " .\n", f"{_ACCEPTED} .\n"),
        ]),
        "two/graph/entities/some.ttl": "".join([
            _thing("two-programme:plant-0", "Programme", "planted programme 0"),
        ]),
        "two/graph/claims/plant-4.ttl": "".join([
            _part("d:plant-4-chain", "two-programme:plant-0", "programme:plant-1", "4#0,10"),
            _member("d:plant-4-same", "org:plant-d", "org:plant-c", "4#20,30"),
            _member("d:plant-4-lists", "org:plant-f , org:plant-h", "org:plant-a", "4#200,210"),
            _count("d:plant-4-other-kind", "org:plant-c", "exactly-4321", "4#220,230", kind="centre-of-excellence"),
            _count("d:plant-4-like", "programme:plant-4", "exactly-1234", "4#230,240", kind="base-station"),
            _count("d:plant-4-rare", "programme:plant-3", "exactly-78", "4#240,250", kind="cloud-platform"),
            _count("d:plant-4-seats", "collection:plant-2", "exactly-32", "4#250,260", kind="action-plan"),
        ]),
    }  # fmt: skip
