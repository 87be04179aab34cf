"""What drawings say of a claim: a caption in few words, its marks, and its passages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Protocol

from bri_kg.answers.face_words import AND, COLON, DENIED, Both
from bri_kg.answers.face_words import say as in_language
from bri_kg.answers.model import Claim, Named, Node
from bri_kg.answers.standing import is_ahead
from bri_kg.names import BRI, citation, shorten

NO_FACT: Final[Both] = ("silenced: no fact follows", "被搁置：不产生事实")
_SUBJECT, _PARTY, _AGENT, _ROLE, _KIND, _COUNTED = (
    BRI + name for name in ("hasSubject", "hasParty", "hasAgent", "role", "kind", "countedKind")
)


class Writer(Protocol):
    """Who writes captions, and in which language: a picture's fonts may lack characters."""

    @property
    def lang(self) -> str:
        """The language of wordings."""
        ...

    def name(self, text: str | None, instead: str) -> str:
        """Return a name as it can be written, or what stands in its place."""
        ...

    def say(self, wording: Both, **values: object) -> str:
        """Return a wording."""
        ...


@dataclass(frozen=True)
class Plainly:
    """Writes every character, in one line."""

    lang: str

    def name(self, text: str | None, instead: str) -> str:
        """Return the text, or what stands in its place where there is none."""
        return " ".join((text or instead).split())

    def say(self, wording: Both, **values: object) -> str:
        """Return a wording in the language."""
        return in_language(self.lang, wording, **values)


def written(node: Node, writer: Writer) -> str:
    """Return the label of a node as it can be written."""
    if isinstance(node, Named):
        return writer.name(node.label, shorten(node.iri))
    return writer.name(node.value, ascii(node.value))


def caption(claim: Claim, writer: Writer) -> str:
    """Return what a claim says in few words, after the marks of what it does not say plainly."""
    return " ".join([*marks(claim, writer), _told(claim, writer)])


def marks(claim: Claim, writer: Writer) -> list[str]:
    """Return what keeps a claim from being read as plain fact: `[planned]`, `[denied]`, `[reportedly]`."""
    found = [written_mark(claim, writer)] if is_ahead(claim) else []
    if claim.negated:
        found.append(f"[{writer.say(DENIED)}]")
    if not claim.live and not is_ahead(claim):
        found.append(f"[{writer.say(NO_FACT)}]")
    return found + [f"[{written(one, writer)}]" for one in claim.modality]


def written_mark(claim: Claim, writer: Writer) -> str:
    """Return how far a claim has come about, as it can be written: `[planned]`."""
    label = claim.factuality.label
    return writer.name(label and f"[{label}]", f"[{claim.factuality.iri.rsplit('/', 1)[-1]}]")


def enumerated(texts: Iterable[str], writer: Writer) -> str:
    """Return texts with commas between them, as the language of the writer has them."""
    return writer.say(AND).join(texts)


def _told(claim: Claim, writer: Writer) -> str:
    about = _names(claim.values(_SUBJECT) or claim.values(_PARTY), writer)
    if claim.quantities:
        amounts = ", ".join(writer.name(q.label, shorten(q.iri)) for q in claim.quantities)
        counted = _names(claim.values(_COUNTED), writer)
        return writer.say(COLON).join(part for part in (about or counted, amounts) if part)
    if claim.summary:
        return written(claim.summary, writer)
    agents = _names(claim.values(_AGENT), writer)
    told = what(claim, writer)
    told = enumerated([told, agents], writer) if agents and agents != about else told
    return f"{about}{writer.say(COLON)}{told}" if about else told


def what(claim: Claim, writer: Writer) -> str:
    """Return the roles or kinds of a claim, else its class."""
    named = claim.values(_ROLE) or claim.values(_KIND) or (claim.cls,)
    return _names(named, writer)


def _names(nodes: Iterable[Node], writer: Writer) -> str:
    return enumerated((written(node, writer) for node in nodes), writer)


def cited(claims: Iterable[Claim]) -> str:
    """Return the passages of claims, each once: `cas-decade 330–427, 3036–3249`."""
    by_source: dict[str, list[str]] = {}
    for claim in claims:
        for passage in claim.evidence:
            slug, _, span = citation(passage.source.slug, passage.begin, passage.end).rpartition(
                " "
            )
            spans = by_source.setdefault(slug, [])
            if span not in spans:
                spans.append(span)
    return "; ".join(f"{slug} {', '.join(spans)}" for slug, spans in by_source.items())
