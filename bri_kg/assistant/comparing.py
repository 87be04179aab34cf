"""The tool `compare`: where sources contradict, differ or agree, both sides with their passages."""

from __future__ import annotations

from bri_kg.answers.comparisons import order_of
from bri_kg.answers.comparisons_of_words import comparisons_of_words
from bri_kg.answers.description_model import Description
from bri_kg.answers.face_words import STANCES, say
from bri_kg.answers.model import Comparison
from bri_kg.answers.name_index import RANKS, Reason
from bri_kg.answers.nearby_counts import counts_of_kinds
from bri_kg.answers.node_lookups import is_concept, label_of
from bri_kg.assistant.describing import count_item
from bri_kg.assistant.desk import Arguments, Desk
from bri_kg.assistant.not_known import AMBIGUOUS_NAME, UNKNOWN_NAME, of_name_error
from bri_kg.assistant.result_frame import NOT_KNOWN, Answer, said_brief
from bri_kg.assistant.result_items import Item, comparison_items
from bri_kg.assistant.result_paging import Items
from bri_kg.assistant.result_words import COMPARED_BY_WORDS, COUNTS_OF_KINDS, NOT_COMPARED
from bri_kg.errors import UsageError
from bri_kg.names import shorten

SECTIONS = ("compared", "nearby", "side", "counts_nearby", "outline")
_MANY = 5
_MOST_KINDS = 12
_ORDER = tuple(STANCES)


def compare(desk: Desk, given: Arguments) -> Answer:
    """Answer with comparisons: of a thing, what it made and what is part of it; of a nature; or all."""
    lang, thing, nature = given["lang"], given["thing"], given["nature"]
    nearby: tuple[Comparison, ...] = ()
    described: Description | None = None
    try:
        about = desk.graph.conflicts(thing, nature=nature, lang=lang, texts=desk.folder)
        if thing is not None:
            described = desk.graph.describe(thing, lang=lang, texts=desk.folder)
            known = {one.iri for one in about}
            wanted = None if nature is None else desk.graph.nature(nature).value
            nearby = tuple(
                one
                for one in described.nearby
                if one.iri not in known
                and (wanted is None or any(wanted == each.iri for each in one.natures))
            )
    except UsageError as error:
        if thing is None or (error.code != UNKNOWN_NAME and error.code != AMBIGUOUS_NAME):
            raise
        if found := _of_words(desk, thing, nature, lang):
            return found
        if answer := of_name_error(desk, error, thing, lang):
            return answer
        raise
    counted = _counts(desk, described.thing.iri, lang) if described else []
    if not about and not nearby and not counted:
        return Answer((say(lang, NOT_COMPARED),), status=NOT_KNOWN)
    outlines = _outlines((*about, *nearby)) if thing is not None else []
    items = [*counted, *outlines, *_items("compared", about), *_items("nearby", nearby)]
    stances = [one.stance for one in (*about, *nearby)]
    counts = {name: stances.count(name) for name in _ORDER if name in stances}
    if counted:
        counts["counts_nearby"] = len(counted)
    told = ", ".join(
        f"{say(lang, STANCES[name])}: {count}" for name, count in counts.items() if name in STANCES
    )
    sentences = [f"{told}."] if told else [say(lang, NOT_COMPARED)]
    if counted:
        sentences.append(say(lang, COUNTS_OF_KINDS, count=len(counted)))
    return Answer(tuple(sentences), Items.of(items), sections=counts)


def _of_words(desk: Desk, words: str, nature: str | None, lang: str) -> Answer | None:
    """Return the comparisons that tell of words which name nothing."""
    every = desk.graph.conflicts(nature=nature, lang=lang, texts=desk.folder)
    found = comparisons_of_words(every, words)
    if not found:
        return None
    told = say(lang, COMPARED_BY_WORDS, name=said_brief(words), count=len(found))
    items = [item for one in found for item in comparison_items("compared", one)]
    stances = [one.stance for one in found]
    counts = {name: stances.count(name) for name in _ORDER if name in stances}
    return Answer((told,), Items.of(items), sections=counts)


def _outlines(comparisons: tuple[Comparison, ...]) -> list[Item]:
    """Return all comparisons by name alone, where they are more than a page may show."""
    if len(comparisons) < _MANY:
        return []
    ordered = sorted(comparisons, key=_place)
    return [
        {
            "section": "outline",
            "how": stance,
            "comparisons": [
                {"name": one.label or "", "id": shorten(one.iri)}
                for one in ordered
                if one.stance == stance
            ],
        }
        for stance in dict.fromkeys(one.stance for one in ordered)
    ]


def _counts(desk: Desk, thing: str, lang: str) -> list[Item]:
    """Return all counts of a kind, and of kinds whose names hold its name: sources may be compared by none."""
    store = desk.graph.guarded.quads
    if not is_concept(store, thing):
        return []
    label = label_of(store, thing, lang) or ""
    found = desk.graph.search(label[:200], lang=lang, limit=_MOST_KINDS, kinds=("concept",))
    kinds = [thing, *(hit.node for hit in found if RANKS[hit.reason] < RANKS[Reason.SLIP])]
    return [count_item(one, {}) for one in counts_of_kinds(desk.ground(lang), kinds)]


def _items(section: str, comparisons: tuple[Comparison, ...]) -> list[Item]:
    ordered = sorted(comparisons, key=_place)
    return [item for one in ordered for item in comparison_items(section, one)]


def _place(one: Comparison) -> tuple[int, int, str]:
    leading = order_of(one.leading) if one.leading else len(_ORDER)
    return _ORDER.index(one.stance), leading, one.iri
