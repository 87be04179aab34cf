"""The command line: arguments in, exit code out. Each verb is a module of `bri_kg.cli.verbs`."""

from __future__ import annotations

import argparse
import importlib
import os
import re
import signal
import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from bri_kg import __version__
from bri_kg.cli.arguments import (
    COMMON_DEFAULTS,
    Parser,
    add_common_options,
    add_examples,
    add_store_options,
    add_words,
)
from bri_kg.cli.default_language import default_language, unknown_language
from bri_kg.cli.destinations import refuse_conflicts
from bri_kg.cli.given_options import chosen_graphs, refuse_options_without_address
from bri_kg.cli.verbs import VERBS, WITH_STORE
from bri_kg.errors import BriKgError, InputError, NoTripleWarning, OtherNameWarning, UsageError
from bri_kg.plain import visible

_EPILOG = """exit codes:
  0 fine   1 ran and found problems   2 could not run
  3 a time or a size that was not to be passed was   4 a bug of ours
  130 interrupted

limits, and the settings that raise them: bri-kg help limits"""
# Tells the child of `--timeout` that its time is measured already, and by which process.
_WITHIN = "BRI_KG_WITHIN"
_HELP = {"-h", "--help"}
_ONLY_A_LANGUAGE = re.compile(r"(?:(?:-l|--lang)[ =]?(?:en|zh))?")
_FIRST = (
    ("things and questions by words of their names", "bri-kg search joint laboratories"),
    ("what can be asked", "bri-kg questions"),
    ("a stored question, each row with its passage", "bri-kg ask founders"),
    ("what is only planned so far", "bri-kg ask things-to-come"),
    ("on what sources disagree", "bri-kg conflicts 'joint laboratories'"),
    ("why the graph says so", "bri-kg explain ANSO isFoundedBy RAS"),
    ("what a verb takes, with examples", "bri-kg ask --help"),
    ("what words such as live and projected mean", "bri-kg help words"),
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; no traceback reaches a user."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if argv is None and "_ARGCOMPLETE" in os.environ:
        from bri_kg.cli.completing import complete

        complete(_parser)
    if argv is None:
        # Python's own handler would wait for a call of the engine to come back.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        with _warnings_said(arguments):
            return _run(arguments)
    except BriKgError as error:
        _complain(error, arguments)
        return error.exit_code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read us has had enough; later flushes must not complain either.
        from bri_kg.cli.output import drop_stdout

        drop_stdout()
        return 0
    except OSError as error:
        _complain(_system_error(error), arguments)
        return 2
    except Exception as error:
        if isinstance(error, RuntimeError) and "Symlink loop" in str(error):
            _complain(_system_error(OSError(str(error))), arguments)
            return 2
        if {"-v", "--verbose"} & set(arguments):
            import traceback

            traceback.print_exc()
        _say(
            f"error[BRI500]: a bug of ours: {type(error).__name__}: {error}\n"
            "  fix: run again with -v and report what it prints",
            arguments,
        )
        return 4


def _system_error(error: OSError) -> InputError:
    place = f"{str(error.filename)!r}: " if error.filename else ""
    return InputError(
        code="BRI222",
        message=f"{place}{error.strerror or error}",
        fix="check that it is there, may be read and written, and that the disk has room; "
        "where it is a file of bri-kg, install bri-kg again",
    )


def _run(arguments: list[str]) -> int:
    parser = _parser(arguments)
    if _asks_nothing(arguments):
        parser.print_help(sys.stderr)
        return 2
    args = parser.parse_args(
        arguments, argparse.Namespace(**{**COMMON_DEFAULTS, "lang": default_language()})
    )
    if (unknown := unknown_language()) and not args.quiet:
        _say(f"warning: BRI_KG_LANG={unknown!r} is no language here; use en or zh", arguments)
    if args.store is not None and args.verb not in WITH_STORE:
        raise UsageError(
            code="BRI259",
            message=f"{args.verb} reads no store",
            fix="leave out --store; files are given by name",
        )
    args.graph = chosen_graphs(args)
    refuse_conflicts(args)
    refuse_options_without_address(args)
    if args.timeout is not None:
        from bri_kg.cli.time_limit import end_in_time, run_within

        parent = os.environ.pop(_WITHIN, None)
        if parent is None:
            return run_within(args.timeout, arguments, _WITHIN)
        end_in_time(args.timeout, int(parent))
    try:
        with _progress_said(args.lang):
            code: int = _room(args.verb).run(args)
    except RuntimeError as error:  # how the engine says that a store on disk is broken
        if not args.store or "Corruption" not in str(error):
            raise
        from bri_kg.stores.disk import damaged

        raise damaged(args.store, error) from None
    return code


@contextmanager
def _progress_said(lang: str) -> Iterator[None]:
    """Say how far a long task is in the language asked for."""
    if lang == COMMON_DEFAULTS["lang"]:
        yield
        return
    from bri_kg.cli.messages.speaking import in_language
    from bri_kg.progress import said_by

    with said_by(lambda text: in_language(text, lang)):
        yield


@contextmanager
def _warnings_said(arguments: list[str]) -> Iterator[None]:
    """Say our own warnings in a line of our own, unless `-q`; leave those of others alone."""
    with warnings.catch_warnings():
        others = warnings.showwarning

        def show(message: Warning | str, category: type[Warning], *place: Any, **more: Any) -> None:
            if not issubclass(category, (NoTripleWarning, OtherNameWarning)):
                others(message, category, *place, **more)
            elif not {"-q", "--quiet"} & set(arguments):
                _say(f"warning: {visible(str(message))}", arguments)

        warnings.showwarning = show
        yield


def _parser(arguments: Sequence[str]) -> Parser:
    wants_help = bool(_HELP & set(arguments)) or _asks_nothing(arguments)
    lang = _language_of(arguments) if wants_help else "en"
    parser = Parser(
        prog="bri-kg",
        lang=lang,
        description="Ask a knowledge graph of science and technology cooperation, and see the\n"
        "passage behind every fact.\n\n中文：-l zh",
        epilog=_EPILOG,
    )
    parser.add_argument("-V", "--version", action="version", version=f"bri-kg {__version__}")
    verbs = parser.add_subparsers(
        title="verbs", dest="verb", metavar="VERB", required=True, parser_class=Parser
    )
    parser.branches = tuple(VERBS)
    for name, summary in VERBS.items():
        verb = verbs.add_parser(name, help=summary, description=summary, lang=lang)
        # A verb that is not among the arguments cannot be the one: to import it and to copy the
        # options of all into it would take longer than the answer.
        if name in arguments:
            room = _room(name)
            room.add_arguments(verb)
            if wants_help:
                add_examples(verb, room.EXAMPLES)
                add_words(verb, getattr(room, "WORDS", ()))
            add_common_options(verb, with_store=name in WITH_STORE)
            if name in WITH_STORE:
                add_store_options(verb)
    if wants_help:
        add_examples(parser, _FIRST)
    add_common_options(parser, with_store=True, before_verb=True)
    return parser


def _asks_nothing(arguments: Sequence[str]) -> bool:
    return _ONLY_A_LANGUAGE.fullmatch(" ".join(arguments)) is not None


def _room(verb: str) -> Any:
    return importlib.import_module(f"bri_kg.cli.verbs.{verb}")


def _language_of(arguments: Sequence[str]) -> str:
    from bri_kg.cli.messages.speaking import language_of

    return language_of(arguments)


def _say(text: str, arguments: Sequence[str]) -> None:
    from bri_kg.cli.talking import say

    say(text, _language_of(arguments))


def _complain(error: BriKgError, arguments: Sequence[str]) -> None:
    from bri_kg.cli.talking import complain

    complain(error, _language_of(arguments))
