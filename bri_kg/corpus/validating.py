"""Validation part by part: what the release of a corpus finds, without the release."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Final

from bri_kg.checking.validation import STAGES, Report
from bri_kg.corpus.building import NOT_WRITABLE
from bri_kg.corpus.running_here import build_corpus
from bri_kg.dataset.resources import Resources
from bri_kg.errors import InputError

# What parts are not asked for: they have no texts, and the questions ask the whole.
_NOT_OF_PARTS: Final = ("words", "questions")


def validate_in_parts(
    resources: Resources, sources_at_a_time: int, lang: str = "en", work: Path | None = None
) -> Report:
    """Validate a graph in parts of so many sources each, in bounded memory; no stage hides what another finds.

    In the folder `work`, what was done is kept for the next run, or for a release. Raise InputError where
    that cannot be, or for what no part could be right without.
    """
    with tempfile.TemporaryDirectory(prefix="bri-kg-") as folder:
        try:
            corpus = build_corpus(
                resources, Path(folder) / "release", sources_at_a_time, lang=lang, work=work
            )
        except InputError as error:
            if error.code != NOT_WRITABLE:
                raise
            raise InputError(
                code="BRI523",
                message="a graph cannot be validated in parts here",
                why=error.why,
                fix=f"make room in {tempfile.gettempdir()}, or let TMPDIR name another folder, and run again",
            ) from None
    done = tuple(stage for stage in STAGES if stage not in _NOT_OF_PARTS)
    return Report(done, _NOT_OF_PARTS, corpus.findings, ())
