"""Which graph a verb judges: said in one line, since the one at hand may not be the one that is meant."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from bri_kg import __version__
from bri_kg.answers.face_words import Both
from bri_kg.cli.show.layout import Page
from bri_kg.cli.talking import talk
from bri_kg.dataset.resources import Layer, Resources, holds_graph

_INSTALLED: Both = (
    "graph: the one installed with bri-kg {version}",
    "图谱：随 bri-kg {version} 安装的图谱",
)
_FOLDER: Both = ("graph: {folder}", "图谱：{folder}")
_OVER: Both = ("over it: {prefix}, {title} ({folder})", "叠加其上：{prefix}，{title}（{folder}）")
_WITHOUT: Both = (
    "graph: without what bri-kg {version} brings along (--alone)",
    "图谱：不含随 bri-kg {version} 提供的内容（--alone）",
)
_OLDER: Both = (
    "warning: {prefix} was made with bri-kg {made}, and this is {version}: mend what validate finds, then "
    'write bri-kg = "{version}" into {marker}',
    "警告：{prefix} 由 bri-kg {made} 创建，当前版本为 {version}：请改正 validate 指出的问题，然后在 {marker} "
    '中写入 bri-kg = "{version}"',
)
_ANOTHER: Both = (
    "warning: this folder holds a graph too, which is not the one read: `--graph . --alone` reads it",
    "警告：当前目录中也有一个图谱，但读取的不是它；要读取它，请用 `--graph . --alone`",
)


def say_which_graph(args: Namespace, resources: Resources) -> None:
    """Say which graph is read, and whether the current folder holds another that was not asked for."""
    page = Page(lang=args.lang)
    lines = [page.say(_WITHOUT, version=__version__)]
    if resources.below:
        lines = [_lowest(page, resources)]
    for layer in resources.over:
        lines += _told(page, layer)
    here = Path("graph")
    is_another = holds_graph(here) and here.resolve() not in {
        layer.graph.resolve() for layer in resources.layers
    }
    if args.graph is None and is_another:
        lines.append(page.say(_ANOTHER))
    for line in lines:
        talk(args, line)


def _lowest(page: Page, resources: Resources) -> str:
    if resources.release is not None or resources.is_installed:
        return page.say(_INSTALLED, version=__version__)
    return page.say(_FOLDER, folder=page.safe(str(resources.base.graph)))


def _told(page: Page, layer: Layer) -> Iterator[str]:
    """Yield what is said of a collection, and of the version that made it where that is an earlier one."""
    of = layer.collection
    assert of is not None
    title, folder, marker = (page.safe(str(text)) for text in (of.title, of.folder, of.marker))
    yield page.say(_OVER, prefix=of.prefix, title=title, folder=folder)
    if of.is_older:
        made = page.safe(of.made_with)
        yield page.say(_OLDER, prefix=of.prefix, made=made, version=__version__, marker=marker)
