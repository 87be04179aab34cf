"""What the sections of the benchmark share: sizes, generated data, commands, and how outputs are read."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from bri_kg.dataset import resources
from bri_kg.dataset.question_files import read_index
from bri_kg.dataset.questions import as_sent, bindings
from bri_kg.names import PREFIXES, expand
from generate import Generator, lines
from measure import run

CASES: Final = (sys.executable, str(Path(__file__).resolve().with_name("cases.py")))
CLI: Final = (sys.executable, "-m", "bri_kg")
_SH: Final = PREFIXES["sh"]


@dataclass(frozen=True)
class Plan:
    """Which sizes, where generated data is kept, and how long things may take."""

    sizes: Mapping[str, int]
    work: Path
    limit: float
    question_limit: float

    def data(
        self, name: str, part: str = "facts", ending: str = ".nt", violations: int = 0
    ) -> Path:
        """A generated graph of a size, made where it is not there yet."""
        path = self.work / f"{name}-{part}-{violations}{ending}"
        if not path.exists():
            beside = path.with_suffix(".part")
            generator = Generator(
                self.sizes[name], part=part, violations=violations, named_graphs=ending == ".nq"
            )
            with beside.open("wb") as file:
                for batch in generator.batches():
                    file.write(lines(batch))
            if ending == ".nq":
                run([*CASES, "prepare", str(beside.rename(path))], limit=self.limit)
            else:
                beside.rename(path)
        return path

    def repeats(self, name: str) -> int:
        """Small sizes are run several times."""
        return 5 if self.sizes[name] <= 20_000 else 3 if self.sizes[name] <= 200_000 else 1

    def upto(self, limit: int) -> list[str]:
        """The sizes up to a number of triples."""
        return [name for name, triples in self.sizes.items() if triples <= limit]


def asked_questions(*, real: bool = False) -> list[dict[str, object]]:
    """Every question with its defaults; unless `real`, moved to the nodes that stand for them when generated."""
    found = resources.find()
    generator = Generator(1)

    def moved(text: str, _: str | None) -> ox.NamedNode:
        iri = expand(text) or text
        return ox.NamedNode(iri if real else generator.counterpart(iri))

    items: list[dict[str, object]] = []
    for name, question in read_index(found).items():
        values = bindings(question, {}, "en", moved)
        bound = as_sent(question, values)
        items.append(
            {
                "name": name,
                "query": question.query,
                "values": {k: str(v) for k, v in values.items()},
                "bound": bound,
            }
        )
    return items


def read_report(path: Path) -> set[tuple[str, ...]]:
    """The results of a SHACL report, without the names of its blank nodes."""
    found: dict[str, dict[str, str]] = {}
    results = set()
    for quad in ox.parse(path=str(path), format=ox.RdfFormat.N_TRIPLES):
        found.setdefault(str(quad.subject), {})[quad.predicate.value.removeprefix(_SH)] = str(
            quad.object
        )
        if quad.predicate.value == _SH + "result":
            results.add(str(quad.object))
    keys = ("focusNode", "sourceShape", "sourceConstraintComponent", "resultSeverity", "value")
    return {tuple(found[result].get(key, "") for key in keys) for result in results}


def read_lines(path: Path) -> set[str]:
    """The lines of a file."""
    with path.open(encoding="utf-8") as file:
        return {line.rstrip("\n") for line in file}


def has(module: str) -> bool:
    """Whether a package is installed."""
    return importlib.util.find_spec(module) is not None


def has_server() -> bool:
    """Whether the oxigraph server is here."""
    beside = Path(sys.executable).parent / "oxigraph"
    return beside.exists() or shutil.which("oxigraph") is not None
