"""OWL 2 RL: what follows, against owlrl and reasonable."""

from __future__ import annotations

from collections.abc import Sequence

from measure import Costs, interleaved
from plan import CASES, CLI, Plan, has, read_lines
from report import Section, Target, at_least, at_most, megabytes
from sections.shared import growth, shown


def closure(plan: Plan) -> Section:
    """OWL 2 RL."""
    section = Section(
        "Closure",
        "`bri-kg infer` on ontology, claims and facts; parsing and writing included.",
        ("size", "engine", "CPU", "memory", "triples new", "missing", "beyond owlrl"),
    )
    ours: dict[str, Costs] = {}
    for name in plan.sizes:
        data = str(plan.data(name))
        outs = {
            engine: plan.work / f"{name}-closed-{engine}.nt"
            for engine in ("bri-kg", "owlrl", "reasonable")
        }
        commands: dict[str, Sequence[str]] = {
            "bri-kg": [*CLI, "infer", data, "-q", "-o", str(outs["bri-kg"])]
        }
        if has("reasonable") and plan.sizes[name] <= 100_000:
            commands["reasonable"] = [*CASES, "close_reasonable", data, str(outs["reasonable"])]
        found = interleaved(commands, plan.repeats(name), limit=plan.limit)
        if plan.sizes[name] <= 100_000:
            once = [*CASES, "close_owlrl", data, str(outs["owlrl"])]
            found |= interleaved({"owlrl": once}, 1, limit=plan.limit)
        ours[name] = found["bri-kg"]
        compared = "owlrl" in found and not found["owlrl"].stopped
        true = read_lines(outs["owlrl"]) if compared else None
        for engine, costs in found.items():
            got = read_lines(outs[engine]) if engine != "reasonable" and not costs.stopped else None
            missing = str(len(true - got)) if true is not None and got is not None else "–"
            extra = str(len(got - true)) if true is not None and got is not None else "–"
            if engine == "reasonable" and true is not None:
                # It gives the input and what is trivial too; only what it lacks can be compared.
                missing = str(len(true - read_lines(outs[engine])))
            count = f"{len(got):,}" if got is not None else "–"
            section.rows.append(
                (name, engine, shown(costs), megabytes(costs.rss), count, missing, extra)
            )
        if compared:
            ratio = found["owlrl"].cpu / ours[name].cpu
            section.targets.append(
                at_least(f"closure at {name}: at least 100 × faster than owlrl", ratio, 100, " ×")
                if plan.sizes[name] == 100_000
                else Target(f"closure at {name} against owlrl (no target)", f"{ratio:.3g} ×", None)
            )
            section.targets.append(
                Target(
                    f"closure at {name}: the same triples as owlrl",
                    _differ(true, read_lines(outs["bri-kg"])),
                    true == read_lines(outs["bri-kg"]),
                )
            )
        if plan.sizes[name] == 1_000_000:
            section.targets.append(at_most("closure at 1m: at most 15 s", ours[name].cpu, 15, " s"))
            section.targets.append(
                at_most("closure at 1m: at most 1 GB", ours[name].rss / 1e9, 1, " GB")
            )
    section.targets += growth("closure", plan, ours, 1.15)
    section.notes.append(
        "owlrl and reasonable are run up to 100k; at 1m reasonable wants over 6 GB."
    )
    return section


def _differ(true: set[str] | None, got: set[str]) -> str:
    assert true is not None
    return f"{len(true - got)} missing, {len(got - true)} beyond"
