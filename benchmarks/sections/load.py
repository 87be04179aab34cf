"""Filling a store on disk, against the bare engine's own loader."""

from __future__ import annotations

import shutil
from collections.abc import Sequence

from measure import Cost, Costs, run
from plan import CASES, CLI, Plan
from report import Section, Target, at_most, megabytes
from sections.shared import growth, shown


def load(plan: Plan) -> Section:
    """Filling a store on disk."""
    section = Section("Load", "N-Triples into a store on disk.", ("size", "what", "CPU", "memory"))
    ours: dict[str, Costs] = {}
    for name in plan.sizes:
        data = str(plan.data(name))
        runs: dict[str, list[Cost]] = {"bare pyoxigraph": [], "bri-kg load": []}
        for _ in range(plan.repeats(name)):
            runs["bare pyoxigraph"].append(_load(plan, [*CASES, "load_pyoxigraph", data]))
            runs["bri-kg load"].append(_load(plan, [*CLI, "load", data, "--store"]))
        found = {what: Costs(tuple(costs)) for what, costs in runs.items()}
        for what, costs in found.items():
            section.rows.append((name, what, shown(costs), megabytes(costs.rss)))
        ours[name] = found["bri-kg load"]
        section.targets += _targets(name, plan.sizes[name], found)
    section.targets += growth("load", plan, ours, 1.15)
    return section


def _targets(name: str, triples: int, found: dict[str, Costs]) -> list[Target]:
    ours, bare = found["bri-kg load"], found["bare pyoxigraph"]
    if triples < 5_000_000:
        ratio = f"{ours.cpu / bare.cpu:.3g} ×"
        return [Target(f"load at {name} against bare pyoxigraph (no target)", ratio, None)]
    return [
        at_most(f"load at {name}: at most 1.2 × bare pyoxigraph", ours.cpu / bare.cpu, 1.2, " ×"),
        at_most(f"load at {name}: at most 2 GB", ours.rss / 1e9, 2, " GB"),
    ]


def _load(plan: Plan, command: Sequence[str]) -> Cost:
    folder = plan.work / "store"
    shutil.rmtree(folder, ignore_errors=True)
    try:
        return run([*command, str(folder)], limit=plan.limit)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
