"""Which stored questions somebody means: those of a tag, and those that tell of some words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from bri_kg.answers.asked_words import in_pieces, without_filler
from bri_kg.answers.word_matching import Word, words_of
from bri_kg.dataset.question_tags import tag_name, tag_named
from bri_kg.dataset.questions import Parameter, Question
from bri_kg.errors import UsageError
from bri_kg.names import nearest, shorten
from bri_kg.texts.spellings import singular

_STEM: Final = 4  # letters that words must share at least: founding, founded
_ENDING: Final = 3  # letters that they need not


def of_tag(questions: Iterable[Question], tag: str) -> list[Question]:
    """Return the questions with this tag, by its name in either language. Raise UsageError for one that none has."""
    given = list(questions)
    chosen = [question for question in given if tag_named(tag) in question.tags]
    if chosen:
        return chosen
    known = sorted({each for question in given for each in question.tags})
    near = nearest(tag, known)
    raise UsageError(
        code="BRI154",
        message=f"no question has the tag {tag!r}",
        fix=f"did you mean {near!r}?" if near else f"the tags are: {', '.join(known)}",
    )


def telling_of(questions: Iterable[Question], words: str) -> list[Question]:
    """Return the questions whose name, wording or tags hold all the words, else those that are explained so.

    An ending need not agree: `founding` finds `founded`. Chinese is found inside longer words, and
    words that only ask, as `who` and 谁 do, do not count.
    """
    given = list(questions)
    asked = meant_words(given, words)
    told = [q for q in given if _holds(wording_of(q), asked)]
    return told or [q for q in given if _holds(f"{wording_of(q)} {q.description}", asked)]


def telling_of_some(questions: Iterable[Question], words: str) -> list[Question]:
    """Return the questions that tell of most of the words, though not of all; small words do not count."""
    given = list(questions)
    asked = [
        (word,) for word in meant_words(given, words) if word.is_han or len(word.joined) >= _STEM
    ]
    held = [(q, sum(_holds(wording_of(q), one) for one in asked)) for q in given]
    most = max((count for _, count in held), default=0)
    return [question for question, count in held if count == most] if most else []


def most_asked_first(questions: Iterable[Question]) -> list[Question]:
    """Return questions, those first that people are known to ask in the most ways."""
    return sorted(questions, key=lambda question: -ways_asked(question))


def ways_asked(question: Question) -> int:
    """Return in how many ways people are known to ask a question, in either language."""
    return sum(len(texts) for texts in question.asked_as.values())


def asking_of(question: Question, node: str) -> Parameter | None:
    """Return the first parameter of a question where it asks for a thing of this kind, by prefix; else None."""
    first = question.params[0] if question.params else None
    prefix = shorten(node).partition(":")[0]
    return first if first and (first.default or "").partition(":")[0] == prefix else None


def meant_words(questions: Sequence[Question], words: str) -> tuple[Word, ...]:
    """Return the words that mean something, Chinese in the pieces that questions use."""
    known = "\n".join(wording_of(question) for question in questions)
    return in_pieces(without_filler(words_of(words)), known.__contains__)


def wording_of(question: Question) -> str:
    """Return name, wordings and tags of a question in one text."""
    tags = (name for tag in question.tags for name in (tag, tag_name(tag, "zh")))
    other = (text for texts in question.asked_as.values() for text in texts)
    return " ".join((question.name, question.summary, question.summary_zh, *tags, *other))


def holds_word(text: str, word: Word) -> bool:
    """Return whether a text holds a word, a long one up to its ending."""
    if word.is_han or len(word.joined) > _STEM + 1:
        return _holds(text, (word,))
    return any(
        singular(word.joined) == singular(part) for known in words_of(text) for part in known.parts
    )


def _holds(text: str, asked: tuple[Word, ...]) -> bool:
    known = words_of(text)
    parts = {part for word in known for part in (*word.parts, word.joined)}
    return all(_is_in(word, parts) for word in asked)


def _is_in(word: Word, parts: set[str]) -> bool:
    if word.is_han:
        return any(word.joined in part for part in parts)
    stem = word.joined[: max(_STEM, len(word.joined) - _ENDING)]
    return any(part.startswith(stem) for part in parts)
