"""A claim in one sentence: what it says of what, how far it has come about, and according to whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bri_kg.answers.model import Claim, Comparison, Fact, Named, Node, Text
from bri_kg.cli.show.layout import Both, Page
from bri_kg.names import BRI, shorten, split_passage

_DOER: Both = ("doer", "行为者")
BULLET = "- "  # before a claim that stands among others
_PART_WORDS: dict[str, Both] = {
    "hasSubject": ("of what", "所述事物"),
    "hasAgent": _DOER,
    "hasObject": ("counterpart", "对象"),
    "hasParty": ("parties", "参与方"),
    "hasBeneficiary": ("for", "受益者"),
    "hasFramework": ("under", "框架"),
    "hasPlace": ("place", "地点"),
    "hasTime": ("time", "时间"),
    "hasQuantity": ("number", "数量"),
    "isSaidAt": ("said at", "发言场合"),
    "factuality": ("status", "状态"),
}
_CLAIM: Both = (" claim", "主张")
_NOT: Both = ("denied", "否定")
_OPEN_LIST: Both = ("the list is open", "列举未尽")
_SPEAKERS: Both = ("according to {who}", "据{who}")
_AND: Both = (", ", "、")
_THEN: Both = ("; ", "；")
_OF: Both = ("{amount} ({of})", "{amount}（{of}）")
_IS: Both = (": ", "：")
_IT: Both = ("{verb} it", "{verb}其")
_ANY = "\uff5e"  # stands for what a Chinese wording has its object in the midst of
_GAP = "\N{HORIZONTAL ELLIPSIS}"


def name(node: Node) -> str:
    """Return what a node is called: its label, a passage as it is cited, else its short name."""
    if isinstance(node, Text):
        return node.value
    if node.label:
        return node.label
    if passage := split_passage(node.iri):
        slug, begin, end = passage
        return f"{slug} {begin}\N{EN DASH}{end}"
    return node.iri if node.iri.startswith("_:") else shorten(node.iri)


def listed(page: Page, nodes: Iterable[Node]) -> str:
    """Return names one after the other."""
    return page.say(_AND).join(map(name, nodes))


def verb(page: Page, prop: Named, *, inverse: bool = False) -> str:
    """Return a property as a label; `inverse` where what is described is the object."""
    text = name(prop)
    if _GAP in text:
        return text.replace(_GAP, "其" if inverse else _ANY)
    return page.say(_IT, verb=text) if inverse else text


def sentence(page: Page, fact: Fact) -> str:
    """Return a fact from its property on: "is founded by X"."""
    text, value = name(fact.predicate), name(fact.object)
    if _GAP in text:
        return text.replace(_GAP, value)
    return f"{text} {value}"


def part_word(page: Page, prop: Named) -> str:
    """Return what a part of a claim is called."""
    own = _PART_WORDS.get(prop.iri.removeprefix(BRI))
    return page.say(own) if own else name(prop)


def mark(page: Page, claims: Iterable[Claim]) -> str:
    """Return how far what claims say has come about, with every shade: `[planned, willing]`."""
    shades = [shade for claim in claims for shade in _shades(page, claim)]
    return f"[{page.say(_AND).join(dict.fromkeys(shades))}]"


def _shades(page: Page, claim: Claim) -> Iterator[str]:
    yield name(claim.factuality)
    if claim.negated:
        yield page.say(_NOT)
    yield from map(name, claim.modality)


def said(page: Page, claim: Claim) -> str:
    """Return a claim in one sentence."""
    return page.say(_THEN).join(_clauses(page, claim))


def natures(page: Page, comparison: Comparison) -> str:
    """Return the natures of a comparison."""
    return listed(page, comparison.natures)


def _clauses(page: Page, claim: Claim) -> Iterator[str]:
    if claim.summary is not None:
        yield claim.summary.value
    elif claim.quantities:
        yield _counted(page, claim)
    else:
        yield from _parts(page, claim)
    yield from (time.label for time in claim.times)
    if claim.open_list:
        yield page.say(_OPEN_LIST)
    if claim.speakers:
        yield page.say(_SPEAKERS, who=listed(page, claim.speakers))


def _counted(page: Page, claim: Claim) -> str:
    values = {part.property.iri.removeprefix(BRI): part.values for part in claim.parts}
    amounts = page.say(_AND).join(quantity.label for quantity in claim.quantities)
    amount = " ".join([amounts, *map(name, values.get("unit", ()))])
    of = listed(page, values.get("hasSubject", ()))
    what = listed(page, values.get("countedKind", ()))
    amount = page.say(_IS).join(text for text in (what, amount) if text)
    return page.say(_OF, amount=amount, of=of) if of else amount


def _parts(page: Page, claim: Claim) -> Iterator[str]:
    parts = {part.property.iri.removeprefix(BRI): part for part in claim.parts}
    role = parts.pop("role", None)
    kind = name(claim.cls).removesuffix(page.say(_CLAIM))
    deed = listed(page, role.values) if role else None
    if "hasSubject" in parts:
        yield listed(page, parts.pop("hasSubject").values)
    elif "hasParty" in parts:
        yield page.say(_IS).join((kind, listed(page, parts.pop("hasParty").values)))
    for holder, otherwise in (("hasAgent", _DOER), ("hasObject", (kind, kind))):
        if holder in parts:
            what = deed or page.say(otherwise)
            yield page.say(_IS).join((what, listed(page, parts.pop(holder).values)))
            deed = None
    if deed:
        yield deed
    for part in parts.values():
        yield page.say(_IS).join((part_word(page, part.property), listed(page, part.values)))
