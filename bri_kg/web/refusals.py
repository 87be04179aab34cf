"""Why there is no answer: errors of ours with a status for each, and what nothing is known of."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from bri_kg.errors import BriKgError, UsageError, without_commands
from bri_kg.web.negotiation import language
from bri_kg.web.problems import ProblemError, crowded
from bri_kg.web.turns import CrowdedError, Turns

LANGUAGES: Final = ("en", "zh")
_TOO_MUCH: Final = 3
_PATIENCE: Final = 60.0  # seconds that a request waits for its turn


class NothingKnownError(Exception):
    """Nothing is known of an IRI; `near` is the address on the site of what may be meant."""

    def __init__(self, iri: str, near: str | None = None) -> None:
        super().__init__(iri)
        self.iri = iri
        self.near = near

    def problem(self) -> ProblemError:
        """Return it as it is told to programs."""
        fix = f"did you mean {self.near}?" if self.near else None
        return ProblemError("BRI120", f"the graph does not know {self.iri!r}", status=404, fix=fix)


def language_of(request: Request) -> str:
    """Return the language of a page: the one asked for by `lang`, else by Accept-Language."""
    asked = request.query_params.get("lang")
    return (
        asked if asked in LANGUAGES else language(request.headers.get("accept-language"), LANGUAGES)
    )


async def in_thread(
    turns: Turns[int], answer: Callable[[Request], Response], request: Request
) -> Response:
    """Return what `answer` gives, found in a thread when it is the client's turn.

    Raise ProblemError for errors of ours, and where too many wait already, or it waited too long.
    """
    try:
        async with asyncio.timeout(_PATIENCE):
            thread = await turns.take(request.client.host if request.client else "")
    except (CrowdedError, TimeoutError):
        raise crowded() from None
    try:
        return await run_in_threadpool(answer, request)
    except ProblemError:
        raise
    except BriKgError as error:
        raise problem_of(error) from None
    finally:
        turns.give(thread)


def problem_of(error: BriKgError, status: int | None = None) -> ProblemError:
    """Return an error as a problem, without the commands that would mend it on a terminal."""
    fix = without_commands(error.fix)
    return mended_so(error, status or _status(error), fix, error.why)


def mended_so(
    error: BriKgError, status: int, fix: str | None, why: str | None = None
) -> ProblemError:
    """Return an error as a problem of this status that says how it is mended here."""
    return ProblemError(error.code, error.message, status=status, why=why, fix=fix)


def _status(error: BriKgError) -> int:
    if error.exit_code == _TOO_MUCH:
        return 503
    # What a question needs and a store of the user's lacks is no mistake of who asks.
    return 400 if isinstance(error, UsageError) else 409
