"""What is known in tests of suggestions: a few names, of which two share an abbreviation, and no graph."""

from __future__ import annotations

from bri_kg.names import BRI, PREFIXES
from bri_kg.texts.quantity_words import unit_patterns
from bri_kg.texts.suggestions.found_in_text import Lexicon, found_in
from bri_kg.texts.suggestions.found_words import Kind, Suggestion

ORG, PLACE, PERSON = (PREFIXES[f"bri-{kind}"] for kind in ("org", "place", "person"))
KIND, UNIT, TIME = (PREFIXES[f"bri-{kind}"] for kind in ("kind", "unit", "time"))
NAMES = (
    (ORG + "cas", "Chinese Academy of Sciences"),
    (ORG + "cas", "CAS"),
    (ORG + "cas", "中国科学院"),
    (ORG + "pas", "Pakistan Academy of Sciences"),
    (ORG + "pas", "PAS"),
    (ORG + "polish", "Polish Academy of Sciences"),
    (ORG + "polish", "PAS"),
    (ORG + "twas", "The World Academy of Sciences"),
    (PLACE + "china", "China"),
    (PLACE + "china", "中国"),
    (PERSON + "bai", "Bai Chunli"),
    (PERSON + "bai", "白春礼"),
)
CLASSES = {ORG: "Organization", PLACE: "Country", PERSON: "Person"}


def lexicon(looked_up: int = 200) -> Lexicon:
    return Lexicon(
        things=NAMES,
        times=((TIME + "every-year", "every year"),),
        amounts=(),
        kinds=((KIND + "country", "country"), (KIND + "joint-laboratory", "joint laboratory")),
        units=unit_patterns({UNIT + "renminbi": ["renminbi", "人民币"], UNIT + "year": ["year", "年"]}),
        classes={
            node: frozenset({BRI + cls})
            for node, _ in NAMES
            for space, cls in CLASSES.items()
            if node.startswith(space)
        },
        near=lambda name: (ORG + "cas",) if "Academy of Science" in name and "Chines" in name else (),
        looked_up=looked_up,
    )  # fmt: skip


def found(text: str, written: str | None = None) -> list[Suggestion]:
    return found_in(text, lexicon(), written)


def of(kind: Kind, text: str, written: str | None = None) -> list[Suggestion]:
    return [one for one in found(text, written) if one.kind is kind]
