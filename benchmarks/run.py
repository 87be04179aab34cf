"""Ours and the alternatives side by side, against the targets.

    python benchmarks/run.py --sizes 10k,100k,1m,5m -o benchmarks/RESULTS.md
    python benchmarks/run.py --sizes 10k --only cold,closure

Wants a POSIX system. Engines that are not installed are left out, and that is said: the extras `fast` and
`bench` bring them.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

import report
import sections
from generate import size
from plan import Plan


def main(arguments: list[str] | None = None) -> int:
    """Run the sections and write the report; 0 whatever the figures say, 1 with --strict where one fails."""
    args = _parser().parse_args(arguments)
    before = os.getloadavg()
    with tempfile.TemporaryDirectory(prefix="bri-kg-bench-") as folder:
        plan = Plan(
            {text.strip().lower(): size(text.strip()) for text in args.sizes.split(",")},
            Path(args.work or folder),
            args.limit,
            args.question_limit,
        )
        plan.work.mkdir(parents=True, exist_ok=True)
        done = []
        for name in args.only.split(",") if args.only else sections.ALL:
            print(f"== {name}", file=sys.stderr)
            done.append(sections.ALL[name](plan))
            for target in done[-1].targets:
                print(target, file=sys.stderr)
            if args.output:
                only = f" --only {args.only}" if args.only else ""
                report.write(
                    args.output,
                    done,
                    f"python benchmarks/run.py --sizes {args.sizes}{only}",
                    before,
                )
    missed = [target for section in done for target in section.targets if target.met is False]
    return 1 if args.strict and missed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument(
        "--sizes", default="10k,100k", help="how many triples, by commas (default: 10k,100k)"
    )
    parser.add_argument("--only", help="some of: " + ",".join(sections.ALL))
    parser.add_argument(
        "-o", "--output", type=Path, help="the report, written anew after each section"
    )
    parser.add_argument(
        "--work", help="where generated data is kept for the next run (default: nowhere)"
    )
    parser.add_argument(
        "--limit",
        type=float,
        default=1800,
        help="seconds after which a process is ended (default: 1800)",
    )
    parser.add_argument(
        "--question-limit", type=float, default=30, help="the same for one question (default: 30)"
    )
    parser.add_argument(
        "--strict", action="store_true", help="exit with 1 where a target is not met"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
