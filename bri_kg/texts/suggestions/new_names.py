"""What a text writes as a name: capitals one after the other, and the abbreviations that it introduces.

A guess, from the letters alone: of what is a name and known already, the known name is what counts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

Span = tuple[int, int]

_CAPITAL: Final = r"[A-Z\u00c0-\u00de][\w’']{0,30}(?:[-&][A-Z\u00c0-\u00de0-9][\w’']{0,30}){0,4}"
_LINK: Final = r"(?:of|for|de|da|do|di|del|der|und|on|in)"
_RUN: Final = re.compile(
    rf"(?<![\w’'-]){_CAPITAL}(?:[ \t\u00a0]{{1,2}}\n?[ \t]{{0,2}}(?:{_LINK}[ ](?:the[ ])?|and[ ])?{_CAPITAL}"
    rf"|\n(?:{_LINK}[ ])?{_CAPITAL}){{0,14}}"
)
_ABBREVIATED: Final = re.compile(r"[ \n]{0,2}[(（]\s?(?:以下简称|简称)?[“\"]?([A-Z][A-Za-z&/-]{1,11})[”\"]?\s?[)）]")
_WORD: Final = re.compile(r"[^\s-]+")
# What begins a sentence, or is no name by itself.
_NO_NAMES: Final = frozenset(
    "The A An In On At By For From Under With While When Where Since Both These This That Those Each Its It He She They We "
    "Our His Her Their To As After Before During Over If But And Or No Not Some Many Most More Other Another All Any Such "
    "According Through Besides Also Additionally However Moreover There Here Last Next Of One Two Three Four Five Six Seven "
    "Eight Nine Ten What Who Which How Why Then Thus Using Looking Contact Source Tel Email Location Background Home Copyright "
    "January February March April May June July August September October November December Monday Tuesday Wednesday "
    "Thursday Friday Saturday Sunday Nov Oct Dec Jan Feb Mar Apr Jun Jul Aug Sep Sept Photo English News Print".split()
)  # fmt: skip
_TITLES: Final = frozenset(
    "Professor Prof Dr Mr Mrs Ms Sir President Premier Minister Chairman Chairwoman Chair Director Ambassador Secretary "
    "Vice Deputy General Academician Governor Rector Dean Senator".split()
)  # fmt: skip
_PERSONAL: Final = frozenset("Professor Prof Dr Mr Mrs Ms Sir Academician".split())
_HEADS: Final[dict[str, tuple[str, ...]]] = {
    "Organization": (
        "academy academies university universidad university's institute institution college school agency ministry "
        "council foundation association alliance organization organisation organizations organisations union bank company "
        "group corporation committee commission society academia board bureau office department network consortium "
        "federation forum secretariat observatories"
    ).split(),
    "Facility": "center centre laboratory observatory park station museum library hospital port railway platform".split(),
    "Programme": "program programme initiative plan scholarship fellowship fund project scheme award prize".split(),
    "Document": "agreement memorandum declaration convention guidelines framework constitution treaty communique".split(),
    "Event": "conference symposium summit workshop meeting congress ceremony games".split(),
}  # fmt: skip
_CLASS_OF: Final = {word: cls for cls, words in _HEADS.items() for word in words}
_PEOPLE: Final = re.compile(
    r",? (?:who|(?:the )?(?:vice |deputy |former )?(?:president|director|chair|general|secretary|premier|minister|ambassador|head|dean|rector)\b"
    r"|said|says|told|noted|added)|, (?:president|premier|director|chairman|deputy|vice|general|ambassador)", re.I
)  # fmt: skip
_PERSON: Final = re.compile(r"[A-Z][a-z]+(?: [A-Z]\.)?(?: [A-Z][a-z]+(?:-[A-Z]?[a-z]+)?){1,2}")
_OF_PEOPLE: Final = re.compile(r"(?:ese|ish|ian|ians|ean|eans|ans|an)$")
# Chinese: what ends as a name of a body does, from the last sign or word that cannot be in one.
_ZH: Final = re.compile(
    r"(?:大学|学院|研究院|研究所|研究中心|科学院|天文台|实验室|联盟|协会|学会|委员会|基金会|组织|公司|集团|中心|计划|奖学金)(?![\u3400-\u9fff]{0,3}(?:奖学金|计划|联盟|委员会|中心|实验室|公司|集团|组织)(?<!组织和))"
)
_ZH_EDGE: Final = re.compile(r"[^\u3400-\u9fffA-Za-z0-9·-]|[和与及在由向为是的了将被把从至等]|以及|包括|来自|成立|设立|建立|加入|发起|其中|位于|作为|隶属|通过|签署|资助|支持|访问")
_LONGEST_ZH: Final = 24


@dataclass(frozen=True)
class Written:
    """What is written as a name: where, its words without the breaks of lines, its likely class."""

    begin: int
    end: int
    name: str
    cls: str | None


def introduced(text: str, spans: Iterable[Span]) -> dict[str, Span]:
    """Return the abbreviations that stand in brackets behind names, each with the name that it stands behind."""
    found: dict[str, Span] = {}
    for begin, end in spans:
        match = _ABBREVIATED.match(text, end)
        if match and sum(map(str.isupper, match[1])) > 1:
            found.setdefault(match[1], (begin, end))
    return found


def names_written(text: str, known: list[Span]) -> list[Written]:
    """Return what is written as a name and is no known one, from the left. `known` are the spans of known names."""
    runs = [*_runs(text, known), *_chinese(text)]
    often = Counter(run.name for run in runs)
    kept = [run for run in runs if run.cls or " " in run.name or _stands_alone(run, often)]
    return sorted(kept, key=lambda run: (run.begin, -run.end))


def _stands_alone(run: Written, often: Mapping[str, int]) -> bool:
    """Return whether one word is a name: an abbreviation, or a word with a capital that comes again."""
    if _OF_PEOPLE.search(run.name):
        return False
    return run.name.isupper() if len(run.name) > 2 and often[run.name] < 2 else often[run.name] > 1


def _runs(text: str, known: list[Span]) -> Iterator[Written]:
    place = 0
    for match in _RUN.finditer(text):
        for begin, end in _parts(text, *match.span()):
            while place < len(known) and known[place][1] <= begin:
                place += 1
            if _is_covered(text, begin, end, known, place):
                continue
            begin, is_person = _without_titles(text, begin, end)
            if begin >= end:
                continue
            name = " ".join(text[begin:end].split())
            if is_person or not _begins_sentence(text, begin) or " " in name:
                yield Written(begin, end, name, _class(text, end, name, is_person=is_person))


def _parts(text: str, begin: int, end: int) -> Iterator[Span]:
    """Yield a run without words that only have a capital at its edges, in two where "and" ties two names."""
    words = list(_WORD.finditer(text, begin, end))
    starts = [0]
    for place, word in enumerate(words):
        if word[0] == "and" and not _goes_on(words, place):
            starts += [place + 1]
    for first, last in zip(starts, [*(start - 1 for start in starts[1:]), len(words)], strict=True):
        while first < last and (words[first][0].rstrip(".,") in _NO_NAMES or words[first][0][0].islower()):
            first += 1
        while last > first and (words[last - 1][0] in _NO_NAMES or words[last - 1][0][0].islower()):
            last -= 1
        if first < last:
            yield words[first].start(), _shorn(text, words[last - 1])


def _shorn(text: str, word: re.Match[str]) -> int:
    """Return where a word ends without what shows possession."""
    return word.end() - 2 if re.search(r"[’']s$", word[0]) else word.end()


def _goes_on(words: list[re.Match[str]], place: int) -> bool:
    """Return whether a name goes on behind "and": of Science and Technology, but not CAS and TWAS."""
    before = {word[0] for word in words[max(0, place - 3) : place]}
    behind = [word[0].lower().rstrip(",") for word in words[place + 1 : place + 5]]
    is_tied = bool(before & {"of", "for", "on"})
    return is_tied and not words[place + 1][0].isupper() and behind[0] not in _CLASS_OF and not any(
        word in _CLASS_OF for word in behind[:3]
    )  # fmt: skip


def _is_covered(text: str, begin: int, end: int, known: list[Span], place: int) -> bool:
    """Return whether known names hold every letter of a run."""
    at = begin
    while place < len(known) and known[place][0] < end:
        first, last = known[place]
        if any(map(str.isalpha, text[at:first])):
            return False
        at = max(at, last)
        place += 1
    return not any(map(str.isalpha, text[at:end]))


def _without_titles(text: str, begin: int, end: int) -> tuple[int, bool]:
    """Return where a run begins without the titles before a person, and whether it had one."""
    is_person = False
    for word in _WORD.finditer(text, begin, end):
        if word[0].rstrip(".") not in _TITLES:
            return word.start(), is_person
        is_person = is_person or word[0].rstrip(".") in _PERSONAL
    return end, False


def _begins_sentence(text: str, begin: int) -> bool:
    before = text[max(0, begin - 3) : begin].rstrip(" \t“\"'(")
    return not before or before[-1] in ".!?:\n-–•。！？"


def _class(text: str, end: int, name: str, *, is_person: bool) -> str | None:
    if is_person:
        return "Person"
    words = [word.lower().rstrip(",’s'") for word in name.split()]
    # The word before "of" tells, else the last: University of Science, Data Center.
    heads = [_CLASS_OF.get(word) for word in words]
    of = next((place for place, word in enumerate(words) if word in ("of", "for", "on")), len(words))
    found = next((cls for cls in reversed(heads[:of]) if cls), None)
    if found or len(words) < 2:
        return found
    if _PERSON.fullmatch(name) and _PEOPLE.match(text, end):
        return "Person"
    return next((cls for cls in reversed(heads) if cls), None)


def _chinese(text: str) -> Iterator[Written]:
    before = 0
    for match in _ZH.finditer(text):
        first = max(before, match.end() - _LONGEST_ZH)
        edges = list(_ZH_EDGE.finditer(text, first, match.start()))
        begin = edges[-1].end() if edges else first
        if match.start() - begin >= 2:
            name = text[begin : match.end()]
            cls = {"计划": "Programme", "奖学金": "Programme", "实验室": "Facility", "中心": "Facility"}
            found = next((cls[end] for end in cls if name.endswith(end)), "Organization")
            yield Written(begin, match.end(), name, found)
            before = match.end()
