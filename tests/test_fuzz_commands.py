"""Made-up command lines: whatever is typed, no verb crashes, hangs, or blames itself."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from workers import outcome, rounds

from bri_kg.cli.verbs import VERBS

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
_OPTIONS = (
    *("-f", "--format", "-o", "--output", "--base", "--input-format", "--store", "-g", "--limit", "--lang"),
    *("-q", "-v", "-e", "--part", "--ontology", "--previous", "--shapes", "--strict", "--param", "--replace"),
    *("--sources", "--nature", "--candidates", "--slug", "--title", "-h", "--", "-x"),
)  # fmt: skip
_VALUES = (
    *("", " ", "-", "--", "0", "-1", "1", "9" * 5000, "nan", "ttl", "csv", "bogus", "a.ttl", "a.nt", "a.rdf"),
    *("no-such", ".", "..", "/dev/null", "loop", "bri", "bri-org:cas", "<http://q.test/a>", "http://a b", "x:"),
    *("\ud800", "a\nb", "\x1b[0m", "SELECT * { ?s ?p ?o }", "ASK {}", "en", "zh", "cofounders", "partner=TWAS"),
    *("list", "find", "verify", "fill", "skeleton", "sentences", "add", "ontology", "questions", "out.rdf.gz"),
)  # fmt: skip
# These write where they are told to, or compute for long whatever is said.
_LEFT_OUT = {"build", "validate"}


@pytest.mark.fuzz
def test_made_up_command_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.ttl").write_text("<http://q.test/a> <http://q.test/p> 1 .", encoding="utf-8")
    (tmp_path / "a.nt").write_text("# nothing\n", encoding="utf-8")
    (tmp_path / "a.rdf").write_text("<rdf:RDF", encoding="utf-8")
    (tmp_path / "loop").symlink_to("loop")
    verbs = sorted(set(VERBS) - _LEFT_OUT)
    wrong = []
    for seed in rounds():
        chance = random.Random(seed)
        args = [chance.choice(verbs)]
        pools = [chance.choice((_OPTIONS, _VALUES)) for _ in range(chance.randint(0, 5))]
        args += [chance.choice(pool) for pool in pools]
        code, said = outcome(args, chance.choice((b"", b"<a:s> <a:p> 1 .", b"\xff\xfe")))
        if code not in (0, 1, 2, 3) or "Traceback" in said:
            wrong.append(f"seed {seed}: {args} ended with {code}: {said[-300:]}")
    assert not wrong, "\n".join(wrong)
