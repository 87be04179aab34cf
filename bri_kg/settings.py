"""How much a file or a query may ask of the machine: bounds, and the settings that allow more.

Each bound is an environment variable, read when it is needed. What goes beyond one is an error
that names it.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Final

from bri_kg.errors import InputError, UsageError

_TOO_MUCH: Final = 3
UNBOUNDED: Final = 1e12
_AN_AMOUNT: Final = 4000  # what could be set where nothing is


@dataclass(frozen=True)
class Bound:
    """A setting: its name, what it bounds, its unit, its default, and the most that can be set."""

    name: str
    what: str
    unit: str
    default: float
    most: float = float("inf")

    @property
    def value(self) -> float:
        """The value set, else the default. Raise UsageError for what is no number above 0."""
        text = os.environ.get(self.name, "")
        try:
            number = float(text) if text.strip() else self.default
        except ValueError:
            number = 0.0
        if not 0 < number < float("inf"):
            raise UsageError(
                code="BRI284",
                message=f"{self.name}={text!r} is no number above 0",
                fix=f"write {self.name}={self._like:.0f}, or leave it unset",
            )
        return min(number, self.most)

    @property
    def is_bounded(self) -> bool:
        """Whether there is a bound where nothing is set."""
        return self.default < UNBOUNDED

    @property
    def _like(self) -> float:
        return self.default if self.is_bounded else _AN_AMOUNT

    def passed(
        self, code: str, message: str, file: str | None, why: str | None = None
    ) -> InputError:
        """Return the error for a file that goes beyond this bound."""
        fix = self.raised or "no setting raises this: change the file"
        return InputError(code, message, file=file, why=why, fix=fix, exit_code=_TOO_MUCH)

    @property
    def raised(self) -> str | None:
        """How to allow more, None where nothing does."""
        value = self.value
        if value >= self.most:
            return None
        now = "" if value >= UNBOUNDED else f"above {f'{value:f}'.rstrip('0').rstrip('.')} "
        return f"set {self.name} {now}({self.unit}) to allow more"
