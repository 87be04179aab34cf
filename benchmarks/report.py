"""The figures as Markdown: each with its target, met or not."""

from __future__ import annotations

import datetime
import importlib.metadata
import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bri_kg import __version__

_PACKAGES = (
    "pyoxigraph",
    "rdflib",
    "owlrl",
    "pyshacl",
    "shacl",
    "oxrdflib",
    "oxigraph",
    "reasonable",
)


@dataclass(frozen=True)
class Target:
    """What was promised, what was measured, and whether that is enough; None where it was –."""

    promise: str
    figure: str
    met: bool | None

    def __str__(self) -> str:
        verdict = {True: "met", False: "**not met**", None: "–"}[self.met]
        return f"| {self.promise} | {self.figure} | {verdict} |"


@dataclass
class Section:
    """One part of the benchmark: a table of figures, its targets, and what was left out."""

    title: str
    about: str
    columns: Sequence[str]
    rows: list[Sequence[str]] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def at_most(promise: str, figure: float, limit: float, unit: str = "") -> Target:
    """A target that the figure must not exceed."""
    return Target(promise, f"{figure:.3g}{unit}", figure <= limit)


def at_least(promise: str, figure: float, limit: float, unit: str = "×") -> Target:
    """A target that the figure must reach."""
    return Target(promise, f"{figure:.3g}{unit}", figure >= limit)


def seconds(value: float) -> str:
    """CPU seconds, to three figures."""
    return f"{value:.3g} s"


def megabytes(value: int) -> str:
    """Peak memory."""
    return f"{value / 1e6:.0f} MB"


def write(path: Path, sections: Sequence[Section], command: str, load: tuple[float, ...]) -> None:
    """Write the report; no name of a machine or path is in it."""
    lines = ["# Benchmark results", "", *_head(command, load), ""]
    targets = [target for section in sections for target in section.targets]
    lines += ["## Targets", "", "| target | figure | |", "| --- | --- | --- |"]
    lines += [*map(str, targets), ""]
    for section in sections:
        lines += [f"## {section.title}", "", section.about, ""]
        if section.rows:
            lines += [_row(section.columns), _row(["---"] * len(section.columns))]
            lines += [*map(_row, section.rows), ""]
        lines += [f"- {note}" for note in section.notes]
        lines += [""] if section.notes else []
    path.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")


def _head(command: str, load: tuple[float, ...]) -> list[str]:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    versions = ", ".join(f"{name} {_version(name)}" for name in _PACKAGES)
    loads = " / ".join(f"{value:.1f}" for value in load)
    now = " / ".join(f"{value:.1f}" for value in os.getloadavg())
    return [
        f"Written by `{command}` on {datetime.datetime.now(datetime.UTC):%Y-%m-%d %H:%M} UTC.",
        "CPU seconds are user and system time of whole processes, children included, as the operating "
        "system gives them when a process ends; memory is the peak of the largest process. Commands that "
        "are compared run in turn. Where there are repeats, CPU is the median.",
        "",
        f"- Machine: {os.cpu_count()} cores, {platform.machine()}, {memory:.0f} GiB, {platform.system()} "
        f"{platform.release().split('-')[0]}; load average {loads} at the start, {now} at the end",
        f"- Python {platform.python_version()}; bri-kg {__version__}, {versions}",
    ]


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "not here"


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
