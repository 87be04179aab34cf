"""The tables in which parts of a corpus meet, on Spark: the same statements, written as Spark reads them.

A statement costs a job, whatever it finds; so it is run only when somebody needs its rows. What is asked for once goes
into the statement that asks; what is asked for again is written first, into Parquet files in a folder that driver and
workers see, so that an executor that fails takes nothing along. Of what is small, the driver sends the rows along;
what it finds by itself and is not small, it writes there too, so that Java need not hold it.
Only data frames and SQL are used, which Spark Connect has as well.
"""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bri_kg.corpus.spark_statements import copy_of, in_spark, parsed, tables_in, without_order

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession
    from pyspark.sql.types import StructType
    from sqlglot import expressions as exp

# What Spark calls the types of our tables.
_TYPES: Final = {"VARCHAR": "string", "TEXT": "string", "BIGINT": "long", "INT": "integer"}
# So many bytes of files, and so many rows of its own, are sent along by the driver.
_SMALL: Final = 300_000
_FEW: Final = 1000


@dataclass(eq=False, repr=False)
class _Rows:
    """Some rows of a table: what asks for them, over what, or files of what the driver found; then what reads them."""

    asks: exp.Expr | None = None
    over: Mapping[str, tuple[_Rows, ...]] = field(default_factory=dict)
    is_added: bool = False
    files: list[Path] = field(default_factory=list)
    frame: DataFrame | None = None
    times: int = 0
    heap: _Heap | None = None


@dataclass(eq=False, repr=False)
class _Heap:
    """Rows that were written together, and what reads them."""

    rows: tuple[_Rows, ...]
    frame: DataFrame


_Bound = Mapping[str, tuple[_Rows, ...]]


class SparkTables:
    """Tables whose rows are asked for late, and lie in Parquet files under a folder."""

    def __init__(self, spark: SparkSession, folder: Path) -> None:
        self._spark, self._folder = spark, folder
        self._tables: dict[str, tuple[_Rows, ...]] = {}
        self._views: list[str] = []
        self._numbers = itertools.count()
        folder.mkdir()

    def sql(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Run a statement, or several parted by semicolons, and return the rows of the last."""
        rows: list[tuple[Any, ...]] = []
        for one in parsed(statement):
            rows = self._run(one, values)
        return rows

    def sql_rows(self, statement: str, *values: object) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a statement, one partition in memory at a time; others may be run meanwhile."""
        yield from map(tuple, self.frame(statement, *values).toLocalIterator())

    def frame(self, statement: str, *values: object) -> DataFrame:
        """Return what a statement asks for, not asked yet."""
        [one] = parsed(statement)
        return self._asked(one, self._bound(one), values)

    def keep(self, table: str) -> None:
        """Write the rows of a table as soon as somebody asks for them, since others will, too."""
        for rows in self._tables[table]:
            rows.times += 1

    def insert(self, table: str, rows: Sequence[Sequence[str]]) -> None:
        """Put rows of text into a table."""
        if not rows:
            return
        columns = [*zip(*rows, strict=True)]
        if len(rows) <= _FEW:
            names = [f"c{number}" for number in range(len(columns))]
            self._add(table, _Rows(frame=self.sent_along(names, columns)))
            return
        path = self._write(columns)
        pieces = self._tables[table]
        if pieces and pieces[-1].files and not pieces[-1].times:
            pieces[-1].files.append(path)
        else:
            self._add(table, _Rows(files=[path]))

    def become(self, table: str, frame: DataFrame) -> None:
        """Make a table of what lies in files already."""
        self._tables[table] = (_Rows(frame=frame),)

    def add(self, table: str, frame: DataFrame) -> None:
        """Put into a table what lies in files already."""
        self._add(table, _Rows(frame=frame))

    def sent_along(
        self, names: Sequence[str], columns: Sequence[Sequence[str | None]]
    ) -> DataFrame:
        """Return rows of text that the driver sends to whoever asks."""
        import pyarrow as pa

        arrays = [pa.array(column, pa.string()) for column in columns]
        return self._spark.createDataFrame(pa.table(arrays, names=list(names)))

    def forget(self, table: str) -> None:
        """Drop a table, if it is there; its files go with the folder."""
        self._tables.pop(table, None)

    def close(self) -> None:
        """Remove the files of all tables."""
        self._tables.clear()
        for name in self._views:
            self._spark.catalog.dropTempView(name)
        self._views.clear()
        shutil.rmtree(self._folder, ignore_errors=True)

    def read_back(self, place: Path, frame: DataFrame) -> DataFrame:
        """Return what reads rows that were written from a frame to a place: of few rows, these themselves."""
        import pyarrow.parquet as pq

        files = sorted(place.glob("*.parquet"))
        if sum(file.stat().st_size for file in files) > _SMALL:
            return self._spark.read.schema(frame.schema).parquet(str(place))
        tables = [table for file in files if (table := pq.read_table(file)).num_rows]
        if not tables:
            return self._nothing(frame.schema)
        import pyarrow as pa

        return self._spark.createDataFrame(pa.concat_tables(tables), frame.schema)

    def _nothing(self, schema: StructType) -> DataFrame:
        """Return no rows, which Spark knows to be none: it leaves out what would be done with them."""
        import pyarrow as pa

        none = pa.table({name: pa.nulls(0) for name in schema.names})
        return self._spark.createDataFrame(none, schema)

    def _run(self, one: exp.Expr, values: Sequence[object]) -> list[tuple[Any, ...]]:
        from sqlglot import expressions as exp

        if isinstance(one, exp.Create):
            self._create(one)
        elif isinstance(one, exp.Insert):
            for rows in self._rows_of(one.expression, is_added=True):
                self._add(one.this.name, rows)
        elif isinstance(one, exp.Drop):
            for table in one.find_all(exp.Table):
                self.forget(table.name)
        else:
            return [tuple(row) for row in self._asked(one, self._bound(one), values).collect()]
        return []

    def _create(self, one: exp.Create) -> None:
        from pyspark.sql.types import StructType
        from sqlglot import expressions as exp

        if isinstance(one.this, exp.Schema):
            schema = StructType()
            for column in one.this.expressions:
                schema.add(column.name, _TYPES[column.kind.sql().upper()])
            self.become(one.this.this.name, self._nothing(schema))
            return
        self._tables[one.this.name] = self._rows_of(without_order(one.expression))

    def _rows_of(self, asks: exp.Expr, *, is_added: bool = False) -> tuple[_Rows, ...]:
        """Return what a table is made of: where it is a copy, the rows of the other one."""
        if copied := copy_of(asks):
            self.keep(copied)
            return self._tables[copied]
        return (_Rows(asks, self._bound(asks), is_added),)

    def _add(self, table: str, rows: _Rows) -> None:
        self._tables[table] = (*self._tables[table], rows)

    def _bound(self, one: exp.Expr) -> _Bound:
        """Return the tables that a statement names, as they are now, and note how often it asks for them."""
        names = tables_in(one)
        for name, times in names.items():
            for rows in self._tables[name]:
                rows.times += times
        return {name: self._tables[name] for name in names}

    def _asked(self, one: exp.Expr, over: _Bound, values: Sequence[object] = ()) -> DataFrame:
        views = {name: self._view(pieces) for name, pieces in over.items()}
        text = in_spark(one, views)
        return self._spark.sql(text, args=list(values)) if values else self._spark.sql(text)

    def _view(self, pieces: tuple[_Rows, ...]) -> str:
        """Return a name under which Spark knows some rows."""
        name = f"rows_{next(self._numbers)}"
        frames = self._frames(pieces)
        reduce(lambda one, other: one.unionAll(other), frames).createOrReplaceTempView(name)
        self._views.append(name)
        return name

    def _frames(self, pieces: tuple[_Rows, ...]) -> Iterator[DataFrame]:
        """Yield rows; those that are asked for more than once are written first, all in one go."""
        for rows in pieces:
            if rows.files and rows.frame is None:
                rows.frame = self._spark.read.parquet(*map(str, rows.files))
        again = tuple(
            rows
            for rows in pieces
            if rows.frame is None and rows.times > 1 and not _is_within(rows.heap, pieces)
        )
        if len(again) == 1:
            again[0].frame = self._written(self._asked_now(again[0]))
        elif again:
            frame = reduce(lambda one, other: one.unionAll(other), map(self._asked_now, again))
            heap = _Heap(again, self._written(frame))
            for rows in again:
                rows.heap = heap
        told: set[_Heap] = set()
        for rows in pieces:
            if rows.frame is not None:
                yield rows.frame
            elif rows.heap is None or not _is_within(rows.heap, pieces):
                yield self._asked_now(rows)
            elif rows.heap not in told:
                told.add(rows.heap)
                yield rows.heap.frame

    def _asked_now(self, rows: _Rows) -> DataFrame:
        assert rows.asks is not None
        frame = self._asked(rows.asks, rows.over)
        if not rows.is_added:
            return frame
        # They take the names of the table; their own may be none that a file can have.
        return frame.toDF(*(f"c{number}" for number in range(len(frame.columns))))

    def _write(self, columns: Sequence[Sequence[str]]) -> Path:
        import pyarrow as pa
        import pyarrow.parquet as pq

        path = self._folder / f"{next(self._numbers):05}.parquet"
        named = {f"c{number}": pa.array(cells, pa.string()) for number, cells in enumerate(columns)}
        pq.write_table(pa.table(named), path)
        return path

    def _written(self, frame: DataFrame) -> DataFrame:
        place = self._folder / f"{next(self._numbers):05}"
        frame.write.parquet(str(place))
        return self.read_back(place, frame)


def _is_within(heap: _Heap | None, pieces: tuple[_Rows, ...]) -> bool:
    return heap is not None and set(heap.rows) <= set(pieces)
