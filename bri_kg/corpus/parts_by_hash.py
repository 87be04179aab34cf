"""Which part each node goes to: by hashes of names, so that one source more or less moves no other.

Names give bits. Of those that begin alike, as many go together as fit into a part: all where everything fits,
else those with the same first bit, and so on. A unit that alone is too large is parted likewise, by what its
claims say and by the names of its passages.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bri_kg.corpus.tables import Tables
from bri_kg.names import BRI

BYTES_OF_A_PART: Final = 20_000_000
ENTITIES_OF_A_SOURCE: Final = 100
ENTITIES_AT_A_TIME: Final = 4000
# Marks before a source of a part: its passages lie in several parts; and before a node that nothing describes.
SPLIT: Final = "/"
NAMED: Final = "+"
# Claims that say the same in every part but these are twins, and stay together (queries/checks/claims/claim-twice.rq).
NOT_OF_TWINS: Final = (
    "evidence", "hasContext", "rank", "standing", "reason", "acceptedDespite", "leavesOpen",
)  # fmt: skip
SHELF: Final = "shelf "
# Names that agree in so many digits of their hashes are never parted.
_DIGITS: Final = 5
_BITS: Final = 4 * _DIGITS


@dataclass(frozen=True)
class Leaf:
    """What has one beginning of a hash: how much of a part it takes, how many bytes, of how many seats."""

    hash: str
    share: int
    bytes: int
    seats: int = 1


def number_parts(tables: Tables, sources_at_a_time: int) -> int:
    """Make `parts` and `parts_of_sources` of the units in `owners`; return how many parts there are."""
    entities = min(ENTITIES_AT_A_TIME, ENTITIES_OF_A_SOURCE * sources_at_a_time)
    tables.sql(
        f"""
        CREATE TABLE sizes AS SELECT s, sum(length(s) + length(p) + length(o)) AS bytes FROM said GROUP BY s;
        CREATE TABLE weights AS SELECT o.unit, starts_with(o.unit, '{SHELF}') AS is_shelf, count(*) AS nodes,
            sum(coalesce(z.bytes, 0)) AS bytes, max(x.sources) AS sources
          FROM owners o LEFT JOIN sizes z USING (s)
          LEFT JOIN (SELECT unit, count(*) AS sources FROM units_of_sources GROUP BY unit) x ON x.unit = o.unit
          GROUP BY o.unit;
        CREATE TABLE large AS SELECT unit FROM weights
          WHERE bytes > {BYTES_OF_A_PART} AND nodes > 1 AND NOT is_shelf;
        """
    )
    _part_the_large(tables)
    tables.sql(
        f"""
        CREATE TABLE seats AS
          SELECT unit, '' AS tail, CASE WHEN is_shelf THEN 'shelf' ELSE 'source' END AS heap, {_hash("unit")} AS hash,
            bytes, coalesce(sources * {entities}, nodes * {sources_at_a_time}) AS share
          FROM weights WHERE unit NOT IN (SELECT unit FROM large);
        INSERT INTO seats SELECT unit, tail, unit, {_hash("tail")}, sum(coalesce(z.bytes, 0)), 0
          FROM tails LEFT JOIN sizes z USING (s) GROUP BY unit, tail;
        CREATE TABLE numbers (heap VARCHAR, hash VARCHAR, part VARCHAR)
        """
    )
    tables.keep("seats")
    heaps: dict[str, list[Leaf]] = {}
    for heap, *leaf in tables.sql(
        "SELECT heap, hash, sum(share), sum(bytes), count(*) FROM seats GROUP BY heap, hash"
    ):
        heaps.setdefault(heap, []).append(Leaf(leaf[0], *map(int, leaf[1:])))
    most = Leaf("", entities * sources_at_a_time, BYTES_OF_A_PART)
    fitted = [(heap, some) for heap in sorted(heaps) for some in fitting(heaps[heap], most)]
    tables.insert(
        "numbers",
        [
            (heap, leaf.hash, str(part))
            for part, (heap, leaves) in enumerate(fitted)
            for leaf in leaves
        ],
    )
    tables.sql(
        f"""
        CREATE TABLE parts_of_seats AS SELECT unit, tail, heap, CAST(part AS BIGINT) AS part FROM seats
          JOIN numbers USING (heap, hash);
        CREATE TABLE parts AS
          SELECT o.s, p.part FROM owners o JOIN parts_of_seats p USING (unit) WHERE p.heap != p.unit
          UNION ALL SELECT t.s, p.part FROM tails t JOIN parts_of_seats p
            ON p.unit = t.unit AND p.heap = t.unit AND p.tail = t.tail;
        CREATE TABLE parts_of_sources AS SELECT DISTINCT p.part,
            CASE WHEN p.heap = p.unit THEN '{SPLIT}' || s.source ELSE s.source END AS source
          FROM units_of_sources s JOIN parts_of_seats p USING (unit)
        """
    )
    for table in (
        "sizes",
        "weights",
        "seats",
        "numbers",
        "parts_of_seats",
        "tails",
        "large",
    ):
        tables.sql(f"DROP TABLE {table}")
    return len(fitted)


def _part_the_large(tables: Tables) -> None:
    """Make `tails`: by what the nodes of the units in `large` are parted."""
    exempt = ", ".join(f"'<{BRI}{name}>'" for name in NOT_OF_TWINS)
    least = " || ".join(f"min(md5('{seed}' || t.p || ' ' || t.o))" for seed in range(4))
    [(count,)] = tables.sql("SELECT count(*) FROM large")
    if not count:
        tables.sql("CREATE TABLE tails (s VARCHAR, unit VARCHAR, tail VARCHAR)")
        return
    tables.sql(
        f"""
        CREATE TABLE apart_by_node AS SELECT o.s, o.unit FROM owners o JOIN large USING (unit);
        CREATE TABLE tails AS
          SELECT a.s, a.unit, {least} AS tail FROM apart_by_node a JOIN claims USING (s) JOIN said t ON t.s = a.s
          WHERE t.p NOT IN ({exempt}) GROUP BY a.s, a.unit;
        INSERT INTO tails SELECT a.s, a.unit, a.s FROM apart_by_node a
          WHERE a.s IN (SELECT s FROM passage_sources)
            AND a.s NOT IN (SELECT s FROM said WHERE p = '<{BRI}omissionReason>');
        INSERT INTO tails SELECT s, unit, '' FROM apart_by_node WHERE s NOT IN (SELECT s FROM tails);
        DROP TABLE apart_by_node
        """
    )


def fitting(leaves: list[Leaf], most: Leaf, depth: int = 0) -> list[list[Leaf]]:
    """Return leaves in groups that fit: all together, or those with the same next bit of their hashes, and so on."""
    fits = (
        sum(leaf.share for leaf in leaves) <= most.share
        and sum(leaf.bytes for leaf in leaves) <= most.bytes
    )
    if fits or depth == _BITS or sum(leaf.seats for leaf in leaves) == 1:
        return [leaves]
    sides: tuple[list[Leaf], list[Leaf]] = ([], [])
    for leaf in leaves:
        sides[int(leaf.hash, 16) >> (_BITS - 1 - depth) & 1].append(leaf)
    return [group for side in sides if side for group in fitting(side, most, depth + 1)]


def _hash(text: str) -> str:
    return f"substr(md5({text}), 1, {_DIGITS})"
