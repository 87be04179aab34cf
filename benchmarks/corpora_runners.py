"""Build one corpus by several runners; tell what each costs, and whether all give the same.

    python benchmarks/corpora_runners.py --sources 1000 --on whole here here:7 local-cluster[2,1,1536]

`whole` is the embedded pipeline over everything at once; `here` is processes with DuckDB, in parts of `--batch`
sources or of the number after it; anything else is a master of Spark. CPU time is that of all processes which a runner
starts; memory is the greatest sum of their proportional set sizes, and that of the greatest of them.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bri_kg.corpus.manifest import CANDIDATES, FINDINGS, LAYERS
from corpora import grow

_HERE: Final = Path(__file__).parent


@dataclass(frozen=True)
class Run:
    """What a runner cost, in seconds and megabytes, and digests of what it gave."""

    runner: str
    cpu: float
    wall: float
    memory: float
    one: float
    digests: dict[str, str] = field(default_factory=dict)

    def row(self) -> str:
        """Return it as a row of the table."""
        figures = (f"{value:.0f}" for value in (self.cpu, self.wall, self.memory, self.one))
        return "\t".join((self.runner, *figures, *self.digests.values()))


def command(
    runner: str, folders: Sequence[Path], out: Path, batch: int, work: Path | None
) -> list[str]:
    """Return by which command a runner builds a corpus; `work` is where it may keep what it did."""
    if runner == "whole":
        return [sys.executable, str(_HERE / "corpora_whole.py"), str(out), *map(str, folders)]
    graphs = [word for folder in folders for word in ("--graph", str(folder))]
    words = [sys.executable, "-m", "bri_kg", "build", "release", str(out), *graphs, "--alone"]
    if work:
        words += ["--work", str(work)]
    name, _, size = runner.partition(":")
    if name == "here":
        return [*words, "--batch", size or str(batch)]
    return [*words, "--batch", str(batch), "--on", runner]


def run(
    runner: str, folders: Sequence[Path], out: Path, batch: int, work: Path | None = None
) -> Run:
    """Build a corpus and return what that cost."""
    result = out.with_suffix(".cost")
    began = time.monotonic()
    launched = [sys.executable, "-IS", str(_HERE / "launch_tree.py"), str(result)]
    subprocess.run([*launched, *command(runner, folders, out, batch, work)], check=True)
    wall = time.monotonic() - began
    code, cpu, memory, one = result.read_text(encoding="utf-8").split()
    if code not in ("0", "1"):  # with 1, mistakes were found in the corpus
        raise SystemExit(f"{runner} ended with {code}")
    return Run(runner, float(cpu), wall, int(memory) / 1000, int(one) / 1000, digests(out))


def digests(out: Path) -> dict[str, str]:
    """Return the beginnings of digests: of the lines of each layer in order, of findings, of candidates."""
    found = {}
    for layer in LAYERS:
        paths = [*out.glob(f"{layer}-*.nq"), *out.glob(f"{layer}/*.nq.gz")]
        found[layer] = _digest_of_sorted(paths)
    for name in (FINDINGS, CANDIDATES):
        found[name] = hashlib.sha256((out / name).read_bytes()).hexdigest()[:12]
    return found


def _digest_of_sorted(paths: Iterable[Path]) -> str:
    with (
        subprocess.Popen(
            ["sort", "-S", "200M"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"},
        ) as sorting
    ):  # fmt: skip
        assert sorting.stdin and sorting.stdout
        for path in paths:
            with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
                while some := file.read(1 << 20):
                    sorting.stdin.write(some)
        sorting.stdin.close()
        return hashlib.file_digest(sorting.stdout, "sha256").hexdigest()[:12]  # type: ignore[arg-type]


def main(arguments: list[str] | None = None) -> int:
    """Print a row for each runner, then how they compare; see the top of this file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--sources", type=int, required=True, help="about how many")
    parser.add_argument("--batch", type=int, default=50)
    parser.add_argument("--seed", type=int, default=42)
    parser.add_argument("--on", nargs="+", default=["whole", "here"], metavar="RUNNER")
    parser.add_argument("--corpus", type=Path, help="a folder of corpora.py, in place of a new one")
    parser.add_argument("--work", type=Path, help="a folder in which each runner keeps what it did")
    args = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        given = args.corpus
        places = (
            [given / "one", given / "two"]
            if given
            else grow(Path(folder) / "corpus", args.sources, args.seed)
        )
        print(
            "\t".join(
                ("runner", "CPU s", "wall s", "MB", "MB of one", *LAYERS, FINDINGS, CANDIDATES)
            )
        )
        runs = []
        for number, runner in enumerate(args.on):
            work = args.work and args.work / runner.partition("[")[0]
            runs.append(run(runner, places, Path(folder) / f"out-{number}", args.batch, work))
            print(runs[-1].row(), flush=True)
    least = min(one.cpu for one in runs)
    print("\t".join(f"{one.runner} {one.cpu / least:.2f}" for one in runs))
    is_same = all(one.digests == runs[0].digests for one in runs)
    print("the same bytes" if is_same else "NOT the same bytes")
    return 0 if is_same else 1


if __name__ == "__main__":
    sys.exit(main())
