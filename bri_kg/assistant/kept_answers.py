"""The few answers that were last given in part, so that their next pages need not be found again."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Any, Final

from bri_kg.assistant.result_frame import Answer

_MOST: Final = 4
_MOST_CALLS: Final = 64
_LARGEST: Final = 2_000  # items; what has more is found again


class KeptAnswers:
    """Answers by what was asked. Whoever lacks one finds it again: nothing depends on their being here."""

    def __init__(self) -> None:
        self._answers: OrderedDict[str, Answer] = OrderedDict()
        self._calls: OrderedDict[str, tuple[str, dict[str, Any]]] = OrderedDict()
        self._lock = Lock()

    def take(self, of: str) -> Answer | None:
        """Return the answer to what was asked, where it is here."""
        with self._lock:
            return self._answers.get(of)

    def put(self, of: str, answer: Answer) -> None:
        """Keep an answer in place of the one that was asked for longest ago."""
        if answer.items.total > _LARGEST:
            return
        with self._lock:
            self._answers[of] = answer
            self._answers.move_to_end(of)
            while len(self._answers) > _MOST:
                self._answers.popitem(last=False)

    def put_call(self, of: str, tool: str, arguments: dict[str, Any]) -> None:
        """Keep what was asked, for a cursor that comes without it."""
        with self._lock:
            self._calls[of] = (tool, arguments)
            self._calls.move_to_end(of)
            while len(self._calls) > _MOST_CALLS:
                self._calls.popitem(last=False)

    def whole_call(self, of: str, tool: str, given: dict[str, Any]) -> dict[str, Any]:
        """Return a call with what it leaves out of the call that it continues, where that is here."""
        with self._lock:
            known, arguments = self._calls.get(of, ("", {}))
        return {**arguments, **given} if known == tool else given
