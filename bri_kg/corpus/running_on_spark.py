"""A corpus on Apache Spark: executors work on parts, joins of data frames settle what crosses them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bri_kg.corpus.bucketing import Bucket
from bri_kg.corpus.building import build
from bri_kg.corpus.common_ground import CommonGround
from bri_kg.corpus.kept_work import KeptWork, open_kept
from bri_kg.corpus.manifest import LAYERS, Corpus
from bri_kg.corpus.part_of_corpus import Outcome, Part, Row, as_row, work_on
from bri_kg.corpus.sharing_out import as_part, parts_in
from bri_kg.corpus.spark_tables import SparkTables
from bri_kg.corpus.tables import COLUMNS, SEPARATOR, Tables, as_text
from bri_kg.corpus.workers import as_texts, look_at, look_key, packed, part_key, told_in, unpacked
from bri_kg.dataset.resources import Resources
from bri_kg.findings import Finding

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

FILES_AT_A_TIME: Final = 8
# What leaves a worker: which table a row is of, and its cells.
_CELLS: Final = ("a", "b", "c", "d")
_OUTCOME: Final = "`table` string, " + ", ".join(f"`{cell}` string" for cell in _CELLS)
_FINAL: Final = "final-"
Batches = Iterator["pa.RecordBatch"]
Texts = dict[str, dict[str, str]]


def build_corpus_on_spark(
    resources: Resources,
    folder: Path,
    sources_at_a_time: int,
    spark: SparkSession,
    *,
    lang: str = "en",
    work: Path | None = None,
) -> Corpus:
    """Build the release of a corpus at `folder` in a Spark session, as `building.build` says.

    The folders and the files of the corpus are where driver and workers see them under the same path.
    In the folder `work`, what was done is kept for the next run. Raise InputError where that cannot be.
    """
    kept = open_kept(work)

    @contextmanager
    def running(made: Path, temporary: Path) -> Iterator[OnSpark]:
        yield OnSpark(spark, made, temporary, lang, kept)

    corpus = build(resources, folder, sources_at_a_time, running, lang)
    kept.end()
    return corpus


class OnSpark:
    """An engine of Spark: what workers find lies in the work folder as Parquet files."""

    def __init__(
        self, spark: SparkSession, made: Path, work: Path, lang: str, kept: KeptWork
    ) -> None:
        self._spark, self._made, self._work, self._lang = spark, made, work, lang
        self._kept = kept
        self._tables = SparkTables(spark, work / "tables")
        self._ground = b""

    @property
    def tables(self) -> Tables:
        """The tables over Parquet files."""
        return self._tables

    def scan(self, files: list[Path]) -> Iterable[Finding]:
        """Read files, each on whatever worker."""
        numbered = [(number, str(path)) for number, path in enumerate(files)]
        rows = self._spread(numbered, "number int, path string", FILES_AT_A_TIME)
        found = self._ran(rows, _scan, self._work / "scanned")
        self._fill("told", found)
        unread = found.where("table = 'findings'").select("a").collect()
        return [Finding(**json.loads(row[0])) for row in unread]

    def work_on_parts(self, ground: CommonGround, of_ground: Outcome, count: int) -> None:
        """Work on parts; what comes of them is in one folder of Parquet files."""
        self._ground = packed(ground)
        self._kept = self._kept.over(ground, self._lang)
        given = self._tables.frame(parts_in(0, count)).repartition(max(1, count))
        work = _working(self._ground, self._lang, self._kept)
        found = self._ran(given, work, self._work / "outcomes")
        own = [row for batch in _batches(as_texts(of_ground)) for row in _tuples(batch)]
        found = found.unionAll(self._spark.createDataFrame(own, _OUTCOME))
        for table in COLUMNS:
            if table != "told":
                self._fill(table, found)
        for layer in ("asserted", "facts"):
            lines = found.where(f"table = '{_FINAL}{layer}'").select("a")
            self._write(layer, lines)

    def look_at(self, found: Iterable[Bucket]) -> Iterator[Row]:
        """Look at buckets, some at a time, each on whatever worker."""
        given: list[tuple[str, list[Row]]] = [
            (_FINAL + layer, [(text.rstrip("\n"),)])
            for layer, text in texts.get("lines", {}).items()
        ]

    for table, text in texts["rows"].items():
        given.append((table, [tuple(row.split(SEPARATOR)) for row in text.split("\n")[:-1]]))
    for table, rows in given:
        if rows:
            columns = [[table] * len(rows), *zip(*rows, strict=True)]
            columns += [[None] * len(rows)] * (1 + len(_CELLS) - len(columns))
            arrays = [pa.array(column, pa.string()) for column in columns]
            yield pa.RecordBatch.from_arrays(arrays, ["table", *_CELLS])


def _rows(batches: Batches) -> Iterator[dict[str, Any]]:
    for batch in batches:
        yield from batch.to_pylist()


def _tuples(batch: pa.RecordBatch) -> Iterator[tuple[str | None, ...]]:
    return (tuple(row.values()) for row in batch.to_pylist())


@lru_cache(maxsize=1)
def _ground(ground: bytes) -> CommonGround:
    return unpacked(ground)
