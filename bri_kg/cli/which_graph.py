"""Which graph a verb judges: said in one line, since the one at hand may not be the one that is meant."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from bri_kg import __version__
from bri_kg.answers.face_words import Both
from bri_kg.cli.show.layout import Page
from bri_kg.cli.talking import talk
from bri_kg.dataset.resources import Resources, holds_graph

_INSTALLED: Both = (
    "graph: the one installed with bri-kg {version}",
    "图谱：随 bri-kg {version} 安装的图谱",
)
_FOLDER: Both = ("graph: {folder}", "图谱：{folder}")
_ANOTHER: Both = (
    "warning: this folder holds a graph too, which is not the one read: `--graph .` reads it",
    "警告：当前目录中也有一个图谱，但读取的不是它；要读取它，请用 `--graph .`",
)


def say_which_graph(args: Namespace, resources: Resources) -> None:
    """Say which graph is read, and whether the current folder holds another that was not asked for."""
    page = Page(lang=args.lang)
    if resources.release is not None:
        talk(args, page.say(_INSTALLED, version=__version__))
    else:
        talk(args, page.say(_FOLDER, folder=page.safe(str(resources.graph))))
    here = Path("graph")
    if args.graph is None and holds_graph(here) and here.resolve() != resources.graph.resolve():
        talk(args, page.say(_ANOTHER))
