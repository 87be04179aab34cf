"""A claim in one sentence: what it says of what, how far it has come about, and according to whom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bri_kg.answers.face_words import (
    AND,
    DENIED,
    DONE_BY,
    HITS,
    NOT_TOLD,
    OPEN_LIST,
    PART_WORDS,
    RELATED,
    THEN,
    Both,
)
from bri_kg.answers.model import Claim, Comparison, Fact, Named, Node, Quantity, Text
from bri_kg.cli.show.amounts import amount
from bri_kg.cli.show.layout import Page
from bri_kg.names import BRI, citation, shorten, split_passage

BULLET = "- "  # before a claim that stands among others
_CLAIM: Both = (" claim", "主张")
_DEEDS = {BRI + name for name in ("CreationClaim", "EventClaim", "SupportClaim")}  # of a doer
_SPEAKERS: Both = ("according to {who}", "据{who}")
_OF: Both = ("{amount} ({of})", "{amount}（{of}）")
PAIR: Both = ("{label}: {text}", "{label}：{text}")
_AS: Both = ("as {verb}", "作为{verb}")
_IT: Both = ("{verb} it", "{verb}其")
_ANY = "\uff5e"  # stands for what a Chinese wording has its object in the midst of
_VERB = re.compile(
    r"(?:.*[:/#])?[a-z]+s(?![a-z])"
)  # `is`, `has`, `holds`: what a relation begins with
_HOLDER = re.compile(r"has (.*(?<! in)(?<! from))")  # "has participant", and not "has members in"
_STOPS = ".\u3002"
_BETWEEN = re.compile(r"(?<=[\u2018-\u201d\u2e80-\uffff]) (?=[\u2018-\u201d\u2e80-\uffff])")
_GAP = "\N{HORIZONTAL ELLIPSIS}"


# Words for what other vocabularies leave to those who know RDF: as said of the subject, and of the object.
_FOREIGN: dict[str, tuple[Both, Both]] = {
    "rdf:type": (("is of kind", "属于"), ("instance", "实例")),
    "rdfs:subClassOf": (("is a kind of", "是一种"), ("kind of it", "下位类")),
    "rdfs:subPropertyOf": (("implies", "蕴含"), ("is implied by", "蕴含者")),
    "rdfs:domain": (("is said of", "用于"), ("said of it", "用于其的属性")),
    "rdfs:range": (("leads to", "取值为"), ("leads to it", "以其为取值的属性")),
    "owl:inverseOf": (("is the inverse of", "互逆于"), ("inverse", "互逆属性")),
    "owl:disjointWith": (("shares nothing with", "不相交于"), ("shares nothing", "不相交类")),
    "owl:propertyChainAxiom": (
        ("follows from a chain of others", "可由属性链推出"),
        ("chain", "属性链"),
    ),
    "skos:broader": (("broader", "上位概念"), ("narrower", "下位概念")),
    "skos:narrower": (("narrower", "下位概念"), ("broader", "上位概念")),
    "skos:inScheme": (("belongs to", "属于"), ("holds", "包含")),
    "skos:example": (("example", "示例"), ("example of", "示例")),
}

_FOREIGN_KINDS: dict[str, Both] = {
    "owl:Class": ("class", "类"),
    "owl:Ontology": ("ontology", "本体"),
    "owl:ObjectProperty": ("property", "属性"),
    "owl:DatatypeProperty": ("property", "属性"),
    "owl:AnnotationProperty": ("property", "属性"),
    "owl:TransitiveProperty": ("transitive property", "传递属性"),
    "owl:SymmetricProperty": ("symmetric property", "对称属性"),
    "skos:Concept": HITS["concept"][0],
    "skos:ConceptScheme": ("vocabulary", "词表"),
}


def name(node: Node) -> str:
    """Return what a node is called: its label, a passage as it is cited, else its short name."""
    if isinstance(node, Text):
        return node.value
    if node.label:
        return without_gap(node.label)
    if passage := split_passage(node.iri):
        return citation(*passage)
    return node.iri if node.iri.startswith("_:") else shorten(node.iri)


def without_gap(text: str) -> str:
    """Return a wording with a mark for its object that nobody takes for a cut."""
    return text.replace(_GAP, _ANY)


def called(page: Page, node: Node) -> str:
    """Return what a node is called, in words where only those who know RDF know its name."""
    if isinstance(node, Named) and node.label is None and shorten(node.iri) in _FOREIGN_KINDS:
        return page.say(_FOREIGN_KINDS[shorten(node.iri)])
    return name(node)


def listed(page: Page, nodes: Iterable[Node]) -> str:
    """Return names one after the other, apart where one of them is a list itself."""
    names = [called(page, node) for node in nodes]
    is_apart = page.lang == "zh" and any(page.say(AND) in text for text in names)
    return page.say(THEN if is_apart else AND).join(names)


def verb(page: Page, prop: Named, *, inverse: bool = False) -> str:
    """Return a property as a label; `inverse` where what is described is the object."""
    if prop.label is None and (foreign := _FOREIGN.get(shorten(prop.iri))):
        return page.say(foreign[inverse])
    text = name(prop)
    if _ANY in text:
        return text.replace(_ANY, "其") if inverse else text
    if not inverse:
        return text
    if holder := _HOLDER.fullmatch(text):
        return f"has it as {holder[1]}"
    return page.say(_IT if _VERB.match(shorten(prop.iri)) else _AS, verb=text)


def sentence(page: Page, fact: Fact) -> str:
    """Return a fact from its property on: "is founded by X"."""
    if isinstance(fact.object, Named) and fact.object.iri.startswith("_:"):
        return verb(page, fact.predicate)
    value = called(page, fact.object)
    if _ANY in name(fact.predicate):
        return name(fact.predicate).replace(_ANY, value)
    return joined(page, verb(page, fact.predicate), value)


def joined(page: Page, *words: str) -> str:
    """Return words one after the other; no space stands between Chinese ones."""
    text = " ".join(words)
    return _BETWEEN.sub("", text) if page.lang == "zh" else text


def part_word(page: Page, prop: Named) -> str:
    """Return what a part of a claim is called."""
    own = PART_WORDS.get(prop.iri.removeprefix(BRI))
    return page.say(own) if own else name(prop)


def mark(page: Page, claims: Iterable[Claim]) -> str:
    """Return how far what claims say has come about, with every shade: `[planned, willing]`."""
    texts = [text for claim in claims for text in (name(claim.factuality), *shades(page, claim))]
    return f"[{page.say(AND).join(dict.fromkeys(texts))}]"


def shades(page: Page, claim: Claim) -> Iterator[str]:
    """Yield what else there is to how far a claim has come about: a denial, a stance, an inference."""
    if claim.negated:
        yield page.say(DENIED)
    yield from map(name, claim.modality)


def said(page: Page, claim: Claim) -> str:
    """Return a claim in one sentence."""
    return page.say(THEN).join(_clauses(page, claim))


def natures(page: Page, comparison: Comparison) -> str:
    """Return the natures of a comparison."""
    return listed(page, comparison.natures)


def _clauses(page: Page, claim: Claim) -> Iterator[str]:
    if claim.summary is not None:
        yield claim.summary.value.rstrip(_STOPS)
    elif claim.quantities:
        yield _counted(page, claim)
    else:
        yield from _parts(page, claim)
    yield from (time.label for time in claim.times)
    if claim.open_list:
        yield page.say(OPEN_LIST)
    if claim.speakers:
        yield page.say(_SPEAKERS, who=listed(page, claim.speakers))


def _counted(page: Page, claim: Claim) -> str:
    values = {part.property.iri.removeprefix(BRI): part.values for part in claim.parts}
    amounts = page.say(AND).join(_number(page, claim, quantity) for quantity in claim.quantities)
    amount = " ".join([amounts, *map(name, values.get("unit", ()))])
    of = listed(page, values.get("hasSubject", ()))
    what = listed(page, values.get("countedKind", ()))
    amount = page.say(PAIR, label=what, text=amount) if what else amount
    return page.say(_OF, amount=amount, of=of) if of else amount


def _number(page: Page, claim: Claim, quantity: Quantity) -> str:
    comparator = quantity.comparator
    word = f"{comparator.label} " if comparator else ""
    # A quantity with a wording of its own keeps it.
    if comparator is None or quantity.stated is None or not quantity.label.startswith(word):
        return quantity.label
    said = (comparator.iri, word.rstrip())
    value = quantity.label.removeprefix(word)
    return amount(page, said, value, (claim.factuality.iri, name(claim.factuality)))


def _parts(page: Page, claim: Claim) -> Iterator[str]:
    parts = {part.property.iri.removeprefix(BRI): part for part in claim.parts}
    role = parts.pop("role", None)
    kind = name(claim.cls).removesuffix(page.say(_CLAIM))
    deed = listed(page, role.values) if role else None
    if "hasSubject" in parts:
        yield listed(page, parts.pop("hasSubject").values)
    elif "hasParty" in parts:
        yield page.say(PAIR, label=kind, text=listed(page, parts.pop("hasParty").values))
    related = RELATED.get(claim.cls.iri.removeprefix(BRI), (kind, kind))
    for holder, otherwise in (("hasAgent", DONE_BY), ("hasObject", related)):
        if holder in parts:
            what = deed or page.say(otherwise)
            yield page.say(PAIR, label=what, text=listed(page, parts.pop(holder).values))
            deed = None
    if deed:
        untold = page.say(PAIR, label=deed, text=page.say(NOT_TOLD))
        yield untold if claim.cls.iri in _DEEDS else deed
    for part in parts.values():
        yield page.say(PAIR, label=part_word(page, part.property), text=listed(page, part.values))
