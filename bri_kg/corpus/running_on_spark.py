"""A corpus on Apache Spark: executors work on parts, joins of data frames settle what crosses them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache, partial, reduce
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bri_kg.corpus.bucket_tables import Bucket, as_bucket, buckets_of, lines_of_buckets
from bri_kg.corpus.building import build
from bri_kg.corpus.common_ground import CommonGround
from bri_kg.corpus.data_addresses import Data, told_by
from bri_kg.corpus.kept_work import KeptWork, open_kept
from bri_kg.corpus.manifest import LAYERS, Corpus
from bri_kg.corpus.part_of_corpus import Outcome, Part, Row, as_row, work_on
from bri_kg.corpus.sharing_out import as_part, lines_of_parts, parts_of
from bri_kg.corpus.spark_tables import SparkTables
from bri_kg.corpus.tables import COLUMNS, SEPARATOR, Tables, as_text
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

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

# So many bytes of files one task reads; a task costs Java more than most files do.
_BYTES_AT_A_TIME: Final = 8_000_000
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
    data: Sequence[Data] = (),
) -> Corpus:
    """Build the release of a corpus at `folder` in a Spark session, as `building.build` says.

    The folders and the files of the corpus are where driver and workers see them under the same path.
    In the folder `work`, what was done is kept for the next run. Raise InputError where that cannot be.
    """
    kept = open_kept(work)

    @contextmanager
    def running(made: Path, temporary: Path) -> Iterator[OnSpark]:
        yield OnSpark(spark, made, temporary, lang, kept)

    corpus = build(resources, folder, sources_at_a_time, running, lang, data)
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
        self._ground = work / "ground.pickle"
        self._final: dict[str, DataFrame] = {}

    @property
    def tables(self) -> Tables:
        """The tables over Parquet files."""
        return self._tables

    def scan(self, files: list[Path], data: Sequence[Data]) -> Iterable[Finding]:
        """Read files, each on whatever worker, and data as Spark reads it."""
        found = self._ran(self._spread(files), _scan, self._work / "scanned")
        said = found("findings").select("a", "b").collect()
        numbers = ", ".join(f"'{number}'" for _, number in said)
        read = f"d NOT IN ({numbers})" if said else "TRUE"
        self._fill("told", lambda table: found(table).where(read))
        unread = [finding for finding, _ in said]
        for number, one in enumerate(data, len(files)):
            of_data = self._ran(
                self._lines(one), _reading(one.address, number), self._work / f"read-{number}"
            )
            self._tables.add("told", of_data("told").select(*_CELLS))
            unread += (row[0] for row in of_data("findings").select("a").collect())
        return [Finding(**json.loads(finding)) for finding in unread]

    def _lines(self, data: Data) -> DataFrame:
        if not data.is_parquet:
            return self._spark.read.text(data.address, lineSep="\n").selectExpr("value AS line")
        rows = self._spark.read.parquet(data.address)
        named = ", ".join(f"`{name}`" for name in data.columns(rows.columns))
        return rows.selectExpr(f"concat_ws(' ', {named}, '.') AS line")

    def work_on_parts(self, ground: CommonGround, of_ground: Outcome, count: int) -> None:
        """Put what comes of parts into one folder of Parquet files."""
        self._ground.write_bytes(packed(ground))
        self._kept = self._kept.over(ground, self._lang)
        # By number: what is dealt out in turns cannot be dealt again when an executor has failed.
        lines = self._tables.frame(lines_of_parts(0, count)).repartition(max(1, count), "part")
        self._tables.become("lines_of_parts", lines)
        given = self._tables.frame(parts_of("lines_of_parts"))
        work = _working(str(self._ground), self._lang, self._kept)
        found = self._ran(given, work, self._work / "outcomes")
        own = list(_batches(as_texts(of_ground)))
        for table in COLUMNS:
            if table != "told":
                self._fill(table, found, own)
        for layer in ("asserted", "facts"):
            self._final[layer] = self._with(own, found, _FINAL + layer).select("a")

    def look_at_buckets(self) -> None:
        """Look at the buckets where Spark joined their lines."""
        work = _looking(str(self._ground), self._lang, self._kept)
        lines = self._tables.frame(lines_of_buckets()).repartition("bucket")
        self._tables.become("lines_of_buckets", lines)
        given = self._tables.frame(buckets_of("lines_of_buckets"))
        found = self._ran(given, work, self._work / "looked")
        for table in ("findings", "candidates"):
            self._tables.add(table, found(table).select("a"))

    def write_shared(self, layer: str, statement: str) -> None:
        """Write all lines of a layer into its files; their order means nothing."""
        lines = self._tables.frame(statement)
        if layer in self._final:
            lines = lines.unionAll(self._final[layer])
        lines.write.text(str(self._made / layer), compression="gzip", lineSep="\n")

    def quads(self) -> dict[str, int]:
        """Count the lines of all files."""
        lines = [
            self._spark.read.text(str(self._made / layer), lineSep="\n").selectExpr(
                f"'{layer}' AS layer"
            )
            for layer in LAYERS
        ]
        counted = reduce(lambda one, other: one.unionAll(other), lines).groupBy("layer").count()
        return dict.fromkeys(LAYERS, 0) | {row[0]: row[1] for row in counted.collect()}

    def close(self) -> None:
        """Drop the tables, and leave of each layer the files of lines alone, by number."""
        self._tables.close()
        for layer in LAYERS:
            folder = self._made / layer
            for path in sorted(folder.iterdir()):
                if path.suffix != ".gz" or path.name.startswith("."):
                    path.unlink()
            for number, path in enumerate(sorted(folder.iterdir())):
                path.rename(folder / f"{layer}-{number:06}.nq.gz")

    def _spread(self, files: Sequence[Path]) -> DataFrame:
        """Return files with their numbers, dealt out by these."""
        numbered = [(number, str(path)) for number, path in enumerate(files)]
        frame = self._spark.createDataFrame(numbered, "number int, path string")
        size = sum(path.stat().st_size for path in files if path.is_file())
        return frame.repartition(1 + size // _BYTES_AT_A_TIME, "number")

    def _ran(
        self, frame: DataFrame, work: Callable[[Batches], Batches], place: Path
    ) -> Callable[[str], DataFrame]:
        """Run work over a frame into files; return what gives the rows of a table of its outcome."""
        found = frame.mapInArrow(work, _OUTCOME)
        found.write.partitionBy("table").parquet(str(place))
        rows = found.select(*_CELLS)
        return lambda table: self._tables.read_back(place / f"table={table}", rows)

    def _fill(
        self, table: str, found: Callable[[str], DataFrame], own: Sequence[pa.RecordBatch] = ()
    ) -> None:
        cells = zip(_CELLS, COLUMNS[table], strict=False)
        rows = self._with(own, found, table)
        self._tables.become(
            table, rows.selectExpr(*(f"`{cell}` AS `{name}`" for cell, name in cells))
        )

    def _with(
        self, own: Sequence[pa.RecordBatch], found: Callable[[str], DataFrame], table: str
    ) -> DataFrame:
        """Return the rows of a table that were found, with those of this process."""
        rows = found(table)
        for batch in own:
            if batch.num_rows and batch.column(0)[0].as_py() == table:
                columns = [batch.column(cell).to_pylist() for cell in _CELLS]
                rows = rows.unionAll(self._tables.sent_along(_CELLS, columns))
        return rows


# What workers do.


def _scan(batches: Batches) -> Batches:
    for row in _rows(batches):
        told = told_in(Path(row["path"]), row["number"])
        try:
            while some := list(islice(told, ROWS_AT_A_TIME)):
                yield _batch("told", some)
        except NotReadError as error:
            said = [(as_row(error.finding), str(row["number"]))]
            yield from _batches({"rows": {"findings": as_text(said)}})


def _reading(address: str, number: int) -> Callable[[Batches], Batches]:
    def work(batches: Batches) -> Batches:
        lines = (line for batch in batches for line in batch.column(0).to_pylist())
        for rows, unread in told_by(lines, address):
            told = as_text((*row, str(number)) for row in rows)
            found = as_text((as_row(finding),) for finding in unread)
            yield from _batches({"rows": {"told": told, "findings": found}})

    return work


def _working(ground: str, lang: str, kept: KeptWork) -> Callable[[Batches], Batches]:
    def work(batches: Batches) -> Batches:
        for row in _rows(batches):
            part = as_part(row["told"], row["beside"], row["sources"])
            done = partial(_worked_on, ground, part, lang)
            yield from _batches(kept.done("parts", part_key(kept, part), done))

    return work


def _worked_on(ground: str, part: Part, lang: str) -> Texts:
    return as_texts(work_on(_ground(ground), part, lang))


def _looking(ground: str, lang: str, kept: KeptWork) -> Callable[[Batches], Batches]:
    def work(batches: Batches) -> Batches:
        for row in _rows(batches):
            bucket = as_bucket(row["bucket"], row["told"], row["beside"], row["names"])
            done = partial(_looked_at, ground, bucket, lang)
            found = kept.done("buckets", look_key(kept, bucket), done)
            yield from _batches({"rows": {bucket.finds: as_text(found)}})

    return work


def _looked_at(ground: str, bucket: Bucket, lang: str) -> list[Row]:
    return look_at(_ground(ground), bucket, lang)


def _batches(texts: Texts) -> Batches:
    """Yield an outcome as batches of Arrow: a row each of the tables, and the lines of a layer as one."""
    given: list[tuple[str, list[Row]]] = [
        (_FINAL + layer, [(text.rstrip("\n"),)]) for layer, text in texts.get("lines", {}).items()
    ]
    for table, text in texts["rows"].items():
        given.append((table, [tuple(row.split(SEPARATOR)) for row in text.split("\n")[:-1]]))
    for table, rows in given:
        if rows:
            yield _batch(table, rows)


def _batch(table: str, rows: Sequence[Row]) -> pa.RecordBatch:
    import pyarrow as pa

    columns = [[table] * len(rows), *zip(*rows, strict=True)]
    columns += [[None] * len(rows)] * (1 + len(_CELLS) - len(columns))
    arrays = [pa.array(column, pa.string()) for column in columns]
    return pa.RecordBatch.from_arrays(arrays, ["table", *_CELLS])


def _rows(batches: Batches) -> Iterator[dict[str, Any]]:
    for batch in batches:
        yield from batch.to_pylist()


@lru_cache(maxsize=1)
def _ground(state: str) -> CommonGround:
    """Return the ground, read once by each worker: what is sent to them holds its place alone."""
    return unpacked(Path(state).read_bytes())
