"""Claims that are found by the words they are said in, as items: a sentence, their standing, their passages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from bri_kg.answers.captions import Plainly
from bri_kg.answers.claim_sentences import said
from bri_kg.answers.claims_of_words import Holding, claims_of_words
from bri_kg.answers.search import Hits
from bri_kg.assistant.desk import Desk
from bri_kg.assistant.left_out_items import left_out_items
from bri_kg.assistant.result_items import Item, standing
from bri_kg.assistant.row_items import claims_and_rivals
from bri_kg.names import shorten

_MOST: Final = 200  # hits: what stands further down holds few of the words


def claims_said(desk: Desk, words: str) -> tuple[Holding, ...]:
    """Return the claims that name what several of the words stand for, or are said in them."""

    def named(word: str) -> Hits:
        return desk.graph.search(word, limit=_MOST, kinds=("thing", "concept"))

    return claims_of_words(desk.graph.guarded.quads, words, named, desk.said)


def said_items(desk: Desk, found: Sequence[Holding], lang: str) -> list[Item]:
    """Return claims told in a sentence with their standing, and passages left out of claims with the reason."""
    nodes = [one.node for one in found if not one.is_left_out]
    passages = [one.node for one in found if one.is_left_out]
    claims, rivals = claims_and_rivals(desk, lang, nodes)
    left_out = {one["passage"]: one for one in left_out_items(desk, lang, passages)}
    voice = Plainly(lang)
    items = []
    for one in found:
        if one.is_left_out:
            items.append(left_out[one.node] | {"section": "hits", "kind": "passage"})
        elif one.node in claims:
            told = {"name": said(voice, claims[one.node]), "id": shorten(one.node), "kind": "claim"}
            standing_of = standing([claims[one.node]], rivals)
            del standing_of["claims"]
            items.append({"section": "hits", **told, "why": "said", **standing_of})
    return items


def near_claims(desk: Desk, found: Sequence[Holding], lang: str) -> Iterator[Item]:
    """Yield them by name, id and passages alone, as what comes near."""
    for one, item in zip(found, said_items(desk, found, lang), strict=True):
        shown: Item = {n: item[n] for n in ("name", "id", "kind", "reason") if n in item}
        cites = [passage["cite"] for passage in item["passages"]]
        yield {**shown, "holds": ", ".join(one.held), "passages": cites}
