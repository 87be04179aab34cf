"""What `bri-kg infer` is asked and says, of files and of a store at an address alike."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable
from typing import Final

import pyoxigraph as ox

from bri_kg.cli.talking import say, talk
from bri_kg.errors import UsageError
from bri_kg.plain import visible
from bri_kg.reasoner import Contradiction, Unsupported

_SHOWN: Final = 50


def tell_imports(imports: tuple[ox.Triple, ...], args: Namespace) -> None:
    """Say which imports were not followed."""
    if imports:
        names = dict.fromkeys(visible(str(triple.object)) for triple in imports)
        talk(args, f"not followed, since not among the files: {', '.join(names)}")


def tell_unsupported(found: Iterable[Unsupported], args: Namespace) -> None:
    """Say which axioms no rule covers."""
    for unsupported in found:
        talk(args, f"warning[BRI403]: {visible(unsupported.message)}")


def ontology_of(args: Namespace) -> list[str] | None:
    """Return the files with axioms; None for ours, an empty list for none."""
    if args.ontology and args.no_ontology:
        raise UsageError(
            code="BRI404",
            message="--ontology and --no-ontology are given together",
            fix="leave out one of them",
        )
    return [] if args.no_ontology else args.ontology


def tell_contradictions(
    contradictions: tuple[Contradiction, ...], lang: str, *, in_full: bool
) -> None:
    """Say what contradicts; only the first ones unless all are wanted."""
    shown = contradictions if in_full else contradictions[:_SHOWN]
    for contradiction in shown:
        say(f"error[{contradiction.rule}]: {visible(contradiction.message)}", lang)
    if len(shown) < len(contradictions):
        say(f"and {len(contradictions) - len(shown)} contradictions more (-v shows all)", lang)
