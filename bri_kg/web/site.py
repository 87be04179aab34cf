"""What every page of the server is made from: the graph that is served, its release, its address."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bri_kg.knowledge import KnowledgeGraph
from bri_kg.web.problems import Spoken
from bri_kg.web.turns import Turns

THIS_MACHINE: Final = frozenset(("127.0.0.1", "::1", "localhost"))
_WAITING: Final = 200  # requests
# With four, `ASK {}` was held up 20 times as long as idle, with Starlette's 40 over 1000 times, with one 5 times.
_THREADS: Final = 1


def _turns() -> Turns[int]:
    turns: Turns[int] = Turns(_WAITING)
    turns.free.extend(range(_THREADS))
    return turns


@dataclass(frozen=True)
class Words:
    """The words of the sources: the folder of texts that are shown, none where None, and to whom."""

    texts: Path | None = None
    is_for_all: bool = False
    """Whether by whatever name people reach the site; else by the names of this machine alone."""

    @classmethod
    def served(
        cls, texts: Path | None, host: str, public_url: str | None, *, for_all: bool
    ) -> Words:
        """Return the words that a server shows which listens at `host` and is reached at `public_url`, if given."""
        is_here = host in THIS_MACHINE and not public_url
        return cls(texts if is_here or for_all else None, for_all)

    def shown_at(self, name: str | None) -> Path | None:
        """Return the texts whose words are shown to those whom this name has led to the site.

        A page of another site may give its own name the address of this machine, and would then read the words.
        """
        return self.texts if self.is_for_all or name in THIS_MACHINE else None


NO_WORDS: Final = Words()


@dataclass(frozen=True)
class Site:
    """One release as it is served. A new release is a new site: nothing in this one changes.

    Queries of strangers are never asked of `graph`: they go to the workers.
    """

    graph: KnowledgeGraph
    public_url: str
    """The address as people reach it, without a slash at its end, such as `http://127.0.0.1:8000/base`."""
    release: str
    """The digest of the release."""
    words: Words = NO_WORDS
    spoken: Spoken | None = None
    """What puts a message into a language."""
    turns: Turns[int] = field(default_factory=_turns, compare=False)
    """The threads in which questions and pages are made, for each client in turn."""
