"""A text extracted anew: the same words are found again, changed ones never, and the files are changed together."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from conftest import Cli
from hypothesis import example, given
from hypothesis import strategies as st
from laid_over import make_board

from bri_kg.cli import evidence_anew
from bri_kg.dataset.resources import find
from bri_kg.errors import InputError, UsageError
from bri_kg.rdf.parsing import read_rdf
from bri_kg.texts import changed_together
from bri_kg.texts.changed_together import Together
from bri_kg.texts.drift import Drift, Fate, drift, placed
from bri_kg.texts.originals import sha256

LETTERS = st.text("ab \n中é", max_size=12)
PIECES = st.lists(st.text("abc中 ", min_size=3, max_size=8), min_size=1, max_size=6)


def sealed(text: str, spans: set[tuple[int, int]]) -> dict[tuple[int, int], str | None]:
    return {(begin, end): sha256(text[begin:end]) for begin, end in spans}


@st.composite
def texts_with_passages(draw: st.DrawFn) -> tuple[str, str, set[tuple[int, int]]]:
    """A text, the same with other text around its passages, and the passages of the first."""
    old, new, spans = "", "", set()
    for piece in draw(PIECES):
        old += draw(LETTERS)
        new += draw(LETTERS)
        spans.add((len(old), len(old) + len(piece)))
        old += piece
        new += piece
    return old + draw(LETTERS), new + draw(LETTERS), spans


@given(texts_with_passages(), st.booleans())
def test_passages_are_anchored_to_the_same_words(
    given_texts: tuple[str, str, set[tuple[int, int]]], has_old: bool
) -> None:
    old, new, spans = given_texts
    found = drift(new, sealed(old, spans), old if has_old else None)
    assert [one.before for one in found] == sorted(spans)
    for one in found:
        words = old[slice(*one.before)]
        if one.is_anchored:
            assert one.now is not None and new[slice(*one.now)].split() == words.split()
        # Nothing is lost: all that stands around them was changed, and they themselves were not.
        assert one.fate in (Fate.IN_PLACE, Fate.MOVED, Fate.AMBIGUOUS) or not words.strip()
        alike = [span for span in spans if old[slice(*span)] == words]
        if len(alike) == 1 and count(new, words) == 1:
            assert one.is_anchored


def count(text: str, words: str) -> int:
    return sum(text.startswith(words, at) for at in range(len(text)))


@given(st.text("ab中 ", min_size=1, max_size=30), st.text("ab中 ", max_size=30), st.data())
@example("the first and the second", "the second and the first", None)
def test_changed_words_are_never_anchored(old: str, new: str, data: st.DataObject | None) -> None:
    spans = {(0, 9), (14, 24)}
    if data is not None:
        ends = st.tuples(st.integers(0, len(old)), st.integers(0, len(old)))
        drawn = data.draw(st.lists(ends.filter(lambda pair: pair[0] < pair[1]), max_size=5))
        spans = set(drawn)
    for one in drift(new, sealed(old, spans)):
        assert not one.is_anchored or (
            one.now is not None and new[slice(*one.now)] == old[slice(*one.before)]
        )


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 5), st.integers(6, 9)),
        st.one_of(st.none(), st.tuples(st.integers(0, 5), st.integers(6, 9))),
        max_size=8,
    )
)
def test_no_passage_takes_the_name_of_one_that_nobody_looked_at(
    moves: dict[tuple[int, int], tuple[int, int] | None],
) -> None:
    found = [
        Drift(old, Fate.CHANGED if new is None else Fate.MOVED, new) for old, new in moves.items()
    ]
    moving = placed(found)
    staying = moves.keys() - moving.keys()
    assert not staying & set(moving.values())
    assert all(moves[old] == new for old, new in moving.items())


def test_of_several_places_the_one_in_order_is_meant_and_else_none_is_guessed() -> None:
    old = "A begin. The same. B middle. The same. C end."
    spans = {(0, 8), (9, 18), (19, 28), (29, 38), (39, 45)}
    new = "Zz. " + old
    assert all(one.fate is Fate.MOVED for one in drift(new, sealed(old, spans)))
    alone = drift(new, sealed(old, {(9, 18)}))
    assert [(one.fate, len(one.places)) for one in alone] == [(Fate.AMBIGUOUS, 2)]
    # One of two places is gone: which of the two passages stood there is not known.
    both = drift("A begin. The same. C end.", sealed(old, spans))
    assert [one.fate for one in both if old[slice(*one.before)] == "The same."] == [
        Fate.AMBIGUOUS,
        Fate.AMBIGUOUS,
    ]


def test_what_changed_is_told_from_what_is_gone() -> None:
    old = "It began in 2018. It has 67 members in 48 countries. It is large."
    spans = {(0, 17), (18, 52), (53, 65)}
    changed = old.replace("67", "69")
    [_, one, _] = drift(changed, sealed(old, spans))
    assert one.fate is Fate.CHANGED and one.now == (18, 52)
    [_, one, _] = drift(old[:18] + old[53:], sealed(old, spans))
    assert (one.fate, one.now) == (Fate.VANISHED, None)
    [_, one, _] = drift("Anew: " + changed, sealed(old, spans), old)
    assert one.fate is Fate.CHANGED and one.now is not None
    broken = old.replace("67 members", "67\nmembers")
    assert [one.is_anchored for one in drift(broken, sealed(old, spans), old)] == [True] * 3
    assert [one.is_anchored for one in drift(broken, sealed(old, spans))] == [True, False, True]


# ------------------------------------------------------------- files together


@pytest.fixture
def room(tmp_path: Path) -> dict[Path, bytes]:
    """Two files, and what is to take their place."""
    root = tmp_path / "root"
    root.mkdir()
    for name in ("one", "two"):
        (root / name).write_bytes(b"old " + name.encode())
    return {root / name: b"new " + name.encode() for name in ("one", "two")}


def there(files: dict[Path, bytes]) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in files}


class Killed(BaseException):
    """The process is gone."""


@pytest.mark.parametrize("at", range(1, 10))
def test_a_kill_leaves_the_old_or_what_is_finished_to_the_new(
    room: dict[Path, bytes], monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    old = there(room)
    root = next(iter(room)).parent
    together = Together(root, root / "aside")
    written: list[Path] = []
    write = changed_together.write_file

    def dies(path: Path, data: bytes) -> None:
        written.append(path)
        if len(written) == at:
            raise Killed
        write(path, data)

    monkeypatch.setattr(changed_together, "write_file", dies)
    with suppress(Killed):
        together.put(room)
    monkeypatch.undo()
    is_planned = (root / "aside" / "plan.json").is_file()
    together.finish()
    assert there(room) == (room if is_planned else old)
    assert not together.finish() or not is_planned
    if is_planned:
        together.take_back()
        assert there(room) == old and not (root / "aside").exists()
    assert is_planned == (at > 5)


def test_what_was_changed_since_is_left_as_it_is(room: dict[Path, bytes]) -> None:
    root = next(iter(room)).parent
    together = Together(root, root / "aside")
    with pytest.raises(UsageError, match="nothing was re-anchored"):
        together.take_back()
    together.put(room)
    (root / "two").write_bytes(b"mine")
    with pytest.raises(InputError, match="changed since"):
        together.take_back()
    assert there(room) == {root / "one": b"new one", root / "two": b"mine"}


@pytest.mark.parametrize(
    "plan",
    [
        '{"files": ["../elsewhere"], "towards": "after"}',
        '{"files": ["/etc/elsewhere"], "towards": "after"}',
        '{"files": 3}',
        "[",
        '{"files": ["one"], "towards": "after"}',
    ],
)
def test_a_plan_from_anybody_writes_nothing_elsewhere(tmp_path: Path, plan: str) -> None:
    root = tmp_path / "root"
    (root / "aside").mkdir(parents=True)
    (root / "aside" / "plan.json").write_text(plan, encoding="utf-8")
    if "elsewhere" in plan:
        (root / "aside" / "after").mkdir()
        (root / "aside" / "after" / "0").write_bytes(b"bad")
    assert not Together(root, root / "aside").finish()
    assert not (tmp_path / "elsewhere").exists()


# --------------------------------------------------------- on the command line


@pytest.fixture
def board(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("BRI_KG_SOURCES", raising=False)
    return make_board(tmp_path)


TEXT, SLUG = "hungary.txt", "board:hungary"


def extracted_anew(board: Path, *, change: Callable[[str], str]) -> str:
    path = board / "texts" / TEXT
    old = path.read_bytes().decode()
    path.write_bytes(change(old).encode())
    return old


def test_what_moved_is_listed_anchored_and_taken_back(cli: Cli, board: Path) -> None:
    before = {path: path.read_bytes() for path in board.rglob("*.ttl")}
    assert cli("evidence", "verify", SLUG, cwd=board).returncode == 0
    extracted_anew(board, change=lambda text: "A line of the page.\n" + text)
    listed = cli("evidence", "verify", SLUG, cwd=board)
    assert (listed.returncode, listed.stdout) == (1, "")
    assert f"moved: {SLUG} " in listed.stderr and "error[" not in listed.stderr
    assert f"bri-kg evidence reanchor {SLUG}" in listed.stderr
    rows = cli("evidence", "verify", SLUG, "-f", "csv", cwd=board).stdout
    told = list(csv.DictReader(io.StringIO(rows)))
    assert {row["state"] for row in told} == {"moved"} and all(row["now"] for row in told)
    assert before == {path: path.read_bytes() for path in board.rglob("*.ttl")}

    done = cli("evidence", "reanchor", SLUG, cwd=board)
    assert done.returncode == 0, done.stderr
    assert f"{len(told)} of {len(told)} passages are anchored in the new text" in done.stderr
    again = cli("evidence", "verify", SLUG, cwd=board)
    assert (again.returncode, again.stderr.split(":")[0]) == (0, "verified")
    # What people wrote beside the names stays.
    for path in before:
        comments = [line for line in before[path].splitlines() if line.startswith(b"#")]
        assert comments == [one for one in path.read_bytes().splitlines() if one.startswith(b"#")]
    once_more = cli("evidence", "reanchor", SLUG, cwd=board)
    assert (once_more.returncode, "nothing is to be re-anchored" in once_more.stderr) == (0, True)

    back = cli("evidence", "reanchor", SLUG, "--undo", cwd=board)
    assert back.returncode == 0, back.stderr
    assert before == {path: path.read_bytes() for path in board.rglob("*.ttl")}
    nothing = cli("evidence", "reanchor", SLUG, "--undo", "-l", "zh", cwd=board)
    assert (nothing.returncode, "BRI987" in nothing.stderr) == (2, True)


def test_changed_words_are_listed_and_stay_as_they_are(cli: Cli, board: Path) -> None:
    cited = sorted(
        {
            quad.object.value.rpartition("=")[2]
            for path in (board / "graph").rglob("*.ttl")
            for quad in read_rdf(path)
            if quad.predicate.value.endswith("#evidence")
        },
        key=lambda span: int(span.split(",")[0]),
    )
    begin, end = map(int, cited[-1].split(","))
    old = extracted_anew(
        board, change=lambda text: "More. " + text[:begin] + "X" + text[begin + 1 :]
    )
    kept = board / "old.txt"
    kept.write_bytes(old.encode())
    told = cli("evidence", "verify", SLUG, "--before", str(kept), cwd=board)
    assert f"changed: {SLUG} {begin}\N{EN DASH}{end}: “" in told.stderr
    done = cli("evidence", "reanchor", SLUG, "--before", str(kept), cwd=board)
    assert done.returncode == 1
    left = cli("evidence", "verify", SLUG, "-v", "-f", "csv", cwd=board)
    states = {row["passage"]: row["state"] for row in csv.DictReader(io.StringIO(left.stdout))}
    changed = [name for name, state in states.items() if state == "changed"]
    assert any(name.endswith(f"#char={begin},{end}") for name in changed)
    assert "verified" in states.values()


def test_a_document_extracted_anew_takes_the_place_of_the_text(
    cli: Cli, board: Path, tmp_path: Path
) -> None:
    old = (board / "texts" / TEXT).read_bytes()
    page = tmp_path / "page.txt"
    page.write_bytes(b"Anew. " + old)
    shown = cli("evidence", "verify", SLUG, "--anew", str(page), cwd=board)
    assert (shown.returncode, (board / "texts" / TEXT).read_bytes()) == (1, old)
    assert cli("evidence", "reanchor", SLUG, "--anew", str(page), cwd=board).returncode == 0
    assert (board / "texts" / TEXT).read_bytes() == b"Anew. " + old
    assert cli("evidence", "verify", SLUG, cwd=board).returncode == 0
    assert cli("evidence", "reanchor", SLUG, "--undo", cwd=board).returncode == 0
    assert (board / "texts" / TEXT).read_bytes() == old


def test_what_cannot_be_done_is_refused(
    cli: Cli, board: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = board / "wrong.txt"
    wrong.write_text("another text", encoding="utf-8")
    for args, code in (
        (("reanchor", "cas-decade"), "BRI986"),
        (("verify", "--before", str(wrong)), "BRI990"),
        (("reanchor", SLUG, "--anew", str(wrong), "--before", str(wrong)), "BRI989"),
        (("reanchor", "nothing"), "BRI233"),
    ):
        for lang in ("en", "zh"):
            done = cli("evidence", *args, "-l", lang, cwd=board)
            assert (done.returncode, code in done.stderr) == (2, True), (args, done.stderr)
    (board / "texts" / TEXT).unlink()
    gone = cli("evidence", "reanchor", SLUG, cwd=board)
    assert (gone.returncode, "source-missing" in gone.stderr) == (1, True)


def test_the_installed_graph_is_not_rewritten(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    monkeypatch.setattr(
        evidence_anew, "find", lambda graph, alone: replace(find(), release=tmp_path)
    )
    done = cli("evidence", "reanchor", "cas-decade", "--sources", str(tmp_path))
    assert (done.returncode, "BRI985" in done.stderr) == (2, True)
