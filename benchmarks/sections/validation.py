"""SHACL: ours with and without the extra `fast`, against stock pySHACL and the bare `shacl` package."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bri_kg.dataset import resources
from measure import Costs, interleaved
from plan import CASES, CLI, Plan, has, read_report
from report import Section, Target, at_least, at_most, megabytes
from sections.shared import growth, shown


def validation(plan: Plan) -> Section:
    """SHACL."""
    section = Section(
        "Validation",
        "Ontology, vocabularies and claims with one known mistake per 1,000 triples, "
        "against ontology/shapes.",
        ("size", "engine", "CPU", "memory", "results"),
    )
    shapes = str(resources.find().ontology / "shapes")
    # The data holds the ontology, so the shapes are named file by file: `bri` would lay it under once more.
    ours_against = [
        word for path in resources.find().shape_files() for word in ("--shapes", str(path))
    ]
    ours: dict[str, Costs] = {}
    for name in plan.upto(1_000_000):
        data = str(plan.data(name, "asserted", violations=plan.sizes[name] // 1000))
        outs = {
            e: str(plan.work / f"{name}-report-{e}.nt")
            for e in ("ours, fast", "ours, reference", "pyshacl", "shacl")
        }
        commands: dict[str, Sequence[str]] = {}
        if has("shacl"):
            commands["ours, fast"] = [
                *CLI,
                "validate",
                data,
                *ours_against,
                "--format",
                "nt",
                "-o",
                outs["ours, fast"],
            ]
            commands["shacl"] = [*CASES, "validate_shacl", data, shapes, outs["shacl"]]
        found = interleaved(commands, plan.repeats(name), limit=plan.limit, codes=(0, 1))
        if plan.sizes[name] <= 100_000:
            slow = {
                "ours, reference": [*CASES, "validate_reference", data, outs["ours, reference"]],
                "pyshacl": [*CASES, "validate_pyshacl", data, shapes, outs["pyshacl"]],
            }
            found |= interleaved(slow, 1, limit=plan.limit)
        reports = {
            engine: read_report(Path(outs[engine])) for engine in found if not found[engine].stopped
        }
        for engine, costs in found.items():
            section.rows.append(
                (
                    name,
                    engine,
                    shown(costs),
                    megabytes(costs.rss),
                    str(len(reports.get(engine, ()))),
                )
            )
        if "ours, fast" in found:
            ours[name] = found["ours, fast"]
            if plan.sizes[name] == 1_000_000:
                section.targets.append(
                    at_most("validation at 1m with [fast]: at most 10 s", ours[name].cpu, 10, " s")
                )
        if plan.sizes[name] == 100_000 and "pyshacl" in found:
            section.targets.append(
                at_least(
                    "validation at 100k with [fast]: at least 30 × faster than stock pySHACL",
                    found["pyshacl"].cpu / ours[name].cpu,
                    30,
                    " ×",
                )
            )
            section.targets.append(
                at_least(
                    "validation at 100k without [fast]: at least 2.5 × faster than stock pySHACL",
                    found["pyshacl"].cpu / found["ours, reference"].cpu,
                    2.5,
                    " ×",
                )
            )
        if "pyshacl" in reports:
            same = all(found == reports["pyshacl"] for found in reports.values())
            section.targets.append(
                Target(
                    f"validation at {name}: the same report by all engines",
                    f"{len(reports['pyshacl'])} results",
                    same,
                )
            )
    section.targets += growth("validation", plan, ours, None)
    section.notes.append("pySHACL is run up to 100k.")
    return section
