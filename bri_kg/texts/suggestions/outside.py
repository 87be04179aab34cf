"""Suggestions of a command that the user names, such as one that asks a language model: held to our own rules.

The command gets one JSON object on its standard input, with `source`, `language`, `text` and `known` (things by IRI,
with their names), and writes one to its standard output: `{"suggestions": [{"kind": "entity", "begin": 12, "end": 15,
"words": "CAS", "nodes": ["bri-org:cas"]}, …]}`. A `new` thing and a speaker who is not known have a `name`, a date has
a `time` (2018-05, since 2013), an amount an `amount` (more than 80). What breaks a rule is dropped and counted.
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from bri_kg.dataset.times import printed
from bri_kg.errors import InputError, UsageError
from bri_kg.names import QUANTITY, TIME, expand
from bri_kg.texts.number_words import numbers_in
from bri_kg.texts.originals import LONGEST_PASSAGE
from bri_kg.texts.suggestions.found_in_text import Lexicon
from bri_kg.texts.suggestions.found_words import Kind, Note, Suggestion, stands
from bri_kg.texts.workbook import cell_values

SECONDS: Final = 300
_LARGEST: Final = 20_000_000  # bytes of an answer
_MOST: Final = 100_000  # suggestions of an answer
_CLASSES: Final = frozenset(
    ("Person", "Organization", "Facility", "Programme", "Project", "Event", "Document", "Place")
)


class Dropped(StrEnum):
    """Why a suggestion of a command is not shown."""

    MALFORMED = "malformed"
    WORDS = "not-in-text"
    LONG = "too-long"
    UNKNOWN = "unknown"
    KNOWN = "known-already"
    VALUE = "no-value"
    SAYS_MORE = "says-more"
    OVERLAPS = "overlaps"


@dataclass(frozen=True)
class Held:
    """What a command suggested and passed the rules, and how many did not, by reason."""

    suggestions: tuple[Suggestion, ...]
    dropped: Mapping[str, int]


def asked(command: str, request: Mapping[str, object], seconds: float = SECONDS) -> object:
    """Return the JSON that a command answers with; no shell runs it.

    Raise UsageError where it cannot be started, InputError where it fails, takes too long or answers no JSON.
    """
    try:
        words = shlex.split(command, posix=os.name == "posix")
    except ValueError as error:
        raise UsageError(
            "BRI956",
            f"the command {command!r} cannot be read",
            why=str(error),
            fix="close the quotation marks",
        ) from None
    if not words:
        raise UsageError("BRI956", "the command is empty", fix="name a program, with its arguments")
    data = json.dumps(request, ensure_ascii=False).encode()
    with tempfile.TemporaryFile() as out:
        try:
            done = subprocess.run(
                words, input=data, stdout=out, stderr=None, timeout=seconds, check=False
            )
        except OSError as error:
            raise UsageError(
                "BRI956",
                f"the command {words[0]!r} cannot be started",
                why=error.strerror,
                fix="name a program that is installed, with its path",
            ) from None
        except subprocess.TimeoutExpired:
            raise InputError(
                "BRI957",
                f"the command {words[0]!r} has not answered within {seconds:g} seconds",
                fix="give it a shorter text, or a faster model",
                exit_code=3,
            ) from None
        out.seek(0)
        answer = out.read(_LARGEST + 1)
    if done.returncode:
        raise InputError(
            "BRI957",
            f"the command {words[0]!r} ended with exit code {done.returncode}",
            why="what it wrote on standard error stands above",
            fix="run it by itself with a small JSON on standard input",
        )
    return _read(answer, words[0])


def _read(answer: bytes, program: str) -> object:
    if len(answer) > _LARGEST:
        raise InputError(
            "BRI958",
            f"the answer of the command {program!r} is larger than {_LARGEST // 1_000_000} MB",
            fix="let it suggest less",
            exit_code=3,
        )
    try:
        return json.loads(answer.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise InputError(
            "BRI958",
            f"the answer of the command {program!r} is no JSON",
            why=str(error),
            fix='let it write {"suggestions": […]} on standard output, and anything else on standard error',
        ) from None


def request_for(source: str, language: str, text: str, lexicon: Lexicon) -> dict[str, object]:
    """Return what a command is told: the text and the known things with their names."""
    names: dict[str, list[str]] = {}
    for node, name in lexicon.things:
        names.setdefault(node, []).append(name)
    known = [{"iri": node, "names": sorted(own)} for node, own in sorted(names.items())]
    return {"source": source, "language": language, "text": text, "known": known}


def held_to_rules(
    answer: object, text: str, lexicon: Lexicon, own: Iterable[Suggestion], by: str
) -> Held:
    """Return what of an answer can be shown beside our own suggestions.

    Raise InputError where the answer has not the form that is asked for.
    """
    listed = answer.get("suggestions") if isinstance(answer, dict) else None
    if not isinstance(listed, list) or len(listed) > _MOST:
        raise InputError(
            "BRI958",
            "the answer of the command holds no list of suggestions",
            fix='let it write {"suggestions": […]}, at most 100000 of them',
        )
    reader = _Reader(text, lexicon, by)
    dropped: Counter[str] = Counter()
    read: list[Suggestion] = []
    for item in listed:
        one = reader.read(item)
        if isinstance(one, Suggestion):
            read.append(one)
        else:
            dropped[one.value] += 1
    kept, overlapping = _beside(own, read)
    if overlapping:
        dropped[Dropped.OVERLAPS.value] += overlapping
    return Held(tuple(kept), dict(sorted(dropped.items())))


def _beside(own: Iterable[Suggestion], other: list[Suggestion]) -> tuple[list[Suggestion], int]:
    """Return those that overlap none of their kind: ours count first, then those further left, then longer ones."""
    kept: list[Suggestion] = []
    for kind in Kind:
        taken = sorted(one.span for one in own if one.kind is kind)
        place, end = 0, 0
        for one in sorted((o for o in other if o.kind is kind), key=lambda o: (o.begin, -o.end)):
            while place < len(taken) and taken[place][1] <= one.begin:
                place += 1
            is_free = place == len(taken) or taken[place][0] >= one.end
            if is_free and one.begin >= end:
                kept.append(one)
                end = one.end
    return kept, len(other) - len(kept)


class _Reader:
    def __init__(self, text: str, lexicon: Lexicon, by: str) -> None:
        self._text, self._lexicon, self._by = text, lexicon, by
        self._names = {name.casefold() for _, name in lexicon.things}

    def read(self, item: object) -> Suggestion | Dropped:
        """Return a suggestion that keeps the rules, or the one that it breaks."""
        if not isinstance(item, dict):
            return Dropped.MALFORMED
        kind, begin, end, words = (item.get(key) for key in ("kind", "begin", "end", "words"))
        if (
            kind not in list(Kind)
            or not isinstance(words, str)
            or type(begin) is not int
            or type(end) is not int
        ):
            return Dropped.MALFORMED
        one = Suggestion(Kind(kind), begin, end, words, notes=(Note.MODEL,), by=self._by)
        if not stands(self._text, one) or not words.strip():
            return Dropped.WORDS
        if end - begin > LONGEST_PASSAGE:
            return Dropped.LONG
        read = {
            Kind.ENTITY: self._entity, Kind.SPEAKER: self._speaker, Kind.NEW: self._new,
            Kind.DATE: self._date, Kind.AMOUNT: self._amount,
        }[one.kind]  # fmt: skip
        return read(one, item)

    def _entity(self, one: Suggestion, item: Mapping[str, Any]) -> Suggestion | Dropped:
        nodes = item.get("nodes")
        if not isinstance(nodes, list) or not all(isinstance(node, str) for node in nodes):
            return Dropped.MALFORMED
        known = tuple(dict.fromkeys(expand(node) or node for node in nodes))
        if not known or any(node not in self._lexicon.classes for node in known):
            return Dropped.UNKNOWN
        notes = (Note.SEVERAL, *one.notes) if len(known) > 1 else one.notes
        return replace(one, nodes=known, notes=notes)

    def _speaker(self, one: Suggestion, item: Mapping[str, Any]) -> Suggestion | Dropped:
        return self._new(one, item) if item.get("nodes") is None else self._entity(one, item)

    def _new(self, one: Suggestion, item: Mapping[str, Any]) -> Suggestion | Dropped:
        name, cls = item.get("name", one.words), item.get("class")
        if not isinstance(name, str) or not name.strip() or len(name) > LONGEST_PASSAGE:
            return Dropped.MALFORMED
        if name.casefold() in self._names:
            return Dropped.KNOWN
        near = self._lexicon.near(name)
        notes = (Note.NEAR, *one.notes) if near else one.notes
        likely = cls if isinstance(cls, str) and cls in _CLASSES else None
        return replace(one, name=" ".join(name.split()), cls=likely, near=near, notes=notes)

    def _date(self, one: Suggestion, item: Mapping[str, Any]) -> Suggestion | Dropped:
        given = item.get("time")
        node = cell_values.time(given) if isinstance(given, str) else None
        if node is None:
            return Dropped.VALUE
        numbers = {
            int(part) for part in printed(node.removeprefix(TIME)).split("-") if part.isdigit()
        }
        years = {number for number in numbers if number > 31}
        if not years <= {int(number) for number in numbers_in(one.words)}:
            return Dropped.SAYS_MORE
        return replace(one, nodes=(node,))

    def _amount(self, one: Suggestion, item: Mapping[str, Any]) -> Suggestion | Dropped:
        given = item.get("amount")
        node = cell_values.amount(given) if isinstance(given, str) else None
        if node is None:
            return Dropped.VALUE
        wanted = set(numbers_in(node.removeprefix(QUANTITY).replace("-", " ")))
        if not wanted <= set(numbers_in(one.words)):
            return Dropped.SAYS_MORE
        return replace(one, nodes=(node,))
