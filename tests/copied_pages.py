"""A few pages of a written site, by what writes them all: those that are walked are there."""

from __future__ import annotations

from pathlib import Path

from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import BASE
from bri_kg.web.assets_route import asset, asset_names
from bri_kg.web.explorer.editor import EDITOR
from bri_kg.web.explorer.page_addresses import START
from bri_kg.web.explorer.searching import KEY as SEARCH
from bri_kg.web.linked_library import Library
from bri_kg.web.site import Site
from bri_kg.web.written.file_names import ASSETS
from bri_kg.web.written.page_files import Maker, Task, written
from bri_kg.web.written.site_plan import Plan
from bri_kg.web.written.site_planning import LANGUAGES, questions_of, things_of

KEYS = (
    *(START, SEARCH, EDITOR, "questions", "questions/member-origins", "questions/cofounders"),
    *("disagreements", "disagreements/other-list", "planned", "sources"),
    *("reference", "reference/shapes"),
)
THINGS = (
    *("id/org/ras", "id/org/anso", "claim/cas-decade-anso-founders"),
    *("id/comparison/action-plan-and-action-program", "vocab/factuality/achieved"),
    *("source/cas-decade", "source/anso-pakistan", "source/std-decade"),
)


def copied(kg: KnowledgeGraph, folder: Path) -> None:
    """Write these pages, and the parts of them that they lead to, into a folder."""
    site = Site(kg, "", "a-release")
    things = things_of(kg, Library(site), None).written
    plan = Plan("a-release", things, questions_of(kg), answers={})
    maker = Maker(site, folder, lambda: plan)
    for lang in LANGUAGES:
        for key in KEYS:
            maker.make([Task(lang, key)])
        for thing in THINGS:
            maker.make([Task(lang, iri=BASE + thing)])
    for name in sorted(asset_names()):
        written(folder, f"{ASSETS}/{name}", asset(name) or b"")
