"""What the options of a command line say of how files are read, and who watches."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bri_kg.dataset.markers import standing_in
from bri_kg.errors import UsageError
from bri_kg.rdf.reading import Reading

if TYPE_CHECKING:
    from bri_kg.stores.addresses import Given

_WITHOUT_GRAPH: Final = frozenset(("init", "help", "completion"))
_OF_ADDRESSES: Final = (
    "store_kind", "query_url", "update_url", "graph_store_url", "credentials", "ca_file",
)  # fmt: skip


def reading_of(args: Namespace) -> Reading:
    """Return how files are read: what `--base` and `--input-format` say. Raise UsageError for a bad one."""
    return Reading(args.base, args.input_format).checked()


def chosen_graphs(args: Namespace) -> list[str] | None:
    """Return the folders that `--graph` names, else the collection in which the user stands, if any."""
    named = [*(args.graph_before or ()), *(args.graph or ())]
    if named or args.verb in _WITHOUT_GRAPH:
        return named or None
    try:
        found = standing_in(Path.cwd())
    except OSError:  # a folder that is gone
        return None
    return [str(found)] if found else None


def wanted(args: Namespace) -> bool:
    """Return whether progress is to be shown: stderr is a terminal, and there is no `-q`."""
    return not args.quiet and sys.stderr is not None and sys.stderr.isatty()


def refuse_work_alone(args: Namespace) -> None:
    """Raise UsageError for a folder of kept work where nothing is done in parts."""
    if args.work and not args.batch:
        raise UsageError(
            "BRI522",
            "--work goes with --batch",
            why="what is kept is kept by parts",
            fix="add --batch N, or leave --work out",
        )


def given_of(args: Namespace) -> Given | None:
    """Return what the options say of a store at an address, and how a person is asked for a password; None without."""
    if args.store is None:
        return None
    from bri_kg.stores.addresses import Given  # few command lines name an address

    return Given(
        kind=args.store_kind,
        query=args.query_url,
        update=args.update_url,
        graph_store=args.graph_store_url,
        credentials=args.credentials,
        certificates=args.ca_file,
        prompt=_ask if sys.stdin is not None and sys.stdin.isatty() else None,
    )


def refuse_options_without_address(args: Namespace, options: Sequence[str] = _OF_ADDRESSES) -> None:
    """Raise UsageError where one of the options tells of a store at an address, and --store names none."""
    told = [name for name in options if getattr(args, name) not in (None, False)]
    if not told or _names_an_address(args.store):
        return
    raise UsageError(
        code="BRI722",
        message=f"--{told[0].replace('_', '-')} tells of a store at an address, and --store names none",
        fix="add --store URL, the address of the store",
    )


def _names_an_address(store: str | None) -> bool:
    from bri_kg.stores.addresses import is_address

    return store is not None and is_address(store)


def _ask(host: str) -> tuple[str, str]:
    """Return the name and password that a person types; only the name is shown."""
    from getpass import getpass

    sys.stderr.write(f"{host} login: ")
    sys.stderr.flush()
    return sys.stdin.readline().strip(), getpass(f"{host} password: ")
