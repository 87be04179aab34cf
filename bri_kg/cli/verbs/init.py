"""`bri-kg init DIR`: a collection of one's own documents, which lies over our graph.

The work is done in `bri_kg.dataset.new_collection`.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Final

from bri_kg.answers.face_words import Both
from bri_kg.cli.arguments import not_empty
from bri_kg.cli.output import choose_format
from bri_kg.cli.talking import talk
from bri_kg.dataset.new_collection import LANGUAGES, LICENSE, new_collection, proposed_prefix
from bri_kg.errors import UsageError
from bri_kg.plain import visible

EXAMPLES: Final = (
    (
        "a collection, without a question",
        "bri-kg init mine --title Ours --namespace https://example.org/ours/",
    ),
)


def add_arguments(parser: ArgumentParser) -> None:
    """Tell the parser what the verb takes."""
    parser.add_argument(
        "folder", metavar="DIR", type=not_empty, help="the folder of the collection"
    )
    parser.add_argument("--title", metavar="TITLE", type=not_empty, help="what it is called")
    parser.add_argument(
        "--namespace",
        metavar="IRI",
        type=not_empty,
        help="an address of yours with which its names begin; nothing need be there",
    )
    parser.add_argument(
        "--prefix",
        metavar="PREFIX",
        type=not_empty,
        help="what stands for the namespace in short names (default: its last word)",
    )
    parser.add_argument(
        "--license",
        metavar="LICENSE",
        type=not_empty,
        help=f"the license of its data (default {LICENSE})",
    )
    parser.add_argument(
        "--languages",
        metavar="TAGS",
        type=not_empty,
        help="the languages of its documents (default en,zh)",
    )


def run(args: Namespace) -> int:
    """Make the collection; 0. What is missing is asked on a terminal, where title or namespace is."""
    choose_format(args, ("text",), "text")
    asks = (args.title is None or args.namespace is None) and _is_terminal()
    title = _needed(args, "title", asks)
    namespace = _needed(args, "namespace", asks)
    made = new_collection(
        Path(args.folder),
        title,
        namespace,
        _or(args, "prefix", proposed_prefix(namespace), asks),
        _or(args, "license", LICENSE, asks),
        _or(args, "languages", ",".join(LANGUAGES), asks).replace(" ", "").split(","),
    )
    talk(args, visible(f"made the collection {made.prefix} in {args.folder}"))
    talk(args, visible(f"its names begin with {made.namespace}, in short {made.prefix}:"))
    talk(args, "in that folder every command reads it over our graph: try `bri-kg validate`")
    return 0


def _is_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr is not None


def _needed(args: Namespace, name: str, asks: bool) -> str:
    given: str | None = getattr(args, name)
    while given is None and asks:
        given = _asked(args, name, "") or None
    if given is None:
        raise UsageError(
            "BRI878",
            f"--{name} is missing",
            why="there is no terminal to ask on",
            fix='write bri-kg init DIR --title "Our documents" --namespace https://example.org/our-documents/',
        )
    return given


def _or(args: Namespace, name: str, default: str, asks: bool) -> str:
    given: str | None = getattr(args, name)
    if given is None and asks:
        given = _asked(args, name, default)
    return given or default


def _asked(args: Namespace, name: str, default: str) -> str:
    """Return the line that a person types. Raise UsageError where the input ends."""
    words = _WORDS[name][args.lang == "zh"]
    sys.stderr.write(f"{words} [{default}]: " if default else f"{words}: ")
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        raise UsageError(
            "BRI878",
            f"--{name} is missing",
            why="the input has ended",
            fix='write bri-kg init DIR --title "Our documents" --namespace https://example.org/our-documents/',
        )
    return line.strip()


_WORDS: Final[dict[str, Both]] = {
    "title": ("title of the collection", "资料集的标题"),
    "namespace": (
        "namespace: an address of yours with which its names begin",
        "命名空间：您自己的一个网址，资料集中的名称均以其开头",
    ),
    "prefix": ("prefix", "前缀"),
    "license": ("license of its data", "数据的许可证"),
    "languages": ("languages of its documents", "文档的语言"),
}
