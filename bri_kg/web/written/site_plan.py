"""What a copy holds, decided before its first page is written: links lead to nothing else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from bri_kg.web.explorer.other_answers import Answers, answers_from


@dataclass(frozen=True, eq=False)
class Plan:
    """The things that have a page, the answers that are written, and what a copy says of itself."""

    release: str
    things: tuple[str, ...]
    questions: tuple[str, ...]
    answers: Mapping[str, tuple[Answers, ...]]
    at: str | None = None
    """The address at which the copy will lie, with `/` behind."""
    is_given: bool = False
    """Whether it is of a store of the user's."""
    most_pages: int | None = None
    """How many pages of one list are written, where not all are."""

    @cached_property
    def has_page(self) -> frozenset[str]:
        """The IRIs of documents and terms that have a page."""
        return frozenset(self.things)

    @cached_property
    def _written(self) -> dict[str, dict[str, dict[str, str | None]]]:
        return {
            name: {
                one.parameter: {choice.value: one.default for choice in one.found}
                for one in several
            }
            for name, several in self.answers.items()
        }

    def answered(self, question: str, given: Mapping[str, str]) -> dict[str, str] | None:
        """Return the parameters, defaults left out, where that answer is written; None where it is not."""
        parameters = self._written.get(question, {})
        defaults = {one.parameter: one.default for one in self.answers.get(question, ())}
        changed = {name: value for name, value in given.items() if value != defaults.get(name, "")}
        if len(changed) > 1 or question not in self.questions:
            return None
        is_there = all(value in parameters.get(name, {}) for name, value in changed.items())
        return changed if is_there else None

    def write(self, path: Path) -> None:
        """Keep the plan for processes that write by it."""
        path.write_text(json.dumps(asdict(self), ensure_ascii=False), encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Self:
        """Return a plan that `write` kept."""
        told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        told["things"], told["questions"] = tuple(told["things"]), tuple(told["questions"])
        told["answers"] = {
            name: tuple(answers_from(one) for one in several)
            for name, several in told["answers"].items()
        }
        return cls(**told)
