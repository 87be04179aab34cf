"""Rows as text that DuckDB reads, and the tables in which parts of a corpus meet.

Terms are written as in N-Triples, which escapes every control character: so one of them parts the columns.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from bri_kg.errors import InputError, how_to_install

if TYPE_CHECKING:
    import duckdb

SEPARATOR: Final = "\x1f"
# What parts hand over, by table, with its columns.
COLUMNS: Final[Mapping[str, Sequence[str]]] = {
    "told": ("s", "p", "o", "file"),
    "of_values": ("line",),
    "facts": ("s", "p", "o", "g"),
    "inferred": ("s", "p", "o"),
    "waiting": ("s", "p", "o"),
    "edges": ("s", "p", "o"),
    "kinds": ("node", "class"),
    "troubled": ("node",),
    "uses": ("term", "word", "subject", "line"),
    "findings": ("finding",),
}
_LONGEST_LINE: Final = 16_000_000
# How DuckDB says that a disk is full, whatever the class of its error.
_NO_ROOM: Final = ("No space left on device", "max_temp_directory_size")


def as_text(rows: Iterable[Sequence[str]]) -> str:
    """Return rows as lines, the columns parted by a control character; no cell may hold a line's end."""
    return "".join([f"{SEPARATOR.join(row)}\n" for row in rows])


class Tables(Protocol):
    """Tables of text, asked in the SQL of DuckDB."""

    def sql(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Run a statement, or several parted by semicolons, and return the rows of the last."""

    def sql_rows(self, statement: str, *values: object) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a statement, without all of them in memory; others may be run meanwhile."""

    def keep(self, table: str) -> None:
        """Say that more will ask for a table than is known so far."""

    def insert(self, table: str, rows: Sequence[Sequence[str]]) -> None:
        """Put rows of text into a table."""


class DuckTables:
    """A database in a folder of its own, within a bound of memory; what does not fit goes to the disk."""

    def __init__(self, folder: Path, memory: str, threads: int) -> None:
        """Open a new database. Raise InputError where DuckDB is not installed."""
        try:
            import duckdb
        except ImportError:
            raise InputError(
                code="BRI503",
                message="parts of a corpus are joined in DuckDB, which is not installed",
                fix=how_to_install("corpus"),
            ) from None
        self._folder = folder
        (folder / "spilled").mkdir()
        config: dict[str, Any] = {
            "memory_limit": memory,
            "threads": threads,
            "temp_directory": str(folder / "spilled"),
            "preserve_insertion_order": False,
        }
        self._connection: duckdb.DuckDBPyConnection = duckdb.connect(
            str(folder / "corpus.duckdb"), config=config
        )

    def sql(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Return the rows of a statement. Raise OSError for want of room, InputError for want of memory."""
        with _faults():
            return self._connection.execute(statement, list(values)).fetchall()

    def sql_rows(self, statement: str, *values: object) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a statement, some thousands in memory at a time; others may be run meanwhile."""
        with _faults():
            cursor = self._connection.cursor().execute(statement, list(values))
        while True:
            with _faults():
                rows = cursor.fetchmany(5000)
            if not rows:
                return
            yield from rows

    def keep(self, table: str) -> None:
        """Do nothing: a table is made at once here, and stays."""

    def insert(self, table: str, rows: Sequence[Sequence[str]]) -> None:
        """Put rows of text into a table."""
        if not rows:
            return
        file = self._folder / "inserted.rows"
        file.write_text(as_text(rows), encoding="utf-8", newline="")
        names = [f"column{place}" for place in range(len(rows[0]))]
        self.sql(f"INSERT INTO {table} SELECT * FROM {_table_of([file], names)}")

    def load(self, table: str, files: Iterable[Path], *, distinct: bool = False) -> None:
        """Make a table of files of rows."""
        what = "DISTINCT *" if distinct else "*"
        self.sql(
            f"CREATE OR REPLACE TABLE {table} AS SELECT {what} FROM {_table_of(files, COLUMNS[table])}"
        )

    def close(self) -> None:
        """Close the database."""
        self._connection.close()


@contextmanager
def _faults() -> Iterator[None]:
    """Raise OSError for what DuckDB cannot write or read, as for a file of our own; InputError for want of memory."""
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        said = str(error)
        if any(words in said for words in _NO_ROOM):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from None
        if isinstance(error, duckdb.IOException) or "Could not write file" in said:
            raise OSError(errno.EIO, said.rpartition(": ")[2].split("\n", 1)[0]) from None
        if not isinstance(error, duckdb.OutOfMemoryException):
            raise
        raise InputError(
            code="BRI507",
            message="what crosses parts does not fit into the memory in which it is joined",
            fix="build the corpus on Spark: --on local[2], or where Spark has more machines",
        ) from None


def _table_of(files: Iterable[Path], names: Sequence[str]) -> str:
    columns = ", ".join(f"{name}: 'VARCHAR'" for name in names)
    listed = ", ".join(f"'{str(path).replace(chr(39), chr(39) * 2)}'" for path in files)
    return (
        f"read_csv([{listed}], columns = {{{columns}}}, auto_detect = false, header = false, "
        f"delim = '{SEPARATOR}', quote = '', escape = '', nullstr = '\x1e', "
        f"max_line_size = {_LONGEST_LINE})"
    )
