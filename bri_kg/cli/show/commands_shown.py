"""Commands as pages and messages name them: whole, to be copied, in the language that was asked for."""

from __future__ import annotations

import shlex


def command(lang: str, *words: str) -> str:
    """Return `bri-kg` with these words, quoted for a shell; `-l zh` at the end where the page is Chinese."""
    asked = ("-l", lang) if lang != "en" else ()
    return " ".join(("bri-kg", *map(_quoted, words), *asked))


def _quoted(word: str) -> str:
    # Han characters need no quotes, which `shlex` puts around all that is not ASCII.
    return word if word.isalnum() else shlex.quote(word)
