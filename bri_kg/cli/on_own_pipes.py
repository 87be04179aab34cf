"""The tools for assistants over standard input and output, with workers of its own for queries."""

from __future__ import annotations

import asyncio
import os
import signal
from argparse import Namespace
from typing import Any

from bri_kg.cli.messages.speaking import in_language
from bri_kg.errors import UsageError, how_to_install
from bri_kg.texts.originals import texts_at_hand
from bri_kg.web.serving_limits import Limits
from bri_kg.web.snapshots import Place, Snapshot, take


def serve_on_own_pipes(args: Namespace, place: Place, limits: Limits) -> int:
    """Answer until standard input ends; 0. No port is opened, and nothing but the protocol is printed."""
    try:
        from bri_kg.assistant.desk import Desk
        from bri_kg.assistant.on_pipes import OneThread, serve_on_pipes
    except ImportError as error:
        raise missing(error) from None
    from bri_kg.web.front_door import write_line
    from bri_kg.web.queries_of_assistants import OwnWorkers

    snapshot = take(place)
    try:
        _end_by_signals(snapshot)
        desk = Desk(
            graph=snapshot.open(place),
            release=snapshot.release[:16],
            queries=OwnWorkers(snapshot.store, limits),
            in_turn=OneThread(limits.seconds),
            texts=texts_at_hand(args.sources),
            spoken=in_language,
            log=write_line,
        )
        asyncio.run(serve_on_pipes(desk))
    finally:
        snapshot.remove()
    return 0


def missing(error: ImportError) -> Exception:
    """Return what to say of a package that is not installed, else the error itself."""
    name = (error.name or "").partition(".")[0]
    if name == "bri_kg":
        return error
    return UsageError(
        "BRI853",
        f"serve --mcp needs {name}, which is not installed",
        fix=how_to_install("assistant"),
    )


def _end_by_signals(snapshot: Snapshot) -> None:
    # A thread that waits for standard input cannot be stopped: the process ends without it.
    def end(number: int, frame: Any) -> None:
        snapshot.remove()
        os._exit(130 if number == signal.SIGINT else 0)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
