"""Which language people are spoken to in, and the little that English needs for it: nothing is read."""

from __future__ import annotations

import os
import re
from argparse import Namespace
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from bri_kg.findings import Finding

LANGUAGES = ("en", "zh")
SETTING = "BRI_KG_LANG"
# `-l zh`, `-lzh`, and the same behind the flags that take no value: `-ql zh`.
_SHORT = re.compile(r"-[qvV]*l(.*)", re.DOTALL)


def default_language() -> str:
    """Return the language that the environment sets; English where it sets none that is known."""
    asked = os.environ.get(SETTING, "")
    return asked if asked in LANGUAGES else LANGUAGES[0]


def language_of(arguments: Sequence[str]) -> str:
    """Return the language that a command line asks for, which may be wrong in every other way."""
    found = default_language()
    for argument, following in zip(arguments, [*arguments, ""][1:], strict=True):
        if argument == "--":
            break
        short = _SHORT.fullmatch(argument)
        if argument.startswith("--lang="):
            asked = argument.removeprefix("--lang=")
        elif argument == "--lang" or (short and not short[1]):
            asked = following
        else:
            asked = short[1] if short else ""
        found = asked if asked in LANGUAGES else found
    return found


def in_language(text: str, lang: str) -> str:
    """Return an English text in a language; as it is where nothing says how it is put there."""
    if lang != "zh":
        return text
    from bri_kg.cli.messages.wordings import in_chinese

    return in_chinese(text)


def in_language_of(args: Namespace) -> Callable[[str], str]:
    """Return what puts an English text into the language that the options ask for."""
    return lambda text: in_language(text, args.lang)


def said(findings: Iterable[Finding], lang: str) -> tuple[Finding, ...]:
    """Return the findings with what is wrong, and how to mend it, in a language."""
    if lang != "zh":
        return tuple(findings)
    return tuple(
        replace(
            finding,
            message=in_language(finding.message, lang),
            fix=finding.fix and in_language(finding.fix, lang),
        )
        for finding in findings
    )
