"""How long work may read a store: work that nobody waits for any more ends at its next rows."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, TypeVar

from bri_kg.errors import BriKgError

Row = TypeVar("Row")
_SOME: Final = 256  # rows between two looks at the clock
_UNTIL: ContextVar[tuple[float, float] | None] = ContextVar("until", default=None)


def over_time(seconds: float) -> BriKgError:
    """Return the error of an answer that took too long."""
    return BriKgError(
        "BRI864",
        f"the answer was given up after {seconds:g} seconds",
        fix="ask for less: one section, one kind, a thing of which less is said; or a query with a LIMIT",
        exit_code=3,
    )


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Let what is done here read stores for so many seconds, and raise BriKgError at the next rows after."""
    token = _UNTIL.set((time.monotonic() + seconds, seconds))
    try:
        yield
    finally:
        _UNTIL.reset(token)


@contextmanager
def to_the_end() -> Iterator[None]:
    """Let what is done here take its time, since it is kept for others: begun again, it would never be ready."""
    token = _UNTIL.set(None)
    try:
        yield
    finally:
        _UNTIL.reset(token)


def in_time(rows: Iterator[Row]) -> Iterator[Row]:
    """Yield rows as long as there is time. Raise BriKgError when there is none left."""
    try:
        for number, row in enumerate(rows):
            if not number % _SOME:
                look()
            yield row
        look()
    except BriKgError:
        if isinstance(rows, Generator):
            rows.close()  # in its own thread: the engine lets nobody else drop what it reads
        raise


def look() -> None:
    """Raise BriKgError where the time is over."""
    until = _UNTIL.get()
    if until is not None and time.monotonic() > until[0]:
        raise over_time(until[1])
