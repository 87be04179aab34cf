"""A question asked in a fresh process, loading included."""

from __future__ import annotations

import json

from bri_kg.dataset import resources
from bri_kg.dataset.release import open_release
from measure import interleaved
from plan import CASES, CLI, Plan, asked_questions
from report import Section, at_least, at_most, megabytes, seconds

_OURS = "bri-kg ask cofounders -f csv"


def cold(plan: Plan) -> Section:
    """One question from nothing, on the packaged graph."""
    section = Section(
        "A cold question",
        "`bri-kg ask cofounders` on the packaged graph, as rows and as a page for people, against scripts "
        "that load the same N-Quads, run the same query and print its rows.",
        ("what", "CPU", "least", "memory", "ours takes"),
    )
    release = open_release(resources.find())
    query = plan.work / "cofounders.json"
    asked = next(item for item in asked_questions(real=True) if item["name"] == "cofounders")
    query.write_text(json.dumps(asked), encoding="utf-8")
    found = interleaved(
        {
            _OURS: [*CLI, "ask", "cofounders", "-f", "csv"],
            "bri-kg ask cofounders": [*CLI, "ask", "cofounders"],
            "bare pyoxigraph": [*CASES, "ask_pyoxigraph", str(release.folder), str(query)],
            "rdflib": [*CASES, "ask_rdflib", str(release.folder), str(query)],
        },
        9,
        limit=plan.limit,
    )
    ours = found[_OURS]
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
