"""The command line: arguments in, exit code out. Each verb is a module of `bri_kg.verbs`."""

from __future__ import annotations

import argparse
import importlib
import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from bri_kg import __version__
from bri_kg.errors import BriKgError, InputError, UsageError

_EXIT_CODES = """exit codes:
  0 fine   1 ran and found problems   2 could not run   3 a limit was reached
  4 a bug of ours   130 interrupted"""
# Tells the child of `--timeout` that its time is measured already.
_WITHIN = "BRI_KG_WITHIN"
# The package is found where it is now, whatever lies in the current folder.
_CHILD = """import sys
sys.path.insert(0, sys.argv.pop(1))
from bri_kg.cli import main
raise SystemExit(main())"""
# What reads a store of the user's; anything else would read its own graph and not say so.
_WITH_STORE = frozenset(
    ("ask", "questions", "query", "describe", "explain", "conflicts", "export", "load")
)
_DEFAULTS = {
    "graph": None,
    "store": None,
    "lang": "en",
    "format": None,
    "output": None,
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
        return _run(arguments)
    except BriKgError as error:
        _say(error.render())
        return error.exit_code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read us has had enough; later flushes must not complain either.
        from bri_kg.output import drop_stdout

        drop_stdout()
        return 0
    except OSError as error:
        _say(_system_error(error).render())
        return 2
    except Exception as error:
        if {"-v", "--verbose"} & set(arguments):
            import traceback

            traceback.print_exc()
        _say(
            f"error[BRI500]: a bug of ours: {type(error).__name__}: {error}\n"
            "  fix: run again with -v and report what it prints"
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
    args = parser.parse_args(arguments, argparse.Namespace(**_DEFAULTS))
    if args.store is not None and args.verb not in _WITH_STORE:
        raise UsageError(
            code="BRI259",
            message=f"{args.verb} reads no store",
            fix="leave out --store; files are given by name",
        )
    if args.timeout is not None and os.environ.pop(_WITHIN, None) is None:
        return _within(args.timeout, arguments)
    verb = importlib.import_module(f"bri_kg.verbs.{args.verb}")
    try:
        code: int = verb.run(args)
    except RuntimeError as error:  # how the engine says that a store on disk is broken
        if not args.store or "Corruption" not in str(error):
            raise
        from bri_kg.disk import damaged

        raise damaged(args.store, error) from None
    return code


def _within(seconds: float, arguments: list[str]) -> int:
    """Run the same command in a process that can be ended: an engine cannot be stopped from inside."""
    import subprocess
    import threading

    home = str(Path(__file__).parent.parent)
    child = subprocess.Popen(
        [sys.executable, "-P", "-c", _CHILD, home, *arguments], env={**os.environ, _WITHIN: "1"}
    )

    def end(number: int, _frame: object) -> None:
        child.kill()
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)

    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, end)
    try:
        code = child.wait(seconds)
        return code if code >= 0 else 128 - code  # as a shell says that a signal ended it
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
        _say(
            f"error[BRI600]: stopped after {seconds:g} seconds\n  fix: ask for less, or give a longer --timeout"
        )
        return 3


class _Parser(argparse.ArgumentParser):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # What is short for one option today is short for two tomorrow.
        super().__init__(*args, **{**kwargs, "allow_abbrev": False})

    def error(self, message: str) -> NoReturn:
        raise UsageError(
            code="BRI100", message=message, fix=f"`{self.prog} --help` shows what can be given"
        )


def _parser(arguments: Sequence[str]) -> _Parser:
    common = _common_options()
    parser = _Parser(
        prog="bri-kg",
        description="Ask a knowledge graph of science and technology cooperation, "
        "and see the passage behind every fact.",
        epilog=_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[common],
    )
    parser.add_argument("-V", "--version", action="version", version=f"bri-kg {__version__}")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True, parser_class=_Parser)

    def verb(name: str, summary: str) -> argparse.ArgumentParser:
        # Copying the options of all into every verb would take longer than the answer; a verb
        # that is not among the arguments cannot be the one.
        options = [common] if name in arguments else []
        return verbs.add_parser(name, help=summary, description=summary, parents=options)

    ask = verb("ask", "answer a stored question, each row with its passage")
    ask.add_argument(
        "question", metavar="QUESTION", help="the name of a question; `bri-kg questions` lists them"
    )
    ask.add_argument(
        "--param",
        metavar="NAME=VALUE",
        action="append",
        default=[],
        help="set a parameter; may be repeated",
    )
    ask.add_argument(
        "--show", action="store_true", help="print the SPARQL query instead of answering it"
    )

    questions = verb("questions", "list the stored questions, or the parameters of one")
    questions.add_argument("name", metavar="QUESTION", nargs="?", type=_not_empty)
    questions.add_argument(
        "--coverage",
        action="store_true",
        help="which terms of the ontology the questions read; exit code 1 when one is left out",
    )

    query = verb("query", "run a read-only SPARQL 1.1 query of your own")
    query.add_argument(
        "file", metavar="FILE", nargs="?", help="a file with the query, or - for standard input"
    )
    query.add_argument("-e", "--expression", metavar="TEXT", help="the query itself")

    describe = verb("describe", "print what the graph says of one thing")
    describe.add_argument(
        "thing", metavar="THING", help="an IRI, a prefixed name, or an exact name"
    )

    explain = verb("explain", "show the claims and passages behind a fact, or behind one claim")
    explain.add_argument("fact", metavar="CLAIM | SUBJECT PREDICATE OBJECT", nargs="+")
    explain.add_argument(
        "--sources",
        metavar="DIR",
        type=_not_empty,
        help="the folder of texts, to check digests; or set BRI_KG_SOURCES",
    )

    conflicts = verb("conflicts", "show where sources disagree, agree or merely look alike")
    conflicts.add_argument(
        "thing",
        metavar="THING",
        nargs="?",
        type=_not_empty,
        help="only what concerns it: an IRI, a prefixed name, or an exact name",
    )
    conflicts.add_argument(
        "--nature",
        metavar="NATURE",
        type=_not_empty,
        help="only comparisons of this nature, such as other-time",
    )
    conflicts.add_argument(
        "--candidates",
        action="store_true",
        help="pairs of claims that look alike and that no comparison holds yet",
    )

    validate = verb("validate", "check the graph, or files laid over it, in every stage")
    validate.add_argument(
        "files",
        metavar="FILE",
        nargs="*",
        help="RDF files that refer to the graph; with --shapes, any data, or - for standard input",
    )
    validate.add_argument(
        "--shapes",
        metavar="SHAPES",
        action="append",
        type=_not_empty,
        help="SHACL alone: validate the files, and nothing else, against the shapes of this "
        "file (- for standard input, bri for the shapes of the graph); may be repeated",
    )

    check = verb("check", "hold an ontology against the rules of a good one")
    check.add_argument(
        "--ontology",
        metavar="FILE",
        nargs="+",
        action="extend",
        help="RDF files of another ontology; imports are looked for among them and in the "
        "catalog-v001.xml beside them, never on the network",
    )
    check.add_argument(
        "--previous",
        metavar="FILE",
        type=_not_empty,
        help="the release before: no term may vanish from it (default: our last one)",
    )

    infer = verb("infer", "print what follows from a graph and an ontology by OWL 2 RL")
    infer.add_argument("data", metavar="DATA", nargs="+", help="RDF files, or - for standard input")
    infer.add_argument(
        "--ontology",
        metavar="ONTO",
        action="append",
        help="an RDF file with axioms; may be repeated (default: the ontology of bri-kg)",
    )
    infer.add_argument(
        "--strict",
        action="store_true",
        help="refuse (exit code 2) when an axiom has a form that no rule covers",
    )

    load = verb("load", "load RDF files into a store on disk, or add them to one")
    load.add_argument(
        "files",
        metavar="FILE",
        nargs="+",
        help="RDF files, plain or .gz, or - for standard input with --format",
    )
    load.add_argument(
        "--replace", action="store_true", help="drop what the store holds instead of adding to it"
    )

    evidence = verb("evidence", "from words to passages and back, and what is left")
    if "evidence" in arguments:
        _evidence_parts(evidence, common)
    source = verb("source", "the described texts, and what a new one needs")
    if "source" in arguments:
        _source_parts(source, common)

    build = verb("build", "write the files that others take away into a folder")
    build.add_argument(
        "what",
        choices=("ontology", "reference"),
        help="the ontology's files, with catalogue and context, or its reference as HTML pages",
    )
    build.add_argument("folder", metavar="DIR", type=_not_empty, help="a new or empty folder")

    export = verb("export", "write the graph, or a part of it, for another tool")
    export.add_argument(
        "--part",
        choices=("all", "asserted", "facts", "inferred", "ontology", "shapes", "questions"),
        default="all",
        help="all (default) is asserted, facts and inferred; ontology, shapes and questions stand alone",
    )
    return parser


def _evidence_parts(evidence: argparse.ArgumentParser, common: _Parser) -> None:
    parts = _parts(evidence, [common, _sources_option()])
    find = parts("find", "print the passage of a run of words")
    find.add_argument("source", metavar="SOURCE", help="the slug of a source, such as cas-decade")
    find.add_argument("words", metavar="WORDS", help="the words, or `first words ... last words`")
    fill = parts("fill", "make a claims file of a draft in which {{words}} stand for passages")
    fill.add_argument("draft", metavar="DRAFT")
    fill.add_argument("--source", metavar="SOURCE", required=True, help="the source of the words")
    parts("seal", "write the digest of every passage into graph/passages.ttl")
    parts("verify", "recompute every digest and check claims against their words")
    show = parts("show", "print claims beside the words of their passages")
    show.add_argument("what", metavar="CLAIM | SOURCE")
    coverage = parts("coverage", "how much of each text lies in passages, and what is left out")
    coverage.add_argument(
        "source", metavar="SOURCE", nargs="?", type=_not_empty, help="one source (default all)"
    )
    coverage.add_argument(
        "--left-out", action="store_true", help="list what no claim cites, with the reason"
    )


def _source_parts(source: argparse.ArgumentParser, common: _Parser) -> None:
    parts = _parts(source, [common, _sources_option()])
    parts("list", "list the described texts with the numbers of their claims and passages")
    add = parts("add", "print the Turtle that describes a text as a source")
    add.add_argument("file", metavar="FILE")
    add.add_argument("--slug", metavar="SLUG", required=True, help="its name in every IRI")
    add.add_argument("--title", metavar="TITLE", help="the title that it prints")
    sentences = parts("sentences", "list the sentences that no passage touches")
    sentences.add_argument("source", metavar="SOURCE")
    skeleton = parts("skeleton", "print a claim with what the shapes of its class ask for")
    skeleton.add_argument("cls", metavar="CLASS", help="a class of claims, such as CreationClaim")
    skeleton.add_argument(
        "--slug", metavar="SOURCE", type=_not_empty, help="the slug of the source"
    )


def _parts(
    verb: argparse.ArgumentParser, parents: Sequence[_Parser]
) -> Callable[[str, str], argparse.ArgumentParser]:
    """Return what adds a part to a verb."""
    group = verb.add_subparsers(dest="part", metavar="PART", required=True, parser_class=_Parser)
    verb.set_defaults(sources=None)
    return lambda name, summary: group.add_parser(
        name, help=summary, description=summary, parents=list(parents)
    )


def _sources_option() -> _Parser:
    option = _Parser(add_help=False)
    option.add_argument(
        "--sources",
        metavar="DIR",
        type=_not_empty,
        default=argparse.SUPPRESS,
        help="the folder of texts; or set BRI_KG_SOURCES",
    )
    return option


def _common_options() -> _Parser:
    common = _Parser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument(
        "-g",
        "--graph",
        metavar="DIR",
        type=_not_empty,
        help="another graph/ folder; an ontology/ or queries/ beside it is used too",
    )
    common.add_argument(
        "--store",
        metavar="PATH",
        type=_not_empty,
        help="a store on disk or an RDF file, read in place of the graph; of load, the store to make",
    )
    common.add_argument(
        "-l", "--lang", choices=("en", "zh"), help="language of labels and messages (default en)"
    )
    common.add_argument(
        "-f",
        "--format",
        metavar="FORMAT",
        type=_not_empty,
        help="table csv tsv json xml md, or ttl nt nq trig jsonld rdfxml",
    )
    common.add_argument(
        "-o", "--output", metavar="FILE", type=_not_empty, help="write data to a file"
    )
    common.add_argument("-q", "--quiet", action="store_true", help="no talk on stderr")
    common.add_argument(
        "-v",
        "--verbose",
        action="store_true",
        help="print the trace of a bug; of infer, every contradiction; of validate, the engine",
    )
    common.add_argument(
        "--limit",
        metavar="N",
        type=_positive,
        help="stop after N rows or triples (exit code 3 when there are more)",
    )
    common.add_argument(
        "--timeout",
        metavar="SECONDS",
        type=_seconds,
        help="stop after so many seconds (exit code 3)",
    )
    return common


def _not_empty(text: str) -> str:
    # An empty value is a variable of a script that was never set; it must not mean the default.
    if not text.strip():
        raise argparse.ArgumentTypeError("the value is empty")
    return text


def _positive(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number above 0")
    return int(text)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds above 0")
    return seconds


def _say(text: str) -> None:
    from bri_kg.output import say

    say(text)
