"""The errors that reach a user, and how they are written out.

Every error says what is wrong and, where it is known, why and how to mend it.
Codes: BRI1xx queries and what is asked, BRI2xx files, folders and result rows, BRI3xx what is
refused, BRI4xx what a graph contradicts, BRI5xx our bugs, BRI6xx limits,
BRI7xx stores at an address. A code has one meaning.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from bri_kg.plain import display_width, visible

# What only a terminal can do: a sentence about a command.
_COMMAND = re.compile(r"\s*(?:Else: )?`bri-kg [^`]*`[^.;?]*[.;?]?")
_EXTRA = r"""\bextra\s*==\s*["']([^"']+)["']"""  # compiled where an extra is missing


class BriKgError(Exception):
    """Base of all errors that a user can mend.

    In: ``code`` (such as ``BRI101``), ``message`` (what is wrong), and where known
    ``why``, ``fix``, ``file``, ``line`` and ``column`` (both from 1).
    ``exit_code`` is what the command line ends with.
    """

    exit_code: int = 2

    def __init__(
        self,
        code: str,
        message: str,
        *,
        why: str | None = None,
        fix: str | None = None,
        file: str | None = None,
        line: int | None = None,
        column: int | None = None,
        exit_code: int | None = None,
    ) -> None:
        """Keep the parts; an ``exit_code`` given here takes the place of the class's."""
        super().__init__(message)
        self.code = code
        self.message = message
        self.why = why
        self.fix = fix
        self.file = file
        self.line = line
        self.column = column
        if exit_code is not None:
            self.exit_code = exit_code

    def __str__(self) -> str:
        """Return the same text as ``render``."""
        return self.render()

    def render(self, say: Callable[[str], str] = str) -> str:
        """Return the error as lines of text: ``file:line:column: error[CODE]: message``, why, fix.

        In: ``say``, which puts labels and texts into another language. Out: text without a final line
        end; parts that are not known are left out, and control characters are made visible.
        """
        column = self.column if self.line is not None else None
        place = [visible(str(part)) for part in (self.file, self.line, column) if part is not None]
        head = say(f"error[{self.code}]: ") + visible(say(self.message))
        lines = [": ".join([":".join(place), head]) if place else head]
        lines += _labelled("why: ", self.why, say)
        lines += _labelled("fix: ", self.fix, say)
        return "\n".join(lines)


def _labelled(label: str, text: str | None, say: Callable[[str], str]) -> list[str]:
    if not text:
        return []
    first, *rest = say(text).split("\n")
    head = f"  {say(label)}"
    indent = " " * display_width(head)
    return [head + visible(first), *(indent + visible(line) for line in rest)]


class NoTripleWarning(UserWarning):
    """A file was read and holds no triple: whoever asks it for anything gets nothing."""


class OtherNameWarning(UserWarning):
    """A name was taken as another one, which is the same but for a plural."""


class UsageError(BriKgError):
    """The command or the call is wrong: a bad option, name or value."""


class InputError(BriKgError):
    """An input cannot be read or is malformed."""


class QuerySyntaxError(InputError):
    """A query does not follow the SPARQL 1.1 grammar."""


class RefusedError(BriKgError):
    """A request that would use the network or change data, and was not asked for."""


def without_commands(fix: str | None) -> str | None:
    """Return how an error is mended where there is no terminal; None where nothing is left to say."""
    return _COMMAND.sub("", fix or "").strip(" ;") or None


def how_to_install(extra: str) -> str:
    """Return the command that installs what an extra holds.

    The requirements come from the metadata of the installed package (core metadata, Requires-Dist): no
    index need know the package. A checkout that is not installed, or whose metadata is older than the
    extra, is installed itself.
    """
    from importlib.metadata import PackageNotFoundError, requires

    try:
        held = tuple(requirements(requires("bri-kg") or (), extra))
    except PackageNotFoundError:
        held = ()
    if not held:
        return f'pip install ".[{extra}]" in the folder of pyproject.toml'
    return " ".join(["pip install", *(f'"{name}"' for name in held)])


def requirements(listed: Iterable[str], extra: str) -> Iterator[str]:
    """Yield the requirements of an extra, from lines of Requires-Dist."""
    for line in listed:
        requirement, _, marker = line.partition(";")
        if extra in re.findall(_EXTRA, marker):
            yield requirement.strip()
