"""What pictures say of a claim: a caption in few words, and its passages."""

from __future__ import annotations

from collections.abc import Iterable

from bri_kg.answers.face_words import AND, COLON, DENIED
from bri_kg.answers.model import Claim, Named, Node
from bri_kg.answers.standing import is_ahead
from bri_kg.names import BRI, shorten
from bri_kg.notebook.pictures import Pen
from bri_kg.notebook.told_claims import SILENCED, mark
from bri_kg.notebook.told_passages import cite

_SUBJECT, _PARTY, _AGENT, _ROLE, _KIND, _COUNTED = (
    BRI + name for name in ("hasSubject", "hasParty", "hasAgent", "role", "kind", "countedKind")
)


def written(node: Node, pen: Pen) -> str:
    """Return the label of a node as the pen can write it."""
    if isinstance(node, Named):
        return pen.name(node.label, shorten(node.iri))
    return pen.name(node.value, ascii(node.value))


def caption(claim: Claim, pen: Pen) -> str:
    """Return what a claim says in few words, after the marks of what it does not say plainly."""
    return " ".join([*marks(claim, pen), _told(claim, pen)])


def marks(claim: Claim, pen: Pen) -> list[str]:
    """Return what keeps a claim from being read as plain fact: `[planned]`, `[denied]`, `[reportedly]`."""
    found = [written_mark(claim, pen)] if is_ahead(claim) else []
    if claim.negated:
        found.append(f"[{pen.say(DENIED)}]")
    if not claim.live and not is_ahead(claim):
        found.append(f"[{pen.say(SILENCED)}]")
    return found + [f"[{written(one, pen)}]" for one in claim.modality]


def written_mark(claim: Claim, pen: Pen) -> str:
    """Return how far a claim has come about, as the pen can write it: `[planned]`."""
    return pen.name(mark(claim), f"[{claim.factuality.iri.rsplit('/', 1)[-1]}]")


def enumerated(texts: Iterable[str], pen: Pen) -> str:
    """Return texts with commas between them, as the language of the pen has them."""
    return pen.say(AND).join(texts)


def _told(claim: Claim, pen: Pen) -> str:
    about = _names(claim.values(_SUBJECT) or claim.values(_PARTY), pen)
    if claim.quantities:
        amounts = ", ".join(pen.name(q.label, shorten(q.iri)) for q in claim.quantities)
        counted = _names(claim.values(_COUNTED), pen)
        return pen.say(COLON).join(part for part in (about or counted, amounts) if part)
    if claim.summary:
        return written(claim.summary, pen)
    agents = _names(claim.values(_AGENT), pen)
    told = what(claim, pen)
    told = enumerated([told, agents], pen) if agents and agents != about else told
    return f"{about}{pen.say(COLON)}{told}" if about else told


def what(claim: Claim, pen: Pen) -> str:
    """Return the roles or kinds of a claim, else its class."""
    named = claim.values(_ROLE) or claim.values(_KIND) or (claim.cls,)
    return _names(named, pen)


def _names(nodes: Iterable[Node], pen: Pen) -> str:
    return enumerated((written(node, pen) for node in nodes), pen)


def cited(claims: Iterable[Claim]) -> str:
    """Return the passages of claims, each once: `cas-decade 330–427, 3036–3249`."""
    by_source: dict[str, list[str]] = {}
    for claim in claims:
        for passage in claim.evidence:
            slug, _, span = cite(passage).rpartition(" ")
            spans = by_source.setdefault(slug, [])
            if span not in spans:
                spans.append(span)
    return "; ".join(f"{slug} {', '.join(spans)}" for slug, spans in by_source.items())
