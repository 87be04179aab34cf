"""What verbs share on the command line: a parser that raises our errors, common options, types of values."""

from __future__ import annotations

import argparse
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from itertools import takewhile
from typing import Any, Final, NoReturn

from bri_kg.errors import UsageError
from bri_kg.names import ENGINES, nearest
from bri_kg.plain import encodable

Example = tuple[str, str]  # what it is for, and the command as it is typed
COMMON_DEFAULTS: Final = {
    "graph": None,
    "graph_before": None,
    "alone": False,
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
    "query_url": None,
    "update_url": None,
    "graph_store_url": None,
    "store_kind": None,
    "credentials": None,
    "ca_file": None,
}
_WRONG_BRANCH = re.compile(r"argument (VERB|PART): invalid choice: (.+?) \(", re.DOTALL)
_LONE_VALUE = re.compile(r"unrecognized arguments: (\S+=\S*)")
_LONE_WORDS = re.compile(r"unrecognized arguments:(?: [^-\s=][^\s=]*)+")
_GIVEN = re.compile(r"--?[A-Za-z]\S*$")
_OPTION = re.compile(r"(?<![\w-])--?[A-Za-z][a-z-]*")


class Parser(argparse.ArgumentParser):
    """A parser whose errors are ours, which takes no abbreviation, and whose branches are verbs or parts.

    `lang` is the language of its help.
    """

    def __init__(self, *args: Any, lang: str = "en", **kwargs: Any) -> None:
        in_its_language = partial(Help, lang=lang)
        # What is short for one option today is short for two tomorrow.
        super().__init__(
            *args, **{**kwargs, "allow_abbrev": False, "formatter_class": in_its_language}
        )
        self.lang = lang
        # From Python 3.14 on, help is coloured on a terminal; ours is read by `error` too.
        self.color = False
        self.branches: tuple[str, ...] = ()
        self._given: list[str] = []

    def parse_known_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: Any = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """Return what was parsed; what is left over is an error, of the parser that knows what it could be."""
        self._given = list(args or ())
        parsed, left = super().parse_known_args(args, namespace)
        if left:
            self.error(f"unrecognized arguments: {' '.join(left)}")
        return parsed, left

    def error(self, message: str) -> NoReturn:
        """Raise what argparse would print as our own error; a misspelt word comes with its nearest."""
        shown = f"`{self.prog} --help` shows what can be given"
        wrong = _WRONG_BRANCH.match(message)
        name = wrong[2].strip("'\"") if wrong else None
        known = set(_OPTION.findall(self.format_help()))
        for option in self._options_before(name):
            if option not in known:
                near = nearest(option, known)
                raise UsageError(
                    code="BRI128",
                    message=f"{self.prog} has no option {option}",
                    fix=f"did you mean {near}? {shown}" if near else shown,
                )
        if wrong and name:
            near = nearest(name, self.branches)
            raise UsageError(
                code="BRI129",
                message=f"{self.prog} has no {wrong[1].lower()} {name!r}",
                fix=f"did you mean `{self.prog} {near}`? {shown}" if near else shown,
            )
        if _LONE_WORDS.fullmatch(message):
            words = " ".join(takewhile(lambda word: not word.startswith("-"), self._given))
            raise UsageError(
                code="BRI100",
                message=message,
                fix=f"put quotes around a name of several words; `bri-kg search {words}` looks for words",
            )
        value = _LONE_VALUE.match(message)
        fix = f"did you mean --param {value[1]}? {shown}" if value and "--param" in known else shown
        raise UsageError(code="BRI100", message=message, fix=fix)

    def print_help(self, file: Any = None) -> None:
        """Write the help in whatever the console can show."""
        out = sys.stdout if file is None else file
        if out is not None:
            out.write(encodable(self.format_help(), getattr(out, "encoding", None)))

    def _options_before(self, branch: str | None) -> Iterator[str]:
        """Yield the options that this parser was given, up to a verb or part, right or wrong."""
        for word in self._given:
            if word in ("--", branch, *self.branches):
                return
            if _GIVEN.match(word):
                yield word.partition("=")[0] if word.startswith("--") else word[:2]


class Help(argparse.RawDescriptionHelpFormatter):
    """Help in which the usage names a verb's own options, and examples stay as they are written."""

    def __init__(self, prog: str, *, lang: str, **kwargs: Any) -> None:
        super().__init__(prog, **{**kwargs, "max_help_position": 24})
        self._lang = lang

    if sys.version_info < (3, 13):  # which writes `-f, --format FORMAT` by itself

        def _format_action_invocation(self, action: argparse.Action) -> str:
            if not action.option_strings or action.nargs == 0:
                return super()._format_action_invocation(action)
            value = self._format_args(action, action.dest.upper())
            return f"{', '.join(action.option_strings)} {value}"

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        """Leave the options of every verb out of the usage."""
        own = [action for action in actions if action.dest not in COMMON_DEFAULTS]
        super().add_usage(usage, own, groups, prefix)

    def start_section(self, heading: str | None) -> None:
        """Open what stands below a heading."""
        super().start_section(heading and _help_in(f"{heading}:", self._lang)[:-1])

    def format_help(self) -> str:
        """Return the whole help; Chinese has another colon, and `usage` is as wide in both languages."""
        text = super().format_help()
        if self._lang == "en":
            return text
        return re.sub(r"(?m)(?<=[^\x00-\x7f]):$", "\uff1a", text.replace("usage:", "用法：", 1))

    def _split_lines(self, text: str, width: int) -> list[str]:
        if self._lang == "en":
            return super()._split_lines(text, width)
        from bri_kg.cli.show.layout import wrap

        return list(wrap(_help_in(text, self._lang), width))

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return super()._fill_text(_help_in(text, self._lang), width, indent)


def _help_in(text: str, lang: str) -> str:
    if lang == "en":
        return text
    from bri_kg.cli.messages.speaking import in_language

    return in_language(text, lang)


def _answering(command: str, lang: str) -> str:
    if lang == "en":
        return command
    from bri_kg.cli.show.commands_shown import answering_in

    return answering_in(f"`{command}`", lang)[1:-1]


def add_examples(parser: Parser, examples: Iterable[Example]) -> None:
    """Let the help show examples, each command below what it is for."""
    text = "\n".join(
        f"# {_help_in(what, parser.lang)}\n{_answering(command, parser.lang)}"
        for what, command in examples
    )
    parser.add_argument_group("examples", text)


def add_words(parser: Parser, words: Iterable[str]) -> None:
    """Let the help explain words of ours, from the glossary."""
    from bri_kg.answers.glossary import word_named
    from bri_kg.cli.show.layout import Page

    known = [word.in_language(parser.lang) for word in map(word_named, words) if word]
    if known:
        lines = Page(shutil.get_terminal_size().columns).pairs(known)
        parser.add_argument_group("words", "\n".join(lines))


def add_common_options(
    parser: argparse.ArgumentParser, *, with_store: bool = False, before_verb: bool = False
) -> None:
    """Let a parser take the options of every verb; called last, so that the help shows them last."""
    common = parser.add_argument_group("options of every verb")

    def add(*names: str, **what: Any) -> None:
        common.add_argument(*names, default=argparse.SUPPRESS, **what)

    add(
        *("-l", "--lang"),
        choices=("en", "zh"),
        metavar="LANG",
        help="language of labels and messages: en (default) or zh; or set BRI_KG_LANG",
    )
    add(
        *("-f", "--format"),
        metavar="FORMAT",
        type=not_empty,
        help="rows: table csv tsv json xml md; graphs: ttl nt nq trig jsonld rdfxml",
    )
    add(
        *("-o", "--output"),
        metavar="FILE",
        type=not_empty,
        help="write data to a file; an ending such as .csv, .ttl or .nq.gz tells the format",
    )
    add(
        "--limit",
        metavar="N",
        type=positive,
        help="stop after N rows or triples, and say on stderr when there are more",
    )
    add(
        "--timeout",
        metavar="SECONDS",
        type=seconds,
        help="stop after so many seconds (exit code 3)",
    )
    add(
        *("-g", "--graph"),
        metavar="DIR",
        type=not_empty,
        action="append",
        dest="graph_before" if before_verb else "graph",
        help="the folder of a collection, which lies over our graph (default: the one that you stand in); "
        "may be repeated",
    )
    add(
        "--alone",
        action="store_true",
        help="leave our graph out; with --graph DIR, read a whole graph in place of ours",
    )
    add(
        "--store",
        metavar="PATH",
        type=not_empty,
        help="a store on disk, an RDF file or the address of a store, read in place of the graph; of "
        "load, the store to make"
        if with_store
        else argparse.SUPPRESS,
    )
    add(
        "--base",
        metavar="IRI",
        type=not_empty,
        help="what relative IRIs in RDF files are relative to",
    )
    add(
        "--input-format",
        metavar="FORMAT",
        type=not_empty,
        help="what RDF files are written in, where neither text nor ending tells",
    )
    add("-q", "--quiet", action="store_true", help="no talk on stderr")
    add(
        *("-v", "--verbose"),
        action="store_true",
        help="list what is well too (evidence verify, questions --coverage, compare); of infer "
        "every contradiction, of validate the engine, of a bug its trace",
    )


def add_store_options(parser: argparse.ArgumentParser) -> None:
    """Let a verb take what is to be known of a store at an address; called after the other options."""
    group = parser.add_argument_group("where --store is an address")

    def add(name: str, metavar: str, help_text: str, **what: Any) -> None:
        group.add_argument(
            name, metavar=metavar, help=help_text, default=argparse.SUPPRESS, type=not_empty, **what
        )

    add("--store-kind", "KIND", "what serves it: oxigraph fuseki rdf4j virtuoso other")
    add("--query-url", "URL", "where it is asked, where the address does not tell")
    add("--update-url", "URL", "where it takes SPARQL updates")
    add("--graph-store-url", "URL", "where it takes whole graphs (Graph Store Protocol)")
    add(
        "--credentials",
        "FILE",
        "a file like ~/.netrc, or one that holds a token; or set BRI_KG_STORE_USER and "
        "BRI_KG_STORE_PASSWORD, or BRI_KG_STORE_TOKEN",
    )
    add("--ca-file", "FILE", "the certificates (PEM) to trust in place of the system's")


def not_empty(text: str) -> str:
    """Return the text. Raises ArgumentTypeError where there is none."""
    # An empty value is a variable of a script that was never set; it must not mean the default.
    if not text.strip():
        raise argparse.ArgumentTypeError("the value is empty")
    return text


def positive(text: str) -> int:
    """Return the whole number. Raises ArgumentTypeError for any other text, and for 0."""
    if not text.isascii() or not text.isdigit() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number above 0")
    return int(text)


def seconds(text: str) -> float:
    """Return the number. Raises ArgumentTypeError where it is none, or not above 0."""
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds above 0")
    return number


def add_engine(parser: argparse.ArgumentParser, reference: str) -> None:
    """Let a verb take `--engine`; `reference` says what serves as the reference."""
    parser.add_argument(
        "--engine",
        choices=ENGINES,
        default=ENGINES[0],
        metavar="ENGINE",
        help=f"embedded (default), or reference: {reference}",
    )


Part = Callable[..., AbstractContextManager[argparse.ArgumentParser]]


def parts_of(verb: argparse.ArgumentParser, *options: Parser) -> Part:
    """Return what adds a part to a verb that has parts: `with part(name, summary, *examples) as parser`.

    Each part takes these and the common options.
    """
    assert isinstance(verb, Parser)
    group = verb.add_subparsers(
        title="parts", dest="part", metavar="PART", required=True, parser_class=Parser
    )
    verb.set_defaults(sources=None)

    @contextmanager
    def part(name: str, summary: str, *examples: Example) -> Iterator[argparse.ArgumentParser]:
        parser = group.add_parser(
            name, help=summary, description=summary, parents=options, lang=verb.lang
        )
        verb.branches += (name,)
        yield parser
        add_examples(parser, examples)
        add_common_options(parser)

    return part


def sources_option() -> Parser:
    """Return a parser to inherit from, with the folder of texts."""
    option = Parser(add_help=False)
    add_sources(option, default=argparse.SUPPRESS)
    return option


def add_sources(parser: argparse.ArgumentParser, default: str | None = None) -> None:
    """Let a verb take the folder of texts."""
    parser.add_argument(
        "--sources",
        metavar="DIR",
        type=not_empty,
        default=default,
        help="the folder of texts; or set BRI_KG_SOURCES",
    )
