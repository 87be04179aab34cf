"""Buckets in tables: each a number, with the lines that are told in it, those beside them, and the names that count.

A bucket holds whatever can stand in one row together. How many a kind has follows from how much is told; in which one
a name is, its hash says: so one name more moves few others. Nothing is done bucket by bucket here: whoever looks at
them asks for a range of numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bri_kg.corpus.part_of_corpus import Part
from bri_kg.corpus.sharing_out import iri, listed, ranges
from bri_kg.corpus.tables import Tables
from bri_kg.names import PREFIXES

TYPE: Final = f"<{PREFIXES['rdf']}type>"
LINE: Final = "t.s || ' ' || t.p || ' ' || t.o || ' .' || chr(10)"
AT_A_TIME: Final = 2000
# In place of a column: every pair of candidates counts, or only those that are named.
EVERY_PAIR: Final = "every-pair"
NAMED_PAIRS: Final = "named-pairs"
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


def kind_of(key: str, by: str | None = None) -> int:
    """Return the number of a kind of buckets."""
    return KINDS.index((key, by))


def begin(tables: Tables) -> None:
    """Make the tables that are to be filled: which nodes belong to which group of a kind, with what else goes there.

    Of a group, `counted` are names that count in rows, and `along` lines that stand beside.
    """
    tables.sql(
        "CREATE TABLE belongs (kind BIGINT, name VARCHAR, s VARCHAR); "
        "CREATE TABLE counted_names (kind BIGINT, name VARCHAR, counted VARCHAR); "
        "CREATE TABLE along (kind BIGINT, name VARCHAR, line VARCHAR)"
    )


def finish(tables: Tables, told_alone: Mapping[int, Iterable[str]]) -> None:
    """Put the groups into buckets, and make the lines of each: what is told of its members, and what stands beside.

    That is what they name, and what outranks and compares them. Of some kinds, some predicates are told alone.
    What stands beside is made one join after another, since each holds memory while it runs.
    """
    some = ", ".join(map(str, told_alone))
    alone = " OR ".join(
        f"(m.kind = {kind} AND t.p IN ({listed(predicates)}))"
        for kind, predicates in told_alone.items()
    )
    tables.sql(
        f"""
        CREATE TABLE groups AS SELECT kind, name, count(DISTINCT s) AS n FROM belongs GROUP BY kind, name;
        CREATE TABLE groups_placed AS SELECT kind, name, kind * {_OF_A_KIND} + ({_hash("name")}) // width AS bucket
          FROM groups JOIN (SELECT kind, {_width("sum(n) * CASE WHEN kind IN (%s) THEN 4 ELSE 1 END")} AS width
            FROM groups GROUP BY kind) w USING (kind);
        CREATE TABLE members AS SELECT DISTINCT kind, bucket, s FROM belongs JOIN groups_placed USING (kind, name);
        CREATE TABLE names_counted AS SELECT bucket, counted AS name FROM counted_names
          JOIN groups_placed USING (kind, name) ORDER BY bucket;
        CREATE TABLE lines_told AS SELECT m.bucket, {LINE} AS line FROM members m
          JOIN (SELECT s, p, o FROM told UNION ALL SELECT s, p, o FROM ground) t USING (s)
          WHERE m.kind NOT IN ({some}) OR {alone} ORDER BY bucket;
        CREATE TABLE any_beside AS SELECT m.bucket, c.line FROM (
            SELECT DISTINCT bucket, o FROM members JOIN told USING (s) WHERE kind NOT IN ({some})) m
          JOIN context c ON c.s = m.o;
        INSERT INTO any_beside SELECT m.bucket, {LINE} FROM told t JOIN members m ON m.s = t.o
          WHERE t.p IN ('{iri("outranks")}', '{iri("compares")}') AND m.kind NOT IN ({some});
        INSERT INTO any_beside SELECT m.bucket, {LINE} FROM told x JOIN members m ON m.s = x.o
          JOIN told t ON t.s = x.s AND t.p = '{TYPE}' WHERE x.p = '{iri("compares")}' AND m.kind NOT IN ({some});
        INSERT INTO any_beside SELECT bucket, line FROM along JOIN groups_placed USING (kind, name);
        INSERT INTO any_beside SELECT m.bucket, {LINE} FROM members m JOIN told x ON x.s = m.s
          JOIN placed t ON t.s = x.o WHERE m.kind >= {kind_of("thing", EVERY_PAIR)};
        INSERT INTO any_beside SELECT m.bucket, c.line FROM members m JOIN beside_counts c ON c.s = m.s
          WHERE m.kind >= {kind_of("quantity", NAMED_PAIRS)};
        CREATE TABLE lines_beside AS SELECT DISTINCT bucket, line FROM any_beside ORDER BY bucket;
        DROP TABLE belongs; DROP TABLE counted_names; DROP TABLE along; DROP TABLE groups; DROP TABLE groups_placed;
        DROP TABLE members; DROP TABLE placed; DROP TABLE beside_counts; DROP TABLE any_beside
        """
    )


def _width(total: str) -> str:
    """Return SQL for how many numbers one bucket has, so that about `AT_A_TIME` members go into each."""
    pairs = ", ".join(str(kind) for kind, (_, by) in enumerate(KINDS) if by == NAMED_PAIRS)
    widths = " ".join(
        f"WHEN {total % pairs} <= {AT_A_TIME << bits} THEN {_OF_A_KIND >> bits}"
        for bits in range(_BITS)
    )
    return f"(CASE {widths} ELSE 1 END)"


def _hash(text: str) -> str:
    """Return what gives a number below `_OF_A_KIND`, in any SQL that has md5."""
    digits = _BITS // 4
    return " + ".join(
        f"(strpos('0123456789abcdef', substr(md5({text}), {place}, 1)) - 1) * {16 ** (digits - place)}"
        for place in range(1, digits + 1)
    )


def lines_of_buckets(first: int = 0, last: int = len(KINDS) * _OF_A_KIND) -> str:
    """Return what asks for the lines of the buckets from one number up to, and without, another; or of all.

    Each is told there, or stands beside, or is a name.
    """
    within = f"WHERE bucket >= {first} AND bucket < {last}"
    return f"""
        SELECT bucket, line AS told, NULL AS beside, NULL AS name FROM lines_told {within}
        UNION ALL SELECT bucket, NULL, line, NULL FROM lines_beside {within}
        UNION ALL SELECT bucket, NULL, NULL, name FROM names_counted {within}
        """


def buckets_of(lines: str) -> str:
    """Return what asks for the buckets whose lines stand in a table, or are asked for in parentheses.

    Its rows are what `as_bucket` reads: number, what is told, what stands beside, and the names, parted by blanks;
    lines stand in any order.
    """
    return f"""
        SELECT bucket, coalesce(string_agg(told, ''), '') AS told, coalesce(string_agg(beside, ''), '') AS beside,
          coalesce(string_agg(name, ' '), '') AS names
        FROM {lines} GROUP BY bucket HAVING count(told) > 0
        """


def as_bucket(number: int, told: str, beside: str, names: str) -> Bucket:
    """Return a row of `buckets_of` as a bucket."""
    key, by = KINDS[number // _OF_A_KIND]
    return Bucket(key, Part(told.encode(), beside.encode()), by, frozenset(names.split()))


def some_buckets(tables: Tables) -> Iterator[Bucket]:
    """Yield every bucket; of their lines, few bytes are in memory at a time."""
    sizes = tables.sql(
        "SELECT bucket, sum(length(line)) FROM (SELECT * FROM lines_told UNION ALL SELECT * FROM lines_beside) "
        "GROUP BY bucket ORDER BY bucket"
    )
    for first, last in ranges(sizes):
        for row in sorted(tables.sql(buckets_of(f"({lines_of_buckets(first, last)})"))):
            yield as_bucket(*row)


def as_name(one: str, other: str) -> str:
    """Return a pair of claims as it stands among the names of a bucket, whichever of them a check names first."""
    return "|".join(sorted((one, other)))


def quoted(names: tuple[str, ...]) -> str:
    """Return properties or classes of ours for an SQL list."""
    return ", ".join(f"'{iri(name)}'" for name in names)
