"""Commands to copy: whoever types one gets its answer in the language in which it was shown."""

from __future__ import annotations

import re
from typing import Final

from bri_kg.cli.messages.speaking import default_language

_PROGRAM: Final = "bri-kg"
_PLAIN = re.compile(r"[\w@%+=:,./\u2026-]+")  # what a shell takes as it is
_IN_TEXT = re.compile(rf"(`{_PROGRAM}(?: [^`]*)?)`")
_WITH_LANGUAGE = re.compile(r"\s(?:-l|--lang)\b")


def command_line(lang: str, *words: str) -> str:
    """Return the command of these words, quoted where a shell asks for it, that answers in the language."""
    return _in_language(" ".join((_PROGRAM, *map(quoted, words))), lang)


def quoted(word: str) -> str:
    """Return a word as a shell takes it for one: in quotes where there is more in it than letters and marks."""
    return word if _PLAIN.fullmatch(word) else "'" + word.replace("'", "'\\''") + "'"


def answering_in(text: str, lang: str) -> str:
    """Return a text whose commands, which stand between `…`, answer in the language."""
    return _IN_TEXT.sub(lambda found: _in_language(found[1], lang) + "`", text)


def _in_language(command: str, lang: str) -> str:
    if lang == default_language() or _WITH_LANGUAGE.search(command):
        return command
    return f"{command} -l {lang}"
