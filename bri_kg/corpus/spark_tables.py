"""The tables in which parts of a corpus meet, on Spark: the same statements, written as Spark reads them.

A table is a view over Parquet files in a folder that driver and workers see, so that an executor that
fails takes nothing along. Only DataFrames and SQL are used, which Spark Connect has as well.
"""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator, Sequence
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession
    from sqlglot import expressions as exp

# What Spark calls the types of our tables.
_TYPES: Final = {"VARCHAR": "string", "TEXT": "string", "BIGINT": "bigint", "INT": "int"}


class SparkTables:
    """Tables in Parquet files under a folder."""

    def __init__(self, spark: SparkSession, folder: Path) -> None:
        self._spark, self._folder = spark, folder
        self._frames: dict[str, list[DataFrame]] = {}
        self._numbers = itertools.count()
        folder.mkdir()

    def sql(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Run a statement, or several parted by semicolons, and return the rows of the last."""
        rows: list[tuple[Any, ...]] = []
        for one in _parsed(statement):
            rows = self._run(one, values)
        return rows

    def sql_rows(self, statement: str, *values: object) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a statement, one partition in memory at a time; others may be run meanwhile."""
        yield from map(tuple, self.frame(statement, *values).toLocalIterator())

    def frame(self, statement: str, *values: object) -> DataFrame:
        """Return what a statement asks for, not asked yet."""
        [one] = _parsed(statement)
        return self._asked(one, values)

    def insert(self, table: str, rows: Sequence[Sequence[str]]) -> None:
        """Put rows of text into a table."""
        if not rows:
            return
        names = self._spark.table(table).columns
        schema = ", ".join(f"`{name}` string" for name in names)
        bare = [tuple(cell.rstrip("\n") for cell in row) for row in rows]
        self._add(table, self._kept(table, self._spark.createDataFrame(bare, schema)))

    def become(self, table: str, frame: DataFrame) -> None:
        """Make a table of what lies in files already, or is soon asked once."""
        self._frames[table] = [frame]
        self._show(table)

    def forget(self, table: str) -> None:
        """Drop a table, if it is there; its files go with the folder."""
        self._spark.catalog.dropTempView(table)
        self._frames.pop(table, None)

    def close(self) -> None:
        """Remove the files of all tables."""
        for table in list(self._frames):
            self.forget(table)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _run(self, one: exp.Expr, values: Sequence[object]) -> list[tuple[Any, ...]]:
        from sqlglot import expressions as exp

        if isinstance(one, exp.Create):
            self._create(one)
        elif isinstance(one, exp.Insert):
            table = one.this.name
            frame = self._asked(one.expression, values).toDF(*self._spark.table(table).columns)
            self._add(table, self._kept(table, frame))
        elif isinstance(one, exp.Delete):  # of all rows: our statements name none
            table = one.this.name
            self.become(table, self._spark.createDataFrame([], self._spark.table(table).schema))
        elif isinstance(one, exp.Drop):
            for table in one.find_all(exp.Table):
                self.forget(table.name)
        else:
            return [tuple(row) for row in self._asked(one, values).collect()]
        return []

    def _create(self, one: exp.Create) -> None:
        from sqlglot import expressions as exp

        if isinstance(one.this, exp.Schema):
            columns = ((c.name, _TYPES[c.kind.sql().upper()]) for c in one.this.expressions)
            schema = ", ".join(f"`{name}` {kind}" for name, kind in columns)
            self.become(one.this.this.name, self._spark.createDataFrame([], schema))
            return
        table = one.this.name
        self.become(table, self._kept(table, self._asked(one.expression, ())))

    def _asked(self, one: exp.Expr, values: Sequence[object]) -> DataFrame:
        text = one.sql(dialect="spark", identify=True)
        return self._spark.sql(text, args=list(values)) if values else self._spark.sql(text)

    def _kept(self, table: str, frame: DataFrame) -> DataFrame:
        """Write rows to files, and return what reads them."""
        place = str(self._folder / f"{table}-{next(self._numbers):04}")
        frame.write.parquet(place)
        return self._spark.read.schema(frame.schema).parquet(place)

    def _add(self, table: str, frame: DataFrame) -> None:
        self._frames[table].append(frame)
        self._show(table)

    def _show(self, table: str) -> None:
        frames = self._frames[table]
        reduce(lambda one, other: one.unionAll(other), frames).createOrReplaceTempView(table)


def _parsed(statement: str) -> list[exp.Expr]:
    import sqlglot

    return [one for one in sqlglot.parse(statement, read="duckdb") if one is not None]
