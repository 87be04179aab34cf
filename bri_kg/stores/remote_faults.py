"""What is said where a store at an address does not give what was asked."""

from __future__ import annotations

from collections.abc import Sequence

from bri_kg.errors import BriKgError, InputError, RefusedError
from bri_kg.stores.wire import Answer

_TOO_MUCH = 3


def no_service(place: str, tried: Sequence[str]) -> InputError:
    """Return the error for an address behind which no SPARQL service was found."""
    return InputError(
        code="BRI712",
        message=f"no SPARQL service was found for {place}",
        why="asked in vain: " + ", ".join(tried),
        fix="give the address of the store, of its dataset or of its repository, or the service itself "
        "with --query-url",
    )


def refused(answer: Answer, url: str) -> BriKgError:
    """Return the error for an answer that is no success."""
    said = answer.said or None
    if answer.status in (401, 403):
        return RefusedError(
            code="BRI713",
            message=f"{url} refuses the request (HTTP {answer.status})",
            why=said,
            fix="set BRI_KG_STORE_USER and BRI_KG_STORE_PASSWORD or BRI_KG_STORE_TOKEN, or give "
            "--credentials FILE; the account must be allowed to do this",
        )
    if answer.status == 404:
        return InputError(
            code="BRI714",
            message=f"there is nothing at {url} (HTTP 404)",
            why=said,
            fix="correct the address, or name the service with --query-url, --update-url or --graph-store-url",
        )
    if 300 <= answer.status < 400:
        return InputError(
            code="BRI715",
            message=f"{url} has moved (HTTP {answer.status})",
            why=answer.headers.get("location"),
            fix="give the new address",
        )
    if answer.status in (429, 503):
        return InputError(
            code="BRI716",
            message=f"{url} is too busy (HTTP {answer.status})",
            why=said,
            fix="try again later",
        )
    return InputError(
        code="BRI717",
        message=f"{url} cannot do what was asked (HTTP {answer.status})",
        why=said,
        fix="look at the log of the server, or ask in another way",
    )


def stopped(url: str, state: str, message: str) -> InputError:
    """Return the error for an answer that a time limit of the server has cut: Virtuoso's header."""
    return InputError(
        code="BRI718",
        message=f"{url} stopped before it had found everything",
        why=" ".join(f"{state} {message}".split()),
        fix="ask for less, or raise the server's time limit (MaxQueryExecutionTime)",
        exit_code=_TOO_MUCH,
    )


def row_limit(url: str, number: int, there_are: int) -> InputError:
    """Return the error for rows that a limit of the server has cut off."""
    return InputError(
        code="BRI719",
        message=f"{url} gave {number} rows of {there_are}",
        why="the server has a limit of its own on rows",
        fix="ask for less with LIMIT or --limit, or raise the server's limit (ResultSetMaxRows)",
        exit_code=_TOO_MUCH,
    )
