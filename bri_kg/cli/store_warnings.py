"""What whoever asks a store at an address is told of it, on standard error."""

from __future__ import annotations

from argparse import Namespace

from bri_kg.cli.talking import talk
from bri_kg.stores.selecting import Guarded


def warn_of_store(args: Namespace, store: Guarded, question: str | None = None) -> None:
    """Say where the store is known to answer otherwise: a stored question, or in general."""
    if not store.kind:
        return
    from bri_kg.stores.known_stores import warning  # of use at an address only

    if told := warning(store.kind, question):
        talk(args, f"warning: {told}")
