"""Who does what to whom, by the order of names in a sentence: parts of a claim that are swapped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bri_kg.stores.memory import Store
from bri_kg.texts.cited_words import Cited

_PARTS = """SELECT DISTINCT ?claim ?class ?side ?label WHERE {
  VALUES (?class ?part ?side) {
    (bri:MembershipClaim bri:hasSubject "doer") (bri:MembershipClaim bri:hasObject "other")
    (bri:StructureClaim bri:hasSubject "doer") (bri:StructureClaim bri:hasObject "other")
    (bri:CreationClaim bri:hasAgent "doer") (bri:CreationClaim bri:hasSubject "other")
    (bri:PositionClaim bri:hasSubject "doer") (bri:PositionClaim bri:hasObject "other")
    (bri:SupportClaim bri:hasAgent "doer") (bri:SupportClaim bri:hasSubject "other")
  }
  ?claim a ?class ; ?part ?thing .
  ?thing skos:prefLabel|skos:altLabel|skos:hiddenLabel ?label } ORDER BY ?claim ?side ?label"""

# The doer stands before such a verb, the other after it.
_ACTIVE = {
    "MembershipClaim": r"joined|joins|will join|acceded to|(?:is|became) a member of|are members of|belongs? to|加入",
    "StructureClaim": r"(?:is|are) part of|belongs? to|is subordinate to|is affiliated (?:to|with)|隶属于|附属于|属于",
    "CreationClaim": r"founded|co-founded|established|set up|launched|initiated|has built|创立了|创办了|建立了|发起了",
    "SupportClaim": r"funded|funds|financed|supported|supports|invested in|sponsored|资助了|支持了",
}
# The other stands before, the doer after "by".
_BY = r"\b[^.;]{0,40}? by\b"
_PASSIVE = {
    "CreationClaim": r"\b(?:founded|established|set up|launched|initiated|built)" + _BY,
    "SupportClaim": r"\b(?:funded|financed|supported|sponsored)" + _BY,
}
# A participle ("was founded in 2018") has no doer before it.
_BEGINS = r"(?<![A-Za-z])(?<!was )(?<!were )(?<!been )(?<!is )(?<!are )(?<!being )"


def swapped(store: Store, cited: Mapping[str, Cited]) -> Iterator[tuple[str, str]]:
    """Yield each claim whose evidence names its parts the other way round, with the words between them.

    Only a sentence counts in which the verb has one side before it and the other after it.
    """
    names: dict[tuple[str, str], dict[str, list[str]]] = {}
    for row in store.select(_PARTS):
        claim, cls = str(row.value("claim")), str(row.value("class")).rsplit("#", 1)[-1]
        if claim in cited:
            sides = names.setdefault((claim, cls), {"doer": [], "other": []})
            sides[str(row.value("side"))].append(str(row.value("label")))
    for (claim, cls), sides in names.items():
        for sentence in re.split(r"(?<=[.;!?。；])\s*", cited[claim].said):
            verb = _against(cls, sentence, sides["doer"], sides["other"])
            if verb:
                yield claim, verb
                break


def _against(cls: str, sentence: str, doer: list[str], other: list[str]) -> str | None:
    """Return the verb that has the second side before it and the first after it, and no side in its place."""
    passive = re.search(_PASSIVE[cls], sentence) if cls in _PASSIVE else None
    verb = passive or (
        re.search(_BEGINS + f"(?:{_ACTIVE[cls]})", sentence) if cls in _ACTIVE else None
    )
    if verb is None:
        return None
    first, second = (other, doer) if passive else (doer, other)
    before, behind = sentence[: verb.start()], sentence[verb.end() :]
    if _names(first, before) or _names(second, behind):
        return None
    return verb[0] if _names(second, before) and _names(first, behind) else None


def _names(labels: list[str], text: str) -> bool:
    found = (rf"(?<![A-Za-z]){re.escape(label)}(?![A-Za-z])" for label in labels if label)
    return any(re.search(pattern, text) for pattern in found)
