"""What is answered where the graph knows nothing: that it does not, and the nearest that it knows."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bri_kg.answers.face_words import say
from bri_kg.answers.name_index import RANKS, Reason
from bri_kg.answers.namesakes import common_name, namesakes
from bri_kg.answers.node_lookups import label_of
from bri_kg.answers.other_spellings import found_as_spelled
from bri_kg.answers.search import Hit
from bri_kg.assistant.claims_found import claims_said, near_claims
from bri_kg.assistant.desk import Desk
from bri_kg.assistant.result_frame import AMBIGUOUS, NOT_KNOWN, Answer, said_brief
from bri_kg.assistant.result_items import Item
from bri_kg.assistant.result_words import NOTHING_CALLED, OTHER_KIND, SEVERAL
from bri_kg.errors import UsageError
from bri_kg.names import expand, shorten

UNKNOWN_NAME = "BRI120"
AMBIGUOUS_NAME = "BRI121"
OTHER_CLASS = "BRI122"
_MOST = 5
_MOST_CLAIMS = 3
_MOST_MEANT = 12  # things that hold some words: more do not tell which is meant
_CAMEL = re.compile(r"([a-z])([A-Z])")
_MOST_NAMESAKES = 50  # hits that are looked at: the name itself stands first


def nothing_called(desk: Desk, name: str, lang: str, told: tuple[str, ...] = ()) -> Answer:
    """Return that nothing has this name, with what comes nearest."""
    sentence = say(lang, NOTHING_CALLED, name=said_brief(name))
    words = _words_in(name)
    claims = claims_said(desk, words)[:_MOST_CLAIMS] if words else ()
    telling = [one for one in claims if len(one.held) > 1]
    near = (*near_claims(desk, telling, lang), *near_to(desk, name, lang))
    return Answer((sentence, *told), status=NOT_KNOWN, near=near)


def near_to(desk: Desk, words: str, lang: str) -> tuple[Item, ...]:
    """Return what a search for words finds, however little of them it holds."""
    try:
        hits = desk.graph.search(_words_in(words), lang=lang, limit=_MOST)
    except UsageError:
        return ()
    return tuple(map(hit_item, hits))


def _words_in(name: str) -> str:
    """Return the words of a name or an id: of isFundedBy, is funded by."""
    asked = name.partition(":")[2].replace("-", " ") if expand(name) else name
    return _CAMEL.sub(r"\1 \2", asked)[:200]


def hit_item(hit: Hit) -> Item:
    """Return a hit by its name, its id and its kind."""
    node = hit.node if hit.kind == "question" else shorten(hit.node)
    return {"name": hit.label, "id": node, "kind": hit.kind}


def same_name(desk: Desk, node: str, lang: str) -> tuple[Item, ...]:
    """Return the other things that texts call by the name of this one."""
    label = label_of(desk.graph.guarded.quads, node, "en")
    if not label or not (name := common_name(label)):
        return ()
    found = desk.graph.search(name, limit=_MOST_NAMESAKES, kinds=("thing",))
    return tuple(
        {
            "name": label_of(desk.graph.guarded.quads, hit.node, lang) or hit.label,
            "id": shorten(hit.node),
        }
        for hit in namesakes(node, label, found)
    )


def longer_named(desk: Desk, node: str, without: Iterable[str], lang: str) -> tuple[Item, ...]:
    """Return the few things whose names begin with the name of this one and go on, the shortest first."""
    label = label_of(desk.graph.guarded.quads, node, lang)
    if not label:
        return ()
    found = desk.graph.search(label[:200], lang=lang, limit=_MOST_NAMESAKES, kinds=("thing",))
    apart = {node, *(expand(one) or one for one in without)}
    held = (one for one in found if one.reason in (Reason.BEGINNING, Reason.WORDS))
    longer = [hit for hit in held if hit.node not in apart]
    longer.sort(key=lambda hit: (hit.reason is not Reason.BEGINNING, len(hit.label)))
    return tuple({"name": hit.label, "id": shorten(hit.node)} for hit in longer[:_MOST])


def listed(items: Iterable[Item]) -> str:
    """Return things by name and id, as they stand in a sentence of ours."""
    return "; ".join(f"{said_brief(str(one['name']))} ({one['id']})" for one in items)


def meant_by_words(desk: Desk, error: UsageError, name: str, lang: str) -> tuple[Item, ...]:
    """Return the few things whose names hold all of the words, the best first, where nothing is called so."""
    if error.code != UNKNOWN_NAME or expand(name):
        return ()
    try:
        found = found_as_spelled(
            lambda spelt: desk.graph.search(
                spelt, lang=lang, limit=_MOST_NAMESAKES, kinds=("thing", "concept")
            ),
            name[:200],
        )
    except UsageError:
        return ()
    held = [hit_item(hit) for hit in found if RANKS[hit.reason] < RANKS[Reason.SLIP]]
    return tuple(held) if len(held) <= _MOST_MEANT else ()


def of_name_error(desk: Desk, error: UsageError, name: str, lang: str) -> Answer | None:
    """Return the answer to a name that nothing has, several have, or one of another class; None for other errors."""
    if error.code == UNKNOWN_NAME:
        return nothing_called(desk, name, lang)
    if error.code == OTHER_CLASS:
        return _of_other_class(desk, error, name, lang)
    if error.code != AMBIGUOUS_NAME:
        return None
    options = (error.why or "").split(", ")
    return Answer(
        (say(lang, SEVERAL, name=said_brief(name)),),
        status=AMBIGUOUS,
        near=tuple(_option(desk, one, lang) for one in options),
    )


def _of_other_class(desk: Desk, error: UsageError, name: str, lang: str) -> Answer | None:
    try:
        node = desk.graph.resolve(name).value
    except UsageError:
        return None
    others = same_name(desk, node, lang) if shorten(node) in error.message else ()
    told = (say(lang, OTHER_KIND, name=said_brief(name)),)
    return Answer(told, status=AMBIGUOUS, near=others) if others else None


def _option(desk: Desk, short: str, lang: str) -> Item:
    label = label_of(desk.graph.guarded.quads, expand(short) or short, lang)
    return {"name": label or short, "id": short}
