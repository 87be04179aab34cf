"""`bri-kg help [VERB | WORD | limits]`: the help of a verb, what a word of ours means, or the limits.

The words stand in `bri_kg.answers.glossary`.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from shutil import get_terminal_size
from typing import Final

import pyoxigraph as ox

from bri_kg.answers.glossary import WORDS as ALL_WORDS
from bri_kg.answers.glossary import Word, word_named
from bri_kg.cli.output import choose_format, emit, emit_rows
from bri_kg.cli.show.layout import Page
from bri_kg.cli.verbs import VERBS
from bri_kg.errors import UsageError
from bri_kg.names import nearest
from bri_kg.rdf.row_formats import ROW_FORMATS
from bri_kg.rdf.rows import Rows

_LIST: Final = "words"
_LIMITS: Final = "limits"
_COLUMNS: Final = ("word", "meaning", "wordZh", "meaningZh", "term")
EXAMPLES: Final = (
    ("the words that answers use", "bri-kg help words"),
    ("one of them, in Chinese", "bri-kg help leaves open -l zh"),
    ("a verb, with examples", "bri-kg help ask"),
    (
        "limits for files, queries and stores, and the settings that raise them",
        "bri-kg help limits",
    ),
)


def add_arguments(parser: ArgumentParser) -> None:
    """Tell the parser what the verb takes."""
    parser.add_argument(
        "words",
        metavar="VERB | WORD",
        nargs="*",
        help="a verb, a word, `words` for all words, or `limits`",
    )


def run(args: Namespace) -> int:
    """Print the help of a verb, what words mean, or the limits; 0. Raise UsageError where there is no such word."""
    if not args.words or args.words[0] in VERBS:
        from bri_kg.cli.main import main

        return main([*args.words, "--help", "--lang", args.lang])
    if args.words == [_LIMITS]:
        from bri_kg.cli.limits_shown import limits_page, limits_rows  # what a word does not need

        return emit_rows(limits_rows(args), args, lambda _: limits_page(args))
    words = ALL_WORDS if args.words == [_LIST] else (_named(" ".join(args.words)),)
    if choose_format(args, ROW_FORMATS, "table") != "table":
        return emit_rows(_rows(words), args)
    page = Page(get_terminal_size().columns, lang=args.lang)
    lines = page.pairs(word.in_language(args.lang) for word in words)
    emit("".join(line + "\n" for line in lines), args, for_people=True)
    return 0


def _named(text: str) -> Word:
    word = word_named(text)
    if word:
        return word
    near = nearest(
        text,
        [_LIST, _LIMITS, *VERBS, *(known for word in ALL_WORDS for known in (word.en, word.zh))],
    )
    raise UsageError(
        code="BRI137",
        message=f"there is no verb and no word {text!r}",
        fix=(f"did you mean {near!r}? " if near else "") + "`bri-kg help words` lists the words",
    )


def _rows(words: Iterable[Word]) -> Rows:
    def row(word: Word) -> tuple[ox.Literal | None, ...]:
        texts = (word.en, word.meaning, word.zh, word.meaning_zh, word.term)
        return tuple(None if text is None else ox.Literal(text) for text in texts)

    return Rows(_COLUMNS, tuple(map(row, words)))
