"""What is said of an answer as a whole: how far it has come about, how many there are, from how many sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from pyoxigraph import NamedNode

from bri_kg.answers.cells import EVIDENCE, Cell, Record
from bri_kg.answers.column_names import column_name
from bri_kg.answers.face_words import (
    AND,
    COMMA,
    ROWS,
    SOURCES,
    THEN,
    Both,
    Number,
    Speaker,
    counted,
)
from bri_kg.answers.passage_model import Passage, Source
from bri_kg.answers.stored_answers import Answer
from bri_kg.names import COME_ABOUT
from bri_kg.rdf.rows import Rows

_FACTS: Final = ("GRAPH ?claim ", "bri-standing:live")  # how a query reads live claims only
_LIVE: Final[Both] = ("{one} or {other}", "{one}或{other}")
_ANSWERS: Final[Number] = (("1 answer", "共 1 个答案"), ("{count} answers", "共 {count} 个答案"))
_THINGS: Final[Both] = ("they name {count} different things", "涉及 {count} 个不同对象")
_COMPLETE: Final[Both] = ("complete", "完整")
THERE_ARE_MORE: Final[Both] = ("and there are more", "还有更多")
_WHOLE_LIST: Final[Both] = ("the list is complete", "已全部列出")
_IN_ALL: Final[Both] = ("As {sources} tell it, {things}", "据 {sources}，{things}")
_IN_ALL_OF_ONE: Final[Both] = ("As {sources} tells it, {things}", "据 {sources}，{things}")
_IN_ROLE: Final[Both] = ("{role}: {things}", "{role}：{things}")
_ROLE: Final = "role"
_DOER: Final = "bri:hasAgent ?{}"  # how a query reads whose role a claim tells
_ONE_THING: Final[Both] = ("{thing} ({told})", "{thing}（{told}）")
_NAMELESS: Final[Number] = (
    ("1 answer names none", "另有 1 个答案未指明"),
    ("{count} answers name none", "另有 {count} 个答案未指明"),
)
_END: Final[Both] = (".", "。")
_MOST_THINGS: Final = 8
_SHOWN: Final[Both] = ("{n} of them shown", "显示其中 {n} 个")
_LEFT_OPEN: Final[Both] = (
    "An open list is one that the text does not end: there may be more than it names.",
    "“清单未完”指原文没有列全：可能还有未提到的。",
)
_STOP: Final[Both] = (" ", "")
_AHEAD: Final[Both] = (
    "As these passages tell it, none of this has come about yet.",
    "按所引原文，以下各项均尚未实现。",
)
_ELSEWHERE: Final[Number] = (
    ("Other passages tell that {numbers} has.", "但其中第 {numbers} 项，另有原文称已实现。"),
    ("Other passages tell that {numbers} have.", "但其中第 {numbers} 项，另有原文称已实现。"),
)


def status(speaker: Speaker, answer: Answer) -> str | None:
    """Return what holds of all rows where they are read from facts; each row tells it elsewhere."""
    live = any(words in answer.query for words in _FACTS)
    if "factuality" in answer.rows.columns or not live:
        return None
    one, other = (answer.label(iri) for iri in COME_ABOUT)
    return speaker.say(_LIVE, one=one, other=other) if one and other else None


def none_come_about(speaker: Speaker, answer: Answer, found: Sequence[Record]) -> str | None:
    """Return that nothing has come about as it is told here, and what has as it is told elsewhere; else None."""
    if not _is_ahead(answer.rows):
        return None
    told = [number for number, one in enumerate(found, 1) if "elsewhere" in one.cells]
    if not told:
        return speaker.say(_AHEAD)
    more = speaker.say(_ELSEWHERE[len(told) > 1], numbers=numbers_together(speaker, told))
    return f"{speaker.say(_AHEAD)}{speaker.say(_STOP)}{more}"


def numbers_together(speaker: Speaker, numbers: Sequence[int]) -> str:
    """Return the numbers of answers in one phrase: "1, 3 and 5"."""
    told = [str(number) for number in numbers]
    if speaker.lang == "zh" or len(told) < 2:
        return speaker.say(AND).join(told)
    return f"{', '.join(told[:-1])} and {told[-1]}"


def how_many(
    speaker: Speaker,
    answer: Answer,
    found: Sequence[Record],
    shown: Sequence[Record],
    more: Both = THERE_ARE_MORE,
) -> str:
    """Return how many answers there are, whether all, from how many sources: "3 rows, complete, 1 source"."""
    rows = len(answer.rows)
    told = [counted(speaker.lang, ROWS if len(found) == rows else _ANSWERS, len(found))]
    if answer.rows.truncated or len(shown) == len(found):
        told.append(speaker.say(more if answer.rows.truncated else _COMPLETE))
    if len(shown) < len(found):
        told.append(speaker.say(_SHOWN, n=len(shown)))
    if sources := len(cited_sources(answer.passages.values())):
        told.append(counted(speaker.lang, SOURCES, sources))
    return speaker.say(COMMA).join(told)


def how_many_in_words(
    speaker: Speaker, answer: Answer, found: Sequence[Record], shown: Sequence[Record]
) -> str:
    """Return the same for newcomers: "3 answers; the list is complete; 1 source"."""
    told = [counted(speaker.lang, _ANSWERS, len(found))]
    if answer.rows.truncated or len(shown) == len(found):
        told.append(speaker.say(THERE_ARE_MORE if answer.rows.truncated else _WHOLE_LIST))
    if len(shown) < len(found):
        told.append(speaker.say(_SHOWN, n=len(shown)))
    if sources := len(cited_sources(answer.passages.values())):
        told.append(counted(speaker.lang, SOURCES, sources))
    return speaker.say(THEN).join(told)


def in_one_sentence(
    speaker: Speaker, answer: Answer, found: Sequence[Record], head: str
) -> str | None:
    """Return what is named with how many sources each and when, where two sources name the same; else None.

    Whoever did something in several roles is named in each, since to initiate is not to found.

    What has come about and what has not are not told in one breath.
    """
    if answer.groups or answer.rows.truncated or any(record.is_ahead for record in found):
        return None
    named: dict[Cell, list[tuple[Cell, Record]]] = {}
    is_doer = _DOER.format(head) in answer.query
    plain = Cell(column_name(speaker, head))
    for record in found:
        role = record.cells.get(_ROLE, plain) if is_doer else plain
        for cell in _each(record, head):
            named.setdefault(role, []).append((cell, record))
    things = {cell for of in named.values() for cell, _ in of}
    is_of_things = all(isinstance(cell.term, NamedNode) and cell.name for cell in things)
    if not is_of_things or not 1 < len(things) <= _MOST_THINGS >= len(named):
        return None
    if all(len(_sources_of(answer, _naming(thing, named))) < 2 for thing in things):
        return None
    parts = [_in_role(speaker, answer, role, of) for role, of in _commonest_first(named)]
    if rest := sum(not _each(record, head) for record in found):
        parts.append(counted(speaker.lang, _NAMELESS, rest))
    sources = len(_sources_of(answer, found))
    return speaker.say(
        _IN_ALL_OF_ONE if sources == 1 else _IN_ALL,
        sources=counted(speaker.lang, SOURCES, sources),
        things=speaker.say(THEN).join(parts),
    ) + speaker.say(_END)


def _naming(thing: Cell, named: Mapping[Cell, Iterable[tuple[Cell, Record]]]) -> list[Record]:
    return [record for of in named.values() for cell, record in of if cell == thing]


def _each(record: Record, head: str) -> tuple[Cell, ...]:
    cell = record.cells.get(head)
    return () if cell is None else cell.several or (cell,)


def _commonest_first(
    named: Mapping[Cell, list[tuple[Cell, Record]]],
) -> list[tuple[Cell, list[tuple[Cell, Record]]]]:
    return sorted(named.items(), key=lambda item: -len({cell for cell, _ in item[1]}))


def _in_role(
    speaker: Speaker, answer: Answer, role: Cell, of: Sequence[tuple[Cell, Record]]
) -> str:
    """Return who is named in a role: "founder: A (2 sources), B", those first that most sources name."""
    records: dict[Cell, list[Record]] = {}
    for cell, record in of:
        records.setdefault(cell, []).append(record)
    each = [(cell, told, len(_sources_of(answer, told))) for cell, told in records.items()]
    each.sort(key=lambda one: -one[2])
    things = speaker.say(COMMA).join(_one_thing(speaker, *one) for one in each)
    return speaker.say(_IN_ROLE, role=role.text, things=things)


def _one_thing(speaker: Speaker, cell: Cell, of: Sequence[Record], sources: int) -> str:
    """Return a thing with how many sources name it, where several do, and when, as these tell."""
    times = dict.fromkeys(record.cells["time"].text for record in of if "time" in record.cells)
    told = ((counted(speaker.lang, SOURCES, sources),) if sources > 1 else ()) + tuple(times)
    if not told:
        return cell.text
    return speaker.say(_ONE_THING, thing=cell.text, told=speaker.say(COMMA).join(told))


def _sources_of(answer: Answer, found: Iterable[Record]) -> tuple[Source, ...]:
    cited = (iri for one in found for name, iri in one.passages if name == EVIDENCE)
    return cited_sources(answer.passages[iri] for iri in cited)


def how_many_things(speaker: Speaker, found: Sequence[Record], head: str | None) -> str | None:
    """Return how many things answers are about, where some are about the same one; else None."""
    cells = [record.cells[head] for record in found if head in record.cells] if head else []
    things = {cell.term for cell in cells if isinstance(cell.term, NamedNode)}
    if len(cells) != len(found) or not 1 < len(things) < len(found):
        return None
    return speaker.say(_THINGS, count=len(things))


def of_open_lists(speaker: Speaker, answer: Answer) -> str | None:
    """Return what an open list is, where a row comes from one."""
    if "openList" not in answer.rows.columns:
        return None
    is_open = any(row.value("openList") is True for row in answer.rows)
    return speaker.say(_LEFT_OPEN) if is_open else None


def cited_sources(passages: Iterable[Passage]) -> tuple[Source, ...]:
    """Return the sources of passages, each once, in the order in which they come."""
    return tuple(dict.fromkeys(passage.source for passage in passages))


def _is_ahead(rows: Rows) -> bool:
    """Return whether rows tell how far they have come about, and none has."""
    if "factuality" not in rows.columns or not rows.rows:
        return False
    at = rows.columns.index("factuality")
    return all(
        isinstance(term, NamedNode) and term.value not in COME_ABOUT
        for term in (terms[at] for terms in rows.rows)
    )
