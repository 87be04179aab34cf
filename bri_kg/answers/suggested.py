"""What is suggested for the text of a source, and how that stands to what its claims cite."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from bri_kg.checking.workbook_desk import Desk, desk_of
from bri_kg.dataset.resources import Resources
from bri_kg.names import source_iri
from bri_kg.plain import Plain
from bri_kg.texts.originals import SourceFile, described_text, sources_folder, texts_at_hand
from bri_kg.texts.sources import named_source, text_of
from bri_kg.texts.suggestions.found_in_text import Lexicon, Sentence, by_sentence, found_in
from bri_kg.texts.suggestions.found_words import Suggestion
from bri_kg.texts.suggestions.known_names import lexicon_of
from bri_kg.texts.suggestions.measured import Score, cited_in, listed_by_hand, scores
from bri_kg.texts.suggestions.outside import SECONDS, asked, held_to_rules, request_for
from bri_kg.texts.suggestions.suggested_cells import all_meant, cell_text, edtf_of

_ISSUED = "SELECT ?date WHERE { ?source dcterms:issued ?date }"
_LANGUAGE = "SELECT ?language WHERE { ?source dcterms:language ?language }"


@dataclass(frozen=True)
class Suggested(Plain):
    """What is suggested for one text; nothing of it is a claim. `dropped` counts by reason what a command broke."""

    source: str
    language: str
    sentences: tuple[Sentence, ...]
    dropped: Mapping[str, int]
    text: str = field(repr=False, compare=False)
    desk: Desk = field(repr=False, compare=False)

    @property
    def suggestions(self) -> tuple[Suggestion, ...]:
        """All suggestions, from the left."""
        return tuple(one for sentence in self.sentences for one in sentence.suggestions)

    def to_dict(self) -> dict[str, Any]:
        """Return the suggestions as plain data, each with what can be written in a cell."""
        known = self.desk.known
        return {
            "source": self.source,
            "language": self.language,
            "characters": len(self.text),
            "suggestions": [
                {
                    **one.to_dict(),
                    "cell": cell_text(one, known, "en"),
                    "can_be": all_meant(one, known, "en"),
                    "edtf": list(edtf_of(one)),
                    "sentence": [sentence.begin, sentence.end],
                }
                for sentence in self.sentences
                for one in sentence.suggestions
            ],
            "dropped": dict(self.dropped),
        }


def suggested(
    resources: Resources,
    named: str,
    folder: str | None = None,
    command: str | None = None,
    seconds: float | None = None,
) -> Suggested:
    """Return what is suggested for the text of a source, and by a command of the user's that is asked too.

    Raise UsageError for an unknown source or command, InputError where the text is not at hand.
    """
    desk = desk_of(resources)
    source = named_source(desk.sources, named)
    text = _text(resources, source, folder)
    lexicon = lexicon_of(desk.store, desk.known)
    node = {"source": ox.NamedNode(source_iri(source.slug))}
    language = _one(desk, _LANGUAGE, "language", node) or "en"
    found = found_in(text, lexicon, _one(desk, _ISSUED, "date", node))
    dropped: Mapping[str, int] = {}
    if command is not None:
        request = request_for(source.slug, language, text, lexicon)
        answer = asked(command, request, SECONDS if seconds is None else seconds)
        program = Path((shlex.split(command) or [command])[0]).name
        held = held_to_rules(answer, text, lexicon, found, program)
        found, dropped = [*found, *held.suggestions], held.dropped
    return Suggested(source.slug, language, tuple(by_sentence(text, found)), dropped, text, desk)


def _one(desk: Desk, query: str, name: str, values: dict[str, ox.NamedNode]) -> str | None:
    return next((str(row.value(name)) for row in desk.store.select(query, values)), None)


def _text(resources: Resources, source: SourceFile, folder: str | None) -> str:
    """Return the text of a source: from the folder that is named, else from that of its collection, else from ours."""
    collection = resources.top.collection
    if folder is None and collection is not None:
        text = described_text(collection.folder / "texts", source)
        if text is not None:
            return text
    return text_of(source, sources_folder(folder))


@dataclass(frozen=True)
class Measured(Plain):
    """How suggestions for one text, or for all of a list, stand to what was found there."""

    listed_as: str
    scores: tuple[Score, ...]


def measured(resources: Resources, named: str | None, folder: str | None) -> list[Measured]:
    """Return how suggestions stand to what claims cite: of one source, or of all whose texts are at hand.

    `named` can be a list of documents (.toml) with what stands in them instead. The last is that of all together.
    """
    listed = listed_by_hand(Path(named)) if named is not None and named.endswith(".toml") else None
    desk = desk_of(resources)
    lexicon = lexicon_of(desk.store, desk.known)
    if listed is None:
        each = list(_by_claims(desk, lexicon, resources, named, folder))
    else:
        each = [
            Measured(
                Path(one.listed_as).stem,
                tuple(scores(found_in(one.text, lexicon, one.written), one.wanted)),
            )
            for one in listed
        ]
    return [*each, Measured("", tuple(_together(each)))] if len(each) > 1 else each


def _by_claims(
    desk: Desk, lexicon: Lexicon, resources: Resources, named: str | None, folder: str | None
) -> Iterator[Measured]:
    chosen = [named_source(desk.sources, named)] if named else list(desk.sources.values())
    place = texts_at_hand(folder)
    for source in chosen:
        if named is None and place is not None and not (place / source.file_name).is_file():
            continue
        text = _text(resources, source, folder)
        wanted = cited_in(desk.store, source.slug, lexicon.classes)
        yield Measured(source.slug, tuple(scores(found_in(text, lexicon), wanted)))


def _together(each: list[Measured]) -> list[Score]:
    total: dict[str, Score] = {}
    for one in each:
        for score in one.scores:
            kind = score.kind.value
            total[kind] = total[kind] + score if kind in total else score
    return list(total.values())


def as_json(found: Suggested) -> str:
    """Return the suggestions as JSON."""
    return json.dumps(found.to_dict(), ensure_ascii=False, indent=2) + "\n"
