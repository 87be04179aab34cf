"""The stored questions at every size, on every engine that is here."""

from __future__ import annotations

import json

from measure import run
from plan import CASES, Plan, asked_questions, has, has_server
from report import Section, at_least, at_most, seconds


def questions(plan: Plan) -> Section:
    """Every stored question at every size on every engine."""
    section = Section(
        "The stored questions",
        f"Each question once, on data that is loaded already, in a process of its own; it is ended after "
        f"{plan.question_limit:.0f} s of CPU, which then count. `bri-kg` is the embedded store.",
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
