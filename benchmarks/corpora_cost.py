"""Tell what a corpus costs by stage and by check as it grows, with the exponent of each.

    python benchmarks/corpora_cost.py --sources 100 200 400 --batch 20

The corpora are those of `corpora.py`; all is done in one process, so that its CPU time is that of the work. The
exponent is the slope of the logarithms over those of the sources. Of what takes under a tenth of a second at the
largest corpus it says nothing, and none is given.
"""

from __future__ import annotations

import argparse
import math
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any, Final

from bri_kg.checking import checks
from bri_kg.corpus import building, part_of_corpus, running_here, sharing_out
from bri_kg.dataset.resources import find
from corpora import grow

# Which function is which stage; what one calls of another is that other's.
STAGES: Final[dict[Any, dict[str, str]]] = {
    running_here: {
        "_scan_some": "scan",
        "parts": "parts: told and beside",
        "work_on": "parts: rest",
        "_write": "parts: written",
        "look_at": "buckets: looked at",
    },
    running_here.Here: {"_load": "joins: loaded", "write_shared": "writing"},
    sharing_out: {
        "number_parts": "share out: into parts",
        "_lay_beside": "share out: beside",
    },
    building: {
        "refuse_taken": "share out",
        "set_terms_apart": "share out",
        "read_ground": "ground",
        "_of_ground": "ground",
        "share_out": "share out",
        "prepare": "joins",
        "write_notes": "joins",
        "follow_chains": "joins",
        "settle_inferred": "joins",
        "contradictions": "joins",
        "unknown_names": "joins",
        "begin": "buckets: made",
        "fill_for_checks": "buckets: made",
        "fill_for_claims_alike": "buckets: made",
        "finish": "buckets: made",
        "waiting": "candidates in order",
        "gathered": "writing",
        "write_manifest": "writing",
    },
    part_of_corpus: {
        "_asserted": "parts: values and links",
        "facts_of_claims": "parts: facts",
        "closed": "parts: closure",
        "as_findings": "parts: shapes",
        "retired_terms": "parts: terms",
        "_uses": "parts: terms",
    },
}
NOTABLE: Final = 0.1


class Clock:
    """CPU time by name; what is done within something else is not counted there again."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self._open: list[str] = []
        self._since = time.process_time()

    def begin(self, name: str) -> None:
        """Let time count for this name from now on."""
        self._count()
        self._open.append(name)

    def end(self) -> None:
        """Let time count for what it counted for before."""
        self._count()
        self._open.pop()

    def _count(self) -> None:
        now = time.process_time()
        self.spent[self._open[-1] if self._open else "rest"] += now - self._since
        self._since = now


def timed(work: Callable[..., Any], name: str, clock: Clock) -> Callable[..., Any]:
    """Return the function, telling the clock; of a generator, each step is timed."""

    def run(*taken: Any, **named: Any) -> Any:
        clock.begin(name)
        try:
            made = work(*taken, **named)
        finally:
            clock.end()
        return _stepped(made, name, clock) if isinstance(made, Generator) else made

    return run


def _stepped(made: Iterator[Any], name: str, clock: Clock) -> Iterator[Any]:
    while True:
        clock.begin(name)
        try:
            found = next(made)
        except StopIteration:
            return
        finally:
            clock.end()
        yield found


def cost(folder: Path, sources: int, batch: int, seed: int) -> dict[str, float]:
    """Return the CPU time by stage, and by check, of a corpus of so many sources."""
    resources = find(grow(folder / f"of-{sources}", sources, seed), alone=True)
    clock = Clock()
    run_check = checks.run_check

    def checked(check: Any, *taken: Any) -> Any:
        return timed(lambda: list(run_check(check, *taken)), f"check {check.name}", clock)()

    told: dict[tuple[Any, str], Callable[..., Any]] = {
        (where, name): timed(getattr(where, name), stage, clock)
        for where, stages in STAGES.items()
        for name, stage in stages.items()
    }
    told[part_of_corpus, "run_check"] = checked
    before = {(where, name): getattr(where, name) for where, name in told}
    try:
        for (where, name), work in told.items():
            setattr(where, name, work)
        clock.begin("rest")
        running_here.build_corpus(resources, folder / f"out-{sources}", batch, processes=0)
        clock.end()
    finally:
        for (where, name), work in before.items():
            setattr(where, name, work)
    return dict(clock.spent)


def exponent(costs: dict[int, float]) -> float | None:
    """Return the slope of the logarithms, or None where there is too little to tell."""
    if len(costs) < 2 or min(costs.values()) <= 0 or costs[max(costs)] < NOTABLE:
        return None
    logarithms = [(math.log(n), math.log(seconds)) for n, seconds in costs.items()]
    return statistics.linear_regression(*zip(*logarithms, strict=True)).slope


def table(costs: dict[int, dict[str, float]]) -> Iterator[str]:
    """Yield the lines of the table: stages, all checks together, the sum, then each check."""
    names = sorted({name for spent in costs.values() for name in spent})
    stages = {name: {n: spent.get(name, 0.0) for n, spent in costs.items()} for name in names}
    checks = {name: stages.pop(name) for name in names if name.startswith("check ")}
    stages["all checks"] = {n: sum(of[n] for of in checks.values()) for n in costs}
    stages["sum"] = {n: sum(spent.values()) for n, spent in costs.items()}
    yield "\t".join(("CPU seconds", *map(str, costs), "exponent"))
    for name, spent in (*stages.items(), *checks.items()):
        slope = exponent(spent)
        shown = "" if slope is None else f"{slope:.2f}"
        yield "\t".join((name, *(f"{seconds:.2f}" for seconds in spent.values()), shown))


def main(arguments: list[str] | None = None) -> int:
    """Print the table; see the top of this file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--sources", type=int, nargs="+", default=[100, 200, 400])
    parser.add_argument("--batch", type=int, default=20)
    parser.add_argument("--seed", type=int, default=42)
    args = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        costs = {n: cost(Path(folder), n, args.batch, args.seed) for n in args.sources}
    print("\n".join(table(costs)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
