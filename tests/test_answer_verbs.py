"""The verbs `explain`, `describe` and `conflicts` on the command line: for people, for programs, and for files."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from answer_pages import cited
from conftest import ROOT, Cli

from bri_kg.knowledge import KnowledgeGraph
from bri_kg.plain import display_width

VERBS = {
    "explain": ("explain", "ANSO", "isFoundedBy", "RAS"),
    "describe": ("describe", "CAS"),
    "conflicts": ("conflicts", "joint laboratory"),
}


@pytest.mark.parametrize("verb", VERBS)
def test_words_are_shown_on_the_screen_and_never_go_to_a_file(
    cli: Cli, sources: Path, tmp_path: Path, verb: str
) -> None:
    asked = *VERBS[verb], "--sources", str(sources)
    shown = cli(*asked)
    assert shown.returncode == 0, shown.stderr
    assert "\n" + " " * 2 in shown.stdout and "| " in shown.stdout and "verified" in shown.stdout
    assert cli(*asked, "-o", str(tmp_path / "page.txt")).returncode == 0
    written = (tmp_path / "page.txt").read_text(encoding="utf-8")
    assert "| " not in written and "–" in written
    assert "| " not in cli(*VERBS[verb], BRI_KG_SOURCES="").stdout
    assert all(display_width(line) <= 80 for line in shown.stdout.splitlines())


@pytest.mark.parametrize("verb", ["explain", "conflicts"])
def test_a_format_for_programs_is_rows_as_before(cli: Cli, verb: str) -> None:
    head = cli(*VERBS[verb], "-f", "csv").stdout.splitlines()[0]
    assert head.split(",")[0] == {"explain": "why", "conflicts": "comparison"}[verb]
    assert "passage" in head
    assert cli(*VERBS[verb], "-f", "ttl").returncode == 2


def test_describe_has_a_graph_and_plain_data_for_programs(
    cli: Cli, sources: Path, tmp_path: Path
) -> None:
    turtle = cli("describe", "CAS", "-f", "ttl").stdout
    assert "bri:isBasedIn" in turtle and "| " not in turtle
    read = json.loads(cli("describe", "CAS", "-f", "json", "--lang", "zh").stdout)
    assert read["thing"]["label"] == "中国科学院" and read["facts"][0]["facts"]
    file = tmp_path / "cas.json"
    assert cli("describe", "CAS", "-o", str(file), "--sources", str(sources)).returncode == 0
    assert '"words": null' in file.read_text(encoding="utf-8")
    assert '"words": "' not in file.read_text(encoding="utf-8")


def test_a_thing_of_another_model_is_its_properties_and_values(cli: Cli, tmp_path: Path) -> None:
    data = tmp_path / "own.ttl"
    data.write_text(
        "@prefix e: <http://e.test/> . e:a a e:P ; e:knows e:b ; e:age 42 . e:c e:knows e:a .",
        encoding="utf-8",
    )
    lines = cli("describe", "<http://e.test/a>", "--store", str(data)).stdout.splitlines()
    assert lines[0] == "http://e.test/a  (http://e.test/P)"
    assert lines[2] == "PROPERTIES AND VALUES"
    assert [line.split() for line in lines[3:]] == [
        ["http://e.test/age", "42"],
        ["http://e.test/knows", "http://e.test/b"],
        ["http://e.test/knows", "it", "http://e.test/c"],
    ]


def test_a_limit_leaves_whole_items_out(cli: Cli) -> None:
    done = cli("conflicts", "--limit", "1", BRI_KG_SOURCES="")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("  why  ") == 1
    assert cli("describe", "CAS", "--limit", "2", BRI_KG_SOURCES="").stdout.count("–") < 8


def test_a_nature_and_a_thing_narrow(cli: Cli) -> None:
    first, *rest = cli("conflicts", "ANSO", "--nature", "other-time").stdout.splitlines()
    assert first == "Alliance of International Science Organizations (organization):"
    assert rest[1].startswith("0 comparisons")
    first, *rest = cli("conflicts", "--nature", "agreement", BRI_KG_SOURCES="").stdout.splitlines()
    assert first.startswith("agreement of claims: ") and "  the letters ANSO" in rest


WRITES = """
import sys
from bri_kg.cli.main import main
for arguments in {asked!r}:
    code = main(arguments)
    assert code == 0, (arguments, code)
"""


@pytest.mark.slow
def test_nothing_of_the_words_is_written_anywhere(
    kg: KnowledgeGraph, sources: Path, tmp_path: Path
) -> None:
    """Run every verb with the texts in folders of its own, and look for the words in each file that is there then."""
    asked = [
        [*arguments, "--sources", str(sources), *way]
        for verb, arguments in VERBS.items()
        for way in (
            ["--all"],
            ["--all", "--lang", "zh"],
            ["--all", "-o", f"{verb}.txt"],
            *([["-f", "json", "-o", "a.json"], ["-o", "a.jsonld.gz"]] if verb == "describe" else [["-o", "a.csv"]]),
        )
    ]  # fmt: skip
    homes = {
        name: str(tmp_path / name) for name in ("HOME", "TMPDIR", "BRI_KG_CACHE", "XDG_CACHE_HOME")
    }
    for folder in (*homes.values(), tmp_path / "cwd"):
        Path(folder).mkdir()
    done = subprocess.run(
        [sys.executable, "-c", WRITES.format(asked=asked)],
        cwd=tmp_path / "cwd",
        env={**homes, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "PATH": ""},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    texts = str(sources)
    answers = [kg.explain(*VERBS["explain"][1:], texts=texts), kg.describe("CAS", texts=texts)]
    ours = _flat(
        b"".join(p.read_bytes() for r in ("graph", "ontology") for p in (ROOT / r).rglob("*.ttl"))
    )
    words = {p.words for answer in answers for p in cited(answer).values() if p.words}
    # Names stand in the graph as they are.
    telling = [
        flat for text in words if len(text) > 40 and (flat := _flat(text.encode())) not in ours
    ]
    shown = _flat(done.stdout)
    # The words were there to be written: most of them were shown.
    assert sum(text in shown for text in telling) > 30
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len([path for path in files if path.parent.name == "cwd"]) >= 5
    for path in files:
        content = _flat(_unpacked(path))
        assert not [text for text in telling if text in content], path


def _flat(data: bytes) -> bytes:
    return b"".join(data.replace(b"\n", b" ").replace(b" | ", b" ").split())


def _unpacked(path: Path) -> bytes:
    import gzip

    data = path.read_bytes()
    return gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data
