"""Made-up command lines: whatever is typed, no verb crashes, hangs, or blames itself."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from pathlib import Path

from fuzz_inputs import Input

import bri_kg
from bri_kg.cli.verbs import VERBS

API: Mapping[str, Callable[[Path], object]] = {}
_OPTIONS = (
    *("-f", "--format", "-o", "--output", "--base", "--input-format", "--store", "-g", "--limit", "--lang"),
    *("-q", "-v", "-e", "--part", "--ontology", "--previous", "--shapes", "--strict", "--param", "--replace"),
    *("--sources", "--nature", "--candidates", "--slug", "--title", "-h", "--", "-x", "--engine", "--profile"),
)  # fmt: skip
_VALUES = (
    *("", " ", "-", "--", "0", "-1", "1", "9" * 5000, "nan", "ttl", "csv", "bogus", "a.ttl", "a.nt", "a.rdf"),
    *("no-such", ".", "..", "/dev/null", "loop", "bri", "bri-org:cas", "<http://q.test/a>", "http://a b", "x:"),
    *("\ud800", "a\nb", "\x1b[0m", "SELECT * { ?s ?p ?o }", "ASK {}", "en", "zh", "cofounders", "partner=TWAS"),
    *("list", "find", "verify", "fill", "skeleton", "sentences", "add", "ontology", "questions", "out.rdf.gz"),
)  # fmt: skip
# These write where they are told to, or compute for long whatever is said.
_LEFT_OUT = {"build", "compare", "validate"}
_VERBS = sorted(set(VERBS) - _LEFT_OUT)
_FILES = {
    "a.ttl": b"<http://q.test/a> <http://q.test/p> 1 .",
    "a.nt": b"# nothing\n",
    "a.rdf": b"<rdf:RDF",
}


def prepare() -> None:
    bri_kg.open()


def make(chance: random.Random) -> Input:
    pools = [chance.choice((_OPTIONS, _VALUES)) for _ in range(chance.randint(0, 5))]
    return Input(
        (chance.choice(_VERBS), *map(chance.choice, pools)),
        _FILES,
        {"loop": "loop"},
        chance.choice((b"", b"<a:s> <a:p> 1 .", b"\xff\xfe")),
    )
