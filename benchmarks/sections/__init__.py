"""The sections of the benchmark, one module each."""

from collections.abc import Callable, Mapping
from typing import Final

from plan import Plan
from report import Section
from sections.closure import closure
from sections.cold import cold
from sections.load import load
from sections.questions import questions
from sections.validation import validation

ALL: Final[Mapping[str, Callable[[Plan], Section]]] = {
    "cold": cold,
    "questions": questions,
    "closure": closure,
    "validation": validation,
    "load": load,
}
