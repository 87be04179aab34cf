"""What properties, nodes and claims are called; whole sentences for claims are in `claim_sentences`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from bri_kg.answers.amounts import amount
from bri_kg.answers.count_words import measured
from bri_kg.answers.face_words import (
    AND,
    DENIED,
    HITS,
    PART_WORDS,
    THEN,
    Both,
    Speaker,
)
from bri_kg.answers.model import Claim, Comparison, Fact, Named, Node, Quantity, Text
from bri_kg.names import BRI, PREFIXES, citation, shorten, split_passage

Clause = tuple[str | Node, ...]
"""A part of a sentence: words, and nodes that a face may link."""
BULLET = "- "  # before a claim that stands among others
# What is left open, where its label is a word of the trade.
_OPEN: dict[str, Both] = {
    "agent": ("who does it", "由谁所为"),
    "attribution": ("who says it", "由谁所说"),
}
PAIR: Both = ("{label}: {text}", "{label}：{text}")
_AS: Both = ("as {verb}", "作为{verb}")
# A relation as said of its object, by how its label is built; the last one fits any.
_OF_OBJECT: dict[str, tuple[tuple[re.Pattern[str], str], ...]] = {
    "en": (
        (re.compile(r"(\w+:\S+)"), r"\1 it"),  # an IRI or a prefixed name, of what has no label
        (re.compile(r"is ((?:\w+ed|built|held|led|made|set)(?: \w+)?) by"), r"what it \1"),
        (re.compile(r"is (\w+) of"), r"its \1s"),
        (re.compile(r"has (.*(?<! in)(?<! from))"), r"as \1"),
        (re.compile(r"holds (.*)"), r"who holds a \1 it"),
        (re.compile(r"(?s)(.*)"), r"what \1 it"),
    ),
    "zh": (
        (re.compile(r"是……的一?(.*)"), r"其\1"),
        (re.compile(r"(.*)……的(.*)"), r"\1其\2"),
        (re.compile(r"(.*)……(.*)"), r"\1其\2"),
        (re.compile(r"(.*)为"), r"作为\1"),
        (re.compile(r"(.*[于在])"), r"\1此"),
        (re.compile(r"(?s)(.*)"), r"\1其"),
    ),
}
_ANY = "\u2026\u2026"  # stands for what a Chinese wording has its object in the midst of
_VERB = re.compile(
    r"(?:.*[:/#])?[a-z]+s(?![a-z])"
)  # `is`, `has`, `holds`: what a relation begins with
_BETWEEN = re.compile(r"(?<=[\u2018-\u201d\u2e80-\uffff]) (?=[\u2018-\u201d\u2e80-\uffff])")
_GAP = re.compile("\u2026+")


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
    return _GAP.sub(_ANY, text)


def called(page: Speaker, node: Node) -> str:
    """Return what a node is called, in words where only those who know RDF know its name."""
    if isinstance(node, Named) and node.label is None and shorten(node.iri) in _FOREIGN_KINDS:
        return page.say(_FOREIGN_KINDS[shorten(node.iri)])
    return name(node)


def listed(page: Speaker, nodes: Iterable[Node]) -> str:
    """Return names one after the other, apart where one of them is a list itself."""
    given = tuple(nodes)
    return _between(page, given).join(called(page, node) for node in given)


def _between(page: Speaker, nodes: tuple[Node, ...]) -> str:
    is_apart = page.lang == "zh" and any(page.say(AND) in called(page, node) for node in nodes)
    return page.say(THEN if is_apart else AND)


def verb(page: Speaker, prop: Named, *, inverse: bool = False) -> str:
    """Return a property as a label; `inverse` where what is described is the object."""
    if prop.label is None and (foreign := _FOREIGN.get(shorten(prop.iri))):
        return page.say(foreign[inverse])
    text = name(prop)
    if not inverse:
        return text
    if not _VERB.match(shorten(prop.iri)):
        return page.say(_AS, verb=text)
    lang = "zh" if (prop.lang or page.lang).startswith("zh") else "en"
    found = ((form.fullmatch(text), said) for form, said in _OF_OBJECT[lang])
    return next(match.expand(said) for match, said in found if match)


def sentence(page: Speaker, fact: Fact) -> str:
    """Return a fact from its property on: "is founded by X"."""
    if isinstance(fact.object, Named) and fact.object.iri.startswith("_:"):
        return verb(page, fact.predicate)
    value = called(page, fact.object)
    if _ANY in name(fact.predicate):
        return name(fact.predicate).replace(_ANY, value)
    return joined(page, verb(page, fact.predicate), value)


def joined(page: Speaker, *words: str) -> str:
    """Return words one after the other; no space stands between Chinese ones."""
    text = " ".join(words)
    return _BETWEEN.sub("", text) if page.lang == "zh" else text


def part_word(page: Speaker, prop: Named) -> str:
    """Return what a part of a claim is called."""
    own = PART_WORDS.get(prop.iri.removeprefix(BRI))
    return page.say(own) if own else name(prop)


def gap_word(page: Speaker, gap: Named) -> str:
    """Return what something left open is called."""
    plain = _OPEN.get(gap.iri.removeprefix(PREFIXES["bri-gap"]))
    return page.say(plain) if plain else name(gap)


def mark(page: Speaker, claims: Iterable[Claim]) -> str:
    """Return how far what claims say has come about, with every shade: `[planned, willing]`."""
    texts = [text for claim in claims for text in (name(claim.factuality), *shades(page, claim))]
    return f"[{page.say(AND).join(dict.fromkeys(texts))}]"


def shades(page: Speaker, claim: Claim) -> Iterator[str]:
    """Yield what else there is to how far a claim has come about: a denial, a stance, an inference."""
    if claim.negated:
        yield page.say(DENIED)
    yield from map(name, claim.modality)


def natures(page: Speaker, comparison: Comparison) -> str:
    """Return the natures of a comparison."""
    return listed(page, comparison.natures)


def among(page: Speaker, nodes: Iterable[Node]) -> Clause:
    """Return nodes with what stands between them, as `listed` has it."""
    given = tuple(nodes)
    between = _between(page, given)
    return tuple(piece for node in given for piece in (between, node))[1:]


def number(page: Speaker, claim: Claim, quantity: Quantity) -> str:
    """Return a quantity of a claim in words; a vague one keeps its wording, what is aimed at is no count."""
    comparator = quantity.comparator
    word = f"{comparator.label} " if comparator else ""
    # A quantity with a wording of its own keeps it.
    if comparator is None or quantity.stated is None or not quantity.label.startswith(word):
        return quantity.label
    said = (comparator.iri, word.rstrip())
    value = quantity.label.removeprefix(word)
    told = amount(page, said, value, (claim.factuality.iri, name(claim.factuality)))
    return measured(page, claim, told)


def worded(value: Node, claims: Iterable[Claim]) -> Node:
    """Return a value with a label where it has none: a time or amount as a claim words it."""
    if not isinstance(value, Named) or value.label is not None:
        return value
    given = tuple(claims)
    labels = {one.iri: one.label for claim in given for one in claim.times}
    labels |= {one.iri: one.label for claim in given for one in claim.quantities}
    return replace(value, label=labels.get(value.iri))
