"""The command line: arguments in, exit code out. Each verb is a module of `bri_kg.cli.verbs`."""

from __future__ import annotations

import argparse
import importlib
import os
import signal
import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from bri_kg import __version__
from bri_kg.cli.arguments import Parser, common_options
from bri_kg.cli.destinations import refuse_conflicts
from bri_kg.cli.verbs import VERBS, WITH_STORE
from bri_kg.errors import BriKgError, InputError, NoTripleWarning, UsageError
from bri_kg.plain import visible

_EXIT_CODES = """exit codes:
  0 fine   1 ran and found problems   2 could not run   3 a limit was reached
  4 a bug of ours   130 interrupted"""
# Tells the child of `--timeout` that its time is measured already, and by which process.
_WITHIN = "BRI_KG_WITHIN"
_HELP = {"-h", "--help"}
_DEFAULTS = {
    "graph": None,
    "store": None,
    "lang": "en",
    "format": None,
    "output": None,
    "base": None,
    "input_format": None,
    "quiet": False,
    "verbose": False,
    "limit": None,
    "timeout": None,
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; no traceback reaches a user."""
    arguments = list(sys.argv[1:] if argv is None else argv)
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
    if not arguments:
        parser.print_help(sys.stderr)
        return 2
    with _help_said(arguments):
        args = parser.parse_args(arguments, argparse.Namespace(**_DEFAULTS))
    if args.store is not None and args.verb not in WITH_STORE:
        raise UsageError(
            code="BRI259",
            message=f"{args.verb} reads no store",
            fix="leave out --store; files are given by name",
        )
    refuse_conflicts(args)
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
def _help_said(arguments: list[str]) -> Iterator[None]:
    """Put the headings of a help into the language asked for: it is printed while arguments are parsed."""
    if not _HELP & set(arguments):
        yield
        return
    from bri_kg.cli.messages.speaking import help_in, language_of

    with help_in(language_of(arguments)):
        yield


@contextmanager
def _progress_said(lang: str) -> Iterator[None]:
    """Say how far a long task is in the language asked for."""
    if lang == _DEFAULTS["lang"]:
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
            if not issubclass(category, NoTripleWarning):
                others(message, category, *place, **more)
            elif not {"-q", "--quiet"} & set(arguments):
                _say(f"warning: {visible(str(message))}", arguments)

        warnings.showwarning = show
        yield


def _parser(arguments: Sequence[str]) -> Parser:
    common = common_options()
    parser = Parser(
        prog="bri-kg",
        description="Ask a knowledge graph of science and technology cooperation, "
        "and see the passage behind every fact.",
        epilog=_epilog() if _HELP & set(arguments) else _EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[common],
    )
    parser.add_argument("-V", "--version", action="version", version=f"bri-kg {__version__}")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True, parser_class=Parser)
    for name, summary in VERBS.items():
        # A verb that is not among the arguments cannot be the one: to import it and to copy the
        # options of all into it would take longer than the answer.
        named = name in arguments
        verb = verbs.add_parser(
            name, help=summary, description=summary, parents=[common] if named else []
        )
        if named:
            _room(name).add_arguments(verb)
    return parser


def _epilog() -> str:
    from bri_kg.rdf.bounds import BOUNDS
    from bri_kg.reasoner.allowance import INFERRED
    from bri_kg.sparql.size_limits import QUERY_BOUNDS

    rows = (
        f"  {bound.name:<27}{bound.what}, in {bound.unit} ({bound.default:g})"
        for bound in (*BOUNDS, INFERRED, *QUERY_BOUNDS)
    )
    head = "limits for files and queries, raised by environment variables:"
    return "\n".join([_EXIT_CODES, "", head, *rows])


def _room(verb: str) -> Any:
    return importlib.import_module(f"bri_kg.cli.verbs.{verb}")


def _say(text: str, arguments: Sequence[str]) -> None:
    from bri_kg.cli.messages.speaking import language_of
    from bri_kg.cli.talking import say

    say(text, language_of(arguments))


def _complain(error: BriKgError, arguments: Sequence[str]) -> None:
    from bri_kg.cli.messages.speaking import language_of
    from bri_kg.cli.talking import complain

    complain(error, language_of(arguments))
