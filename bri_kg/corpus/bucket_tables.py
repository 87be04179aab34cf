"""Buckets in tables: each a number, with the lines that are told in it, those beside them, and the names that count.

A bucket holds whatever can stand in one row together. How many a kind has follows from how much is told; in which one
a name is, its hash says: so one name more moves few others. Nothing is done bucket by bucket here: whoever looks at
them asks for a range of numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bri_kg.corpus.part_of_corpus import Part
from bri_kg.corpus.sharing_out import iri, ranges
from bri_kg.corpus.tables import Tables
from bri_kg.names import PREFIXES

TYPE: Final = f"<{PREFIXES['rdf']}type>"
LINE: Final = "t.s || ' ' || t.p || ' ' || t.o || ' .' || chr(10)"
AT_A_TIME: Final = 2000
# In place of a column: every pair of candidates counts, or only those that are named.
EVERY_PAIR: Final = "every pair"
NAMED_PAIRS: Final = "named pairs"
# The kinds of buckets: the key of the checks that are asked there, and by which column their rows count.
KINDS: Final = (
    ("comparison", "focus"), ("thing", None), ("label", None), ("match", None), ("outranking", None),
    ("whole", "value"), ("circle", None),
    ("thing", EVERY_PAIR), ("whole", EVERY_PAIR), ("label", NAMED_PAIRS), ("quantity", NAMED_PAIRS),
    ("kind", NAMED_PAIRS),
)  # fmt: skip
_BITS: Final = 20
# The numbers that a kind can have.
_OF_A_KIND: Final = 1 << _BITS


@dataclass(frozen=True)
class Bucket:
    """A bucket as a part. Of the rows found there, those count whose column `by` is among `names`.

    Where pairs count, the checks on candidates are asked: of all pairs, or of those among `names`.
    """

    key: str
    part: Part
    by: str | None = None
    names: frozenset[str] = frozenset()

    @property
    def is_of_candidates(self) -> bool:
        """Whether candidates are looked for in it."""
        return self.by in (EVERY_PAIR, NAMED_PAIRS)

    @property
    def finds(self) -> str:
        """In which table what is found there is to be."""
        return "candidates" if self.is_of_candidates else "findings"


def first_of(key: str, by: str | None = None) -> int:
    """Return the first number of a kind of buckets."""
    return KINDS.index((key, by)) * _OF_A_KIND


def begin(tables: Tables) -> None:
    """Make the tables that say what goes into which bucket: claims, lines told and beside, and the names that count."""
    tables.sql(
        "CREATE TABLE members (s VARCHAR, bucket BIGINT); CREATE TABLE alone (bucket BIGINT, line VARCHAR); "
        "CREATE TABLE extra (bucket BIGINT, line VARCHAR); CREATE TABLE named (bucket BIGINT, name VARCHAR)"
    )


def spread(table: str, names: str, first: int, *, at_a_time: int = AT_A_TIME) -> str:
    """Return SQL for the rows of a table, with columns `name` (to hash) and `n` (how much), and their buckets.

    `names` are the columns that are kept. About `at_a_time` go into each bucket from the number `first` on.
    """
    widths = " ".join(
        f"WHEN total <= {at_a_time << bits} THEN {_OF_A_KIND >> bits}" for bits in range(_BITS)
    )
    return (
        f"(SELECT {names}, {first} + ({_hash('name')}) // (CASE {widths} ELSE 1 END) AS bucket "
        f"FROM {table} CROSS JOIN (SELECT sum(n) AS total FROM {table}) w)"
    )


def _hash(text: str) -> str:
    """Return what gives a number below `_OF_A_KIND`, in any SQL that has md5."""
    digits = _BITS // 4
    return " + ".join(
        f"(strpos('0123456789abcdef', substr(md5({text}), {place}, 1)) - 1) * {16 ** (digits - place)}"
        for place in range(1, digits + 1)
    )


def finish(tables: Tables) -> None:
    """Make of these the lines of each bucket: what is told of its members, and beside it what they name.

    Beside them goes further what outranks and compares them.
    """
    tables.sql(
        f"""
        CREATE TABLE lines_told AS SELECT DISTINCT bucket, line FROM (
          SELECT m.bucket, {LINE} AS line FROM members m JOIN told t USING (s)
          UNION ALL SELECT bucket, line FROM alone) ORDER BY bucket;
        CREATE TABLE lines_beside AS SELECT DISTINCT bucket, line FROM (
          SELECT m.bucket, c.line FROM (SELECT DISTINCT bucket, o FROM members JOIN told USING (s)) m
            JOIN context c ON c.s = m.o
          UNION ALL SELECT m.bucket, {LINE} FROM told t JOIN members m ON m.s = t.o
            WHERE t.p IN ('{iri("outranks")}', '{iri("compares")}')
          UNION ALL SELECT m.bucket, {LINE} FROM told x JOIN members m ON m.s = x.o
            JOIN told t ON t.s = x.s AND t.p = '{TYPE}' WHERE x.p = '{iri("compares")}'
          UNION ALL SELECT bucket, line FROM extra) ORDER BY bucket
        """
    )
    tables.sql("DROP TABLE members; DROP TABLE alone; DROP TABLE extra")


def buckets_in(first: int, last: int) -> str:
    """Return what asks for the buckets from one number up to, and without, another, as `as_bucket` reads them.

    Its rows are number, what is told, what stands beside, and the names, parted by blanks; lines stand in any order.
    """
    within = f"WHERE bucket >= {first} AND bucket < {last} GROUP BY bucket"
    return f"""
        SELECT bucket, max(told) AS told, max(beside) AS beside, max(names) AS names FROM (
          SELECT bucket, string_agg(line, '') AS told, '' AS beside, '' AS names FROM lines_told {within}
          UNION ALL SELECT bucket, '', string_agg(line, ''), '' FROM lines_beside {within}
          UNION ALL SELECT bucket, '', '', string_agg(name, ' ') FROM named {within})
        GROUP BY bucket HAVING max(told) != ''
        """


def every_bucket() -> str:
    """Return what asks for all buckets."""
    return buckets_in(0, len(KINDS) * _OF_A_KIND)


def as_bucket(number: int, told: str, beside: str, names: str) -> Bucket:
    """Return a row of `buckets_in` as a bucket."""
    key, by = KINDS[number // _OF_A_KIND]
    return Bucket(key, Part(told.encode(), beside.encode()), by, frozenset(names.split()))


def some_buckets(tables: Tables) -> Iterator[Bucket]:
    """Yield every bucket; of their lines, few bytes are in memory at a time."""
    sizes = tables.sql(
        "SELECT bucket, sum(length(line)) FROM (SELECT * FROM lines_told UNION ALL SELECT * FROM lines_beside) "
        "GROUP BY bucket ORDER BY bucket"
    )
    for first, last in ranges(sizes):
        for row in sorted(tables.sql(buckets_in(first, last))):
            yield as_bucket(*row)


def as_name(one: str, other: str) -> str:
    """Return a pair of claims as it stands among the names of a bucket, whichever of them a check names first."""
    return "|".join(sorted((one, other)))


def quoted(names: tuple[str, ...]) -> str:
    """Return properties or classes of ours for an SQL list."""
    return ", ".join(f"'{iri(name)}'" for name in names)
