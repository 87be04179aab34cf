"""A corpus on one machine: processes work on parts, DuckDB joins what crosses them, memory stays bounded."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from functools import lru_cache
from itertools import islice
from multiprocessing import connection
from pathlib import Path
from typing import Any, Final

from bri_kg.corpus.bucket_tables import Bucket, some_buckets
from bri_kg.corpus.building import build
from bri_kg.corpus.common_ground import CommonGround
from bri_kg.corpus.data_addresses import Data, line_of_columns, lines_of, told_by
from bri_kg.corpus.kept_work import KeptWork, digest_of, not_kept, open_kept
from bri_kg.corpus.manifest import LAYERS, Corpus
from bri_kg.corpus.part_of_corpus import Outcome, Part, Row, work_on
from bri_kg.corpus.sharing_out import parts, some_at_a_time
from bri_kg.corpus.tables import COLUMNS, SEPARATOR, DuckTables, Tables, as_text
from bri_kg.corpus.workers import (
    ROWS_AT_A_TIME,
    NotReadError,
    as_texts,
    look_at,
    look_key,
    packed,
    part_key,
    told_in,
    unpacked,
)
from bri_kg.dataset.resources import Resources
from bri_kg.findings import Finding

MEMORY: Final = "600MB"
_BYTES_AT_A_TIME: Final = 4_000_000
_ROWS_AT_A_TIME: Final = 10_000


def build_corpus(
    resources: Resources,
    folder: Path,
    sources_at_a_time: int,
    *,
    processes: int = 2,
    lang: str = "en",
    work: Path | None = None,
    data: Sequence[Data] = (),
) -> Corpus:
    """Build the release of a corpus at `folder` on this machine, as `building.build` says.

    `sources_at_a_time` is how many sources one part holds; with no `processes` all is done in this one.
    In the folder `work`, what was done is kept for the next run. Raise InputError where that cannot be.
    """
    kept = open_kept(work)

    @contextmanager
    def running(made: Path, temporary: Path) -> Iterator[Here]:
        try:
            with _pool(processes) as pool:
                yield Here(made, temporary, pool, lang, kept)
        except OSError as error:
            if work is not None and error.filename == str(kept.folder):
                raise not_kept(work, error) from None
            raise

    corpus = build(resources, folder, sources_at_a_time, running, lang, data)
    kept.end()
    return corpus


class Here:
    """An engine of processes and DuckDB. What processes find lies in the work folder as rows of text."""

    def __init__(
        self, made: Path, work: Path, pool: _Pool, lang: str, kept: KeptWork | None = None
    ) -> None:
        self._made, self._work, self._pool, self._lang = made, work, pool, lang
        self._kept = kept or KeptWork()
        self._state = work / "ground.pickle"
        self._tables = DuckTables(work, MEMORY, max(1, pool.processes))

    @property
    def tables(self) -> Tables:
        """The tables in DuckDB."""
        return self._tables

    def scan(self, files: list[Path], data: Sequence[Data]) -> Iterable[Finding]:
        """Read files by some megabytes at a time, and data line by line."""
        unread: list[Finding] = []
        given = ((self._work, self._kept, some) for some in _by_bytes(files))
        for found in self._pool.each(_scan_some, given):
            unread += found
        for number, one in enumerate(data, len(files)):
            for rows, left_out in told_by(self._lines(one), one.address):
                _append(self._work, "told", as_text((*row, str(number)) for row in rows))
                unread += left_out
        self._load("told")
        return unread

    def _lines(self, data: Data) -> Iterator[str]:
        for path in data.files():
            if not data.is_parquet:
                yield from lines_of(path)
                continue
            for (line,) in self._tables.sql_rows(
                line_of_columns(self._columns(path, data)), str(path)
            ):
                yield line

    def _columns(self, path: Path, data: Data) -> list[str]:
        try:
            told = self._tables.sql("DESCRIBE SELECT * FROM read_parquet(?)", str(path))
        except Exception as error:  # of DuckDB, which is not loaded where nothing is asked of it
            raise data.not_read(str(error).split("\n", 1)[0]) from None
        return data.columns([name for name, *_ in told])

    def work_on_parts(self, ground: CommonGround, of_ground: Outcome, count: int) -> None:
        """Put what comes of each part into files with its number, and into rows."""
        self._state.write_bytes(packed(ground))
        self._kept = self._kept.over(ground, self._lang)
        _write(self._work, self._made, 0, as_texts(of_ground))
        given = (
            (self._state, self._work, self._made, self._kept, n, part, self._lang)
            for n, part in self._parts()
        )
        for _ in self._pool.each(_work_on, given):
            pass
        for table in COLUMNS:
            if table != "told":
                self._load(table)

    def look_at_buckets(self) -> None:
        """Look at one bucket in one process."""
        buckets = some_buckets(self._tables)
        given = ((self._state, self._kept, bucket, self._lang) for bucket in buckets)
        found: dict[str, list[Row]] = {}
        for table, rows in self._pool.each(_look_at, given):
            some = found.setdefault(table, [])
            some += rows
            if len(some) > _ROWS_AT_A_TIME:
                self._tables.insert(table, found.pop(table))
        for table, rows in found.items():
            self._tables.insert(table, rows)

    def write_shared(self, layer: str, statement: str) -> None:
        """Write one file."""
        path = self._made / f"{layer}-shared.nq"
        with path.open("w", encoding="utf-8", newline="") as file:
            for (line,) in self._tables.sql_rows(statement):
                file.write(f"{line}\n")

    def quads(self) -> dict[str, int]:
        """Count the lines of all files."""
        counts = dict.fromkeys(LAYERS, 0)
        for path in self._made.glob("*.nq"):
            with path.open("rb") as file:
                counts[path.name.partition("-")[0]] += sum(1 for _ in file)
        return counts

    def close(self) -> None:
        """Close the database."""
        self._tables.close()

    def _parts(self) -> Iterator[tuple[int, Part]]:
        number = 0
        for first, last in some_at_a_time(self._tables):
            for part in parts(self._tables, first, last):
                number += 1
                yield number, part

    def _load(self, table: str) -> None:
        (self._work / f"{table}-0.rows").touch()
        self._tables.load(table, sorted(self._work.glob(f"{table}-*.rows")))


def _by_bytes(files: list[Path]) -> Iterator[list[tuple[int, Path]]]:
    group: list[tuple[int, Path]] = []
    size = 0
    for number, path in enumerate(files):
        group.append((number, path))
        size += path.stat().st_size
        if size > _BYTES_AT_A_TIME:
            yield group
            group, size = [], 0
    yield group


# What processes do.


def _scan_some(work: Path, kept: KeptWork, files: list[tuple[int, Path]]) -> list[Finding]:
    unread: list[Finding] = []
    with (work / f"told-{os.getpid()}.rows").open("a", encoding="utf-8", newline="") as rows:
        for number, path in files:
            begun = rows.tell()
            try:
                for text in _texts_of(path, kept):
                    rows.write(text.replace("\n", f"{SEPARATOR}{number}\n"))
            except NotReadError as error:
                rows.seek(begun)
                rows.truncate()
                unread.append(error.finding)
    return unread


def _texts_of(path: Path, kept: KeptWork) -> Iterator[str]:
    """Yield rows without the number of their file, some at a time; what a large file tells is not kept."""
    if kept.folder is not None and path.stat().st_size <= _BYTES_AT_A_TIME:
        key = (path.name.encode(), digest_of(path))
        yield kept.done("scans", key, lambda: as_text(_rows_of(path)))
        return
    rows = _rows_of(path)
    while some := as_text(islice(rows, ROWS_AT_A_TIME)):
        yield some


def _rows_of(path: Path) -> Iterator[Row]:
    return (row[:-1] for row in told_in(path, 0))


def _work_on(
    state: Path, work: Path, made: Path, kept: KeptWork, number: int, part: Part, lang: str
) -> None:
    texts = kept.done(
        "parts", part_key(kept, part), lambda: as_texts(work_on(_ground(state), part, lang))
    )
    _write(work, made, number, texts)


def _look_at(state: Path, kept: KeptWork, bucket: Bucket, lang: str) -> tuple[str, list[Row]]:
    found = kept.done(
        "buckets", look_key(kept, bucket), lambda: look_at(_ground(state), bucket, lang)
    )
    return bucket.finds, [tuple(row) for row in found]


@lru_cache(maxsize=1)
def _ground(state: Path) -> CommonGround:
    return unpacked(state.read_bytes())


def _write(work: Path, made: Path, number: int, texts: dict[str, dict[str, str]]) -> None:
    for name, text in texts["lines"].items():
        (made / f"{name}-{number:06}.nq").write_text(text, encoding="utf-8", newline="")
    for table, text in texts["rows"].items():
        _append(work, table, text)


def _append(work: Path, table: str, text: str) -> None:
    with (work / f"{table}-{os.getpid()}.rows").open("a", encoding="utf-8", newline="") as file:
        file.write(text)


class _Pool:
    """Processes that do one thing after another, no more of it waiting than they can soon take."""

    def __init__(self, processes: int, executor: ProcessPoolExecutor | None) -> None:
        self.processes = processes
        self._executor = executor

    def each(self, work: Callable[..., Any], arguments: Iterable[tuple[Any, ...]]) -> Iterator[Any]:
        """Yield what the work returns for each of the arguments, in whatever order."""
        if self._executor is None:
            yield from (work(*taken) for taken in arguments)
            return
        running: set[Future[Any]] = set()
        for taken in arguments:
            running.add(self._executor.submit(work, *taken))
            if len(running) > 2 * self.processes:
                done, running = wait(running, return_when=FIRST_COMPLETED)
                yield from (future.result() for future in done)
        yield from (future.result() for future in running)


@contextmanager
def _pool(processes: int) -> Iterator[_Pool]:
    if processes < 1:
        yield _Pool(0, None)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        processes, mp_context=context, initializer=_end_with_parent
    ) as executor:
        yield _Pool(processes, executor)


def _end_with_parent() -> None:
    """Let this process end when the one that started it does: one that was killed tells nobody."""
    parent = multiprocessing.parent_process()
    assert parent is not None

    def watch() -> None:
        connection.wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
