"""The store that `--store` names, for verbs that check it where it is."""

from __future__ import annotations

from argparse import Namespace

from bri_kg.cli.given_options import given_of, reading_of, wanted
from bri_kg.errors import UsageError
from bri_kg.stores.selecting import Guarded


def opened_for(args: Namespace) -> Guarded:
    """Open what `--store` names: an address, a folder or an RDF file. Raise as `open_any` does."""
    from bri_kg.stores.loading import open_any

    return open_any(args.store, reading=reading_of(args), show=wanted(args), given=given_of(args))


def files_beside_store() -> UsageError:
    """Return the error for files that are given beside a store, which they are not in."""
    return UsageError(
        code="BRI723",
        message="files are given, and so is a store",
        why="what is checked is either in the store or in files",
        fix="leave out the files, or --store; `bri-kg load FILE --store URL` puts files into a store",
    )
