"""The parts of the benchmark: what is compared with what, at which sizes, against which target."""

from __future__ import annotations

import json
import math
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bri_kg import resources
from bri_kg.release import open_release
from measure import Cost, Costs, FailedError, interleaved, run
from plan import CASES, CLI, Plan, asked_questions, has, has_server, read_lines, read_report
from report import Section, Target, at_least, at_most, megabytes, seconds


def cold(plan: Plan) -> Section:
    """One question from nothing, on the packaged graph."""
    section = Section(
        "A cold question",
        "`bri-kg ask cofounders` on the packaged graph, against scripts that load "
        "the same N-Quads and run the same query.",
        ("what", "CPU", "least", "memory", "ours takes"),
    )
    release = open_release(resources.find())
    query = plan.work / "cofounders.json"
    asked = next(item for item in asked_questions(real=True) if item["name"] == "cofounders")
    query.write_text(json.dumps(asked), encoding="utf-8")
    found = interleaved(
        {
            "bri-kg ask cofounders": [*CLI, "ask", "cofounders"],
            "bare pyoxigraph": [*CASES, "ask_pyoxigraph", str(release.folder), str(query)],
            "rdflib": [*CASES, "ask_rdflib", str(release.folder), str(query)],
        },
        9,
        limit=plan.limit,
    )
    ours = found["bri-kg ask cofounders"]
    for name, costs in found.items():
        section.rows.append(
            (
                name,
                seconds(costs.cpu),
                seconds(costs.least),
                megabytes(costs.rss),
                f"{ours.cpu / costs.cpu:.2f} ×",
            )
        )
    section.targets = [
        at_most(
            "cold question: CPU at most 2.5 × that of bare pyoxigraph",
            ours.cpu / found["bare pyoxigraph"].cpu,
            2.5,
            " ×",
        ),
        at_least(
            "cold question: at least 5 × faster than rdflib",
            found["rdflib"].cpu / ours.cpu,
            5,
            " ×",
        ),
    ]
    return section


def questions(plan: Plan) -> Section:
    """Every stored question at every size on every engine."""
    section = Section(
        "The stored questions",
        f"Each question once, on data that is loaded already, in a process of its own; it is ended after "
        f"{plan.question_limit:.0f} s, which then counts. `ours` is the embedded store as the command line uses it.",
        ("size", "engine", "sum of CPU", "slowest", "stopped", "no rows", "other rows than ours"),
    )
    asked = plan.work / "asked.json"
    asked.write_text(json.dumps(asked_questions()), encoding="utf-8")
    engines = [
        "bri-kg",
        "rdflib",
        *(["oxrdflib"] if has("oxrdflib") else []),
        *(["oxigraph"] if has_server() else []),
    ]
    for missing in {"oxrdflib", "oxigraph"} - set(engines):
        section.notes.append(f"{missing}: not here")
    for name in plan.upto(1_000_000):
        data = plan.data(name, ending=".nq")
        answers: dict[str, dict[str, list[float | str]]] = {}
        for engine in engines:
            command = [
                *CASES,
                "questions",
                engine,
                str(data),
                str(asked),
                str(plan.question_limit),
            ]
            answers[engine] = json.loads(run(command, limit=4 * 3600).stdout)
        sums = {
            engine: sum(float(cell[0]) for cell in answer.values())
            for engine, answer in answers.items()
        }
        for engine, answer in answers.items():
            slowest = max(answer, key=lambda q: float(answer[q][0]))
            differs = [
                q
                for q, cell in answer.items()
                if "stopped" not in (cell[2], answers["bri-kg"][q][2])
                and cell[2] != answers["bri-kg"][q][2]
            ]
            section.rows.append(
                (
                    name,
                    engine,
                    seconds(sums[engine]),
                    f"{slowest} {seconds(float(answer[slowest][0]))}",
                    str(sum(cell[2] == "stopped" for cell in answer.values())),
                    str(sum(cell[1] == 0 for cell in answer.values())),
                    ", ".join(differs) or "none",
                )
            )
        worst = max(float(cell[0]) for cell in answers["bri-kg"].values())
        over = [q for q, cell in answers["bri-kg"].items() if float(cell[0]) > 2]
        if over:
            section.notes.append(f"{name}: ours takes over 2 s for {', '.join(over)}")
        if plan.sizes[name] == 1_000_000:
            section.targets.append(
                at_most("questions at 1m: none above 2 s on the embedded store", worst, 2, " s")
            )
        if plan.sizes[name] >= 100_000:
            section.targets.append(
                at_least(
                    f"questions at {name}: sum at least 100 × faster than rdflib",
                    sums["rdflib"] / sums["bri-kg"],
                    100,
                    " ×",
                )
            )
    return section


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
                (name, engine, _stopped(costs), megabytes(costs.rss), count, missing, extra)
            )
        if compared:
            section.targets.append(
                at_least(
                    f"closure at {name}: at least 100 × faster than owlrl",
                    found["owlrl"].cpu / ours[name].cpu,
                    100,
                    " ×",
                )
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
    section.targets += _growth("closure", plan, ours, 1.15)
    section.notes.append(
        "owlrl and reasonable are run up to 100k; at 1m reasonable wants over 6 GB."
    )
    return section


def validation(plan: Plan) -> Section:
    """SHACL."""
    section = Section(
        "Validation",
        "Ontology, vocabularies and claims with one known mistake per 1,000 triples, "
        "against ontology/shapes.",
        ("size", "engine", "CPU", "memory", "results"),
    )
    shapes = str(resources.find().ontology / "shapes")
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
                "--shapes",
                "bri",
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
                    _stopped(costs),
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
    section.targets += _growth("validation", plan, ours, None)
    section.notes.append("pySHACL is run up to 100k.")
    return section


def load(plan: Plan) -> Section:
    """Filling a store on disk."""
    section = Section("Load", "N-Triples into a store on disk.", ("size", "what", "CPU", "memory"))
    try:
        run([*CLI, "load", "--help"], limit=plan.limit)
        ours_loads = True
    except FailedError:
        ours_loads = False
        section.notes.append("`bri-kg load` is not in this version.")
    ours: dict[str, Costs] = {}
    for name in plan.sizes:
        data = str(plan.data(name))
        runs: dict[str, list[Cost]] = {"bare pyoxigraph": []}
        for _ in range(plan.repeats(name)):
            runs["bare pyoxigraph"].append(_load(plan, [*CASES, "load_pyoxigraph", data]))
            if ours_loads:
                runs.setdefault("bri-kg load", []).append(
                    _load(plan, [*CLI, "load", data, "--store"])
                )
        found = {what: Costs(tuple(costs)) for what, costs in runs.items()}
        for what, costs in found.items():
            section.rows.append((name, what, _stopped(costs), megabytes(costs.rss)))
        if ours_loads:
            ours[name] = found["bri-kg load"]
            section.targets.append(
                at_most(
                    f"load at {name}: at most 1.2 × bare pyoxigraph",
                    ours[name].cpu / found["bare pyoxigraph"].cpu,
                    1.2,
                    " ×",
                )
            )
            if plan.sizes[name] == 5_000_000:
                section.targets.append(
                    at_most("load at 5m: at most 2 GB", ours[name].rss / 1e9, 2, " GB")
                )
    section.targets += _growth("load", plan, ours, 1.15)
    return section


ALL: dict[str, Callable[[Plan], Section]] = {
    "cold": cold,
    "questions": questions,
    "closure": closure,
    "validation": validation,
    "load": load,
}


def _load(plan: Plan, command: Sequence[str]) -> Cost:
    folder = plan.work / "store"
    shutil.rmtree(folder, ignore_errors=True)
    try:
        return run([*command, str(folder)], limit=plan.limit)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _growth(what: str, plan: Plan, costs: Mapping[str, Costs], limit: float | None) -> list[Target]:
    """How CPU time grows: the exponent between the smallest size from 100k and the greatest."""
    sizes = sorted((plan.sizes[name], name) for name in costs if plan.sizes[name] >= 100_000)
    if len(sizes) < 2:
        return []
    (few, small), (many, great) = sizes[0], sizes[-1]
    exponent = math.log(costs[great].cpu / costs[small].cpu) / math.log(many / few)
    promise = f"{what}: growth exponent from {small} to {great}"
    if limit is None:
        return [Target(promise + " (no target)", f"{exponent:.2f}", None)]
    return [at_most(f"{promise} at most {limit}", exponent, limit)]


def _differ(true: set[str] | None, got: set[str]) -> str:
    assert true is not None
    return f"{len(true - got)} missing, {len(got - true)} beyond"


def _stopped(costs: Costs) -> str:
    return f"over {seconds(costs.cpu)}, stopped" if costs.stopped else seconds(costs.cpu)
