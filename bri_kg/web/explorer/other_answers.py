"""The answers to a question for other choices than those of its page, where each is written as a page of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Choice:
    """A value of a parameter of a question, what it is called in each language, and how many rows it has."""

    value: str
    labels: Mapping[str, str]
    rows: int


@dataclass(frozen=True)
class Answers:
    """The other answers of a question: of each parameter, the values that have one and those that have none."""

    parameter: str
    default: str | None
    found: tuple[Choice, ...]
    empty: tuple[Choice, ...]


def answers_from(told: Mapping[str, Any]) -> Answers:
    """Return the answers that plain data tell of."""
    found, empty = (tuple(Choice(**one) for one in told[part]) for part in ("found", "empty"))
    return Answers(told["parameter"], told["default"], found, empty)
