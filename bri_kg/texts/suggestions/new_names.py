"""What a text writes as a name: capitals one after the other, and the abbreviations that it introduces.

A guess, from the letters alone: of what is a name and known already, the known name is what counts.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

Span = tuple[int, int]

_CAPITAL: Final = r"[A-Z\u00c0-\u00de][\w’']{0,30}(?:[-&/][A-Z\u00c0-\u00de0-9][\w’']{0,30}){0,4}"
_LINK: Final = r"(?:of|for|de|da|do|di|del|der|und|on)"
_RUN: Final = re.compile(
    rf"(?<![\w’'-]){_CAPITAL}(?:[ \t\u00a0]{{1,2}}\n?[ \t]{{0,2}}(?:{_LINK}[ ](?:the[ ])?|and[ ])?{_CAPITAL}"
    rf"|\n(?:{_LINK}[ ])?{_CAPITAL}){{0,14}}"
)
_ABBREVIATED: Final = re.compile(
    r"[ \n]{0,2}[(（]\s?(?:以下简称|简称)?[“\"]?([A-Z][A-Za-z&/-]{1,11})[”\"]?\s?[)）]"
)
_WORD: Final = re.compile(r"[^\s-]+")
_WORDS: Final = tomllib.loads((files(__package__) / "name_words.toml").read_text(encoding="utf-8"))
# What begins a sentence, or is no name by itself; what stands before names of people.
_NO_NAMES: Final = frozenset(_WORDS["no_names"].split())
_TITLES: Final = frozenset(_WORDS["titles"].split())
_PERSONAL: Final = frozenset(_WORDS["of_people"].split())
_CLASS_OF: Final = {word: cls for cls, words in _WORDS["heads"].items() for word in words.split()}
_POST: Final = (
    r"(?:president|premier|director|chair(?:man)?|deputy|vice|general|ambassador|secretary|minister|"
    r"head|dean|rector)\b"
)
_PEOPLE: Final = re.compile(
    rf",? (?:who|(?:the )?(?:vice |deputy |former )?{_POST}|said|says|told|noted|added)",
    re.IGNORECASE,
)
_PERSON: Final = re.compile(r"[A-Z][a-z]+(?: [A-Z]\.)?(?: [A-Z][a-z]+(?:-[A-Z]?[a-z]+)?){1,2}")
_OF_PEOPLE: Final = re.compile(r"(?:ese|ish|ian|ians|ean|eans|ans|an|ic|al)$")
# Chinese: what ends as a name of a body does, from the last sign or word that cannot be in one.
_ZH_HEADS: Final = (
    "大学|学院|研究院|研究所|研究中心|科学院|天文台|实验室|联盟|协会|学会|委员会|基金会|组织|公司|集团|"
    "中心|计划|奖学金"
)
_ZH: Final = re.compile(rf"(?:{_ZH_HEADS})(?![\u3400-\u9fff]{{0,3}}(?:{_ZH_HEADS}))")
_ZH_EDGE: Final = re.compile(
    r"[^\u3400-\u9fffA-Za-z0-9·-]|[和与及在由向为是的了将被把从至等据]|以及|包括|来自|成立|设立|建立|加入|发起|其中|位于"
    r"|作为|隶属|通过|签署|资助|支持|访问"
)
_LONGEST_ZH: Final = 24
_LONGEST_HEADING: Final = 160
_SPARE: Final = 8  # characters of a line around a name that is all of it
_SHORT_LINE: Final = 70  # characters: what is shorter was not broken for want of room


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
    for begin, end in sorted(
        spans
    ):  # of names that end together, the longest that fits, else the longest
        match = _ABBREVIATED.match(text, end)
        if match is None or sum(map(str.isupper, match[1])) < 2:
            continue
        before = found.get(match[1])
        is_worse = before and before[1] == end and not fits(match[1], text[slice(*before)])
        if before is None or (is_worse and fits(match[1], text[begin:end])):
            found[match[1]] = begin, end
    return found


def fits(abbreviation: str, name: str) -> bool:
    """Return whether the letters of an abbreviation stand in a name in their order, the first at its beginning."""
    letters = iter(name.casefold())
    wanted = [char for char in abbreviation.casefold() if char.isalnum()]
    return name[:1].casefold() == wanted[0] and all(char in letters for char in wanted)


def names_written(text: str, known: list[Span]) -> list[Written]:
    """Return what is written as a name and is no known one, from the left. `known` are the spans of known names."""
    runs = list(_runs(text, known))
    often = Counter(run.name for run in runs)
    headings = _Headings(text)
    kept = [run for run in runs if _is_name(run, text, often, headings)]
    return sorted(
        [*kept, *_chinese(text, frozenset(end for _, end in known))],
        key=lambda run: (run.begin, -run.end),
    )


def _is_name(run: Written, text: str, often: Mapping[str, int], headings: _Headings) -> bool:
    if often[run.name] < 2 and headings.holds(run.begin, run.end):
        return False
    if " " in run.name or run.cls == "Person":
        return True
    return not _begins_sentence(text, run.begin) and _stands_alone(run, often)


class _Headings:
    """Lines above a text, of which most words have a capital: there a capital tells nothing."""

    def __init__(self, text: str) -> None:
        self._text, self._begin, self._end, self._is_one = text, 0, -1, False

    def holds(self, begin: int, end: int) -> bool:
        """Return whether a run, right of those asked before, is a part of such a line."""
        if begin > self._end:
            self._begin = self._text.rfind("\n", 0, begin) + 1
            found = self._text.find("\n", begin)
            self._end = len(self._text) if found < 0 else found
            self._is_one = _is_heading(self._text[self._begin : self._end].strip())
        return self._is_one and end - begin < self._end - self._begin - _SPARE


def _is_heading(line: str) -> bool:
    if not line or len(line) > _LONGEST_HEADING or line[-1] in ".!?;,)" or not line[0].isalnum():
        return False
    words = [word for word in line.split() if len(word) > 3]
    return len(words) > 4 and sum(word[0].isupper() for word in words) > 0.7 * len(words)


def _stands_alone(run: Written, often: Mapping[str, int]) -> bool:
    """Return whether one word is a name: an abbreviation, or a word with a capital that comes again."""
    if _OF_PEOPLE.search(run.name):
        return False
    return run.name.isupper() if len(run.name) > 2 and often[run.name] < 2 else often[run.name] > 1


def _runs(text: str, known: list[Span]) -> Iterator[Written]:
    place, ends = 0, frozenset(end for _, end in known)
    for match in _RUN.finditer(text):
        for begin, end in _parts(text, *match.span(), ends):
            while place < len(known) and known[place][1] <= begin:
                place += 1
            begin, is_person = _without_titles(text, begin, end)
            if (
                begin >= end
                or _is_covered(text, begin, end, known, place)
                or _ends_with_known(text, begin, end, ends)
            ):
                continue
            name = " ".join(text[begin:end].split())
            yield Written(begin, end, name, _class(text, end, name, is_person=is_person))


def _parts(text: str, begin: int, end: int, ends: frozenset[int]) -> Iterator[Span]:
    """Yield a run without words that only have a capital at its edges, in two where two names follow each other.

    They do at "and" between names, at the end of a short line, and behind a known name that possesses.
    """
    words = list(_WORD.finditer(text, begin, end))
    first = 0
    for place, word in enumerate(words):
        if word[0] == "and" and not _goes_on(words[first:], place - first):
            yield from _trimmed(text, words[first:place])
            first = place + 1
        elif place > first and (
            _is_new_line(text, words[place - 1], word) or _possesses(words[place - 1], ends)
        ):
            yield from _trimmed(text, words[first:place])
            first = place
    yield from _trimmed(text, words[first:])


def _trimmed(text: str, words: list[re.Match[str]]) -> Iterator[Span]:
    first, last = 0, len(words)
    while first < last and (
        words[first][0].rstrip(".,") in _NO_NAMES or words[first][0][0].islower()
    ):
        first += 1
    while last > first and (words[last - 1][0] in _NO_NAMES or words[last - 1][0][0].islower()):
        last -= 1
    if first < last:
        yield words[first].start(), _shorn(text, words[last - 1])


def _is_new_line(text: str, one: re.Match[str], other: re.Match[str]) -> bool:
    if "\n" not in text[one.end() : other.start()]:
        return False
    return "\n" in text[max(0, one.end() - _SHORT_LINE) : one.end()] or one.end() < _SHORT_LINE


def _possesses(word: re.Match[str], ends: frozenset[int]) -> bool:
    return bool(re.search(r"[’']s$", word[0])) and word.end() - 2 in ends


def _shorn(text: str, word: re.Match[str]) -> int:
    """Return where a word ends without what shows possession."""
    return word.end() - 2 if re.search(r"[’']s$", word[0]) else word.end()


def _goes_on(words: list[re.Match[str]], place: int) -> bool:
    """Return whether a name goes on behind "and": of Science and Technology, but not CAS and TWAS."""
    before = [word[0] for word in words[:place]]
    behind = [word[0].lower().rstrip(",") for word in words[place + 1 :]]
    if not behind or words[place + 1][0].isupper() or any(word.isupper() for word in before[-1:]):
        return False
    has_head = not _CLASS_OF.keys().isdisjoint(behind)
    if {"of", "for", "on"} & set(before[-3:]):
        return not has_head
    return has_head and place < 4 and _CLASS_OF.keys().isdisjoint(map(str.lower, before))


def is_no_name(word: str) -> bool:
    """Return whether a word has its capital for another reason than that it is a name."""
    return word in _NO_NAMES or word in _TITLES


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


def _ends_with_known(text: str, begin: int, end: int, ends: frozenset[int]) -> bool:
    """Return whether a title stands before a known person: Chinese President Xi Jinping."""
    if end not in ends:
        return False
    return any(word[0] in _TITLES for word in _WORD.finditer(text, begin, end))


def _without_titles(text: str, begin: int, end: int) -> tuple[int, bool]:
    """Return where a run begins without the titles before a person, and whether it had one."""
    is_person, is_title = False, False
    for word in _WORD.finditer(text, begin, end):
        if word[0].rstrip(".") not in _TITLES and not (is_title and word[0][0].islower()):
            return word.start(), is_person
        is_person = is_person or word[0].rstrip(".") in _PERSONAL
        is_title = True
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
    of = next(
        (place for place, word in enumerate(words) if word in ("of", "for", "on")), len(words)
    )
    found = next((cls for cls in reversed(heads[:of]) if cls), None)
    if found or len(words) < 2:
        return found
    if _PERSON.fullmatch(name) and _PEOPLE.match(text, end):
        return "Person"
    return next((cls for cls in reversed(heads) if cls), None)


def _chinese(text: str, ends: frozenset[int]) -> Iterator[Written]:
    before = 0
    for match in _ZH.finditer(text):
        first = max(before, match.end() - _LONGEST_ZH)
        edges = list(_ZH_EDGE.finditer(text, first, match.start()))
        begin = edges[-1].end() if edges else first
        if match.start() - begin >= 2 and match.end() not in ends:
            name = text[begin : match.end()]
            cls = {
                "计划": "Programme",
                "奖学金": "Programme",
                "实验室": "Facility",
                "中心": "Facility",
            }
            found = next((cls[end] for end in cls if name.endswith(end)), "Organization")
            yield Written(begin, match.end(), name, found)
            before = match.end()
