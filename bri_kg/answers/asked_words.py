"""What somebody asks for, without the words that only ask: "who founded ANSO" is of founding, and of ANSO."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from bri_kg.answers.word_matching import Word, words_of

FILLER: Final = {
    "a", "about", "all", "also", "an", "and", "any", "are", "as", "at", "be", "been", "being",
    "between", "but", "by", "can", "could", "did", "do", "does", "each", "ever", "every", "for",
    "from", "had", "has", "have", "he", "her", "his", "how", "i", "if", "in", "into", "is", "it",
    "its", "many", "may", "me", "might", "most", "much", "of", "on", "only", "or", "other",
    "others", "our", "please", "say", "says", "she", "should", "so", "such", "tell", "than",
    "that", "the", "their", "them", "there", "these", "they", "this", "those", "to", "us", "was",
    "we", "were", "what", "when", "where", "whether", "which", "who", "whom", "whose", "why",
    "will", "with", "would", "you",
}  # fmt: skip
# Words that turn the next one round: what is "not yet achieved" is not to be looked for as achieved.
NEGATION: Final = {"not", "yet", "never", "no", "without", "nor", "cannot"}
NEGATION_HAN: Final = {
    "尚未",
    "还没有",
    "还没",
    "还未",
    "没有",
    "未",
    "未能",
    "不",
    "只是",
    "仅仅",
    "只有",
    "并未",
    "从未",
}
# What stands between words that mean something; 了 is also the end of 解, to know.
FILLER_HAN: Final = re.compile(
    "请问|请|为什么|什么时候|什么|有没有|多少|哪些|哪个|哪几|哪里|哪儿|哪年|哪一年|哪|怎么样|怎么|怎样|如何|是否|"
    "何时|何地|何处|何人|关于|有哪|谁|吗|呢|的|了(?!解)|仅|只"
)
_NUMBER: Final = re.compile(
    r"\d|\b(?:how (?:many|much)|numbers?|counts?|totals?|sums?|amounts?|figures?|budgets?|money)\b"
    "|多少|数量|几个|总数|金额|数字",
    re.IGNORECASE,
)
_SHORTEST: Final = 2  # characters of a piece: one alone stands in too many names
_LONGEST: Final = 16
_MOST: Final = 80  # characters of a run that is taken apart


def asks_number(text: str) -> bool:
    """Return whether a number is asked for, or named."""
    return _NUMBER.search(text) is not None


def without_filler(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Return the words that mean something; all of them where none does."""
    return tuple(_meaning(words)) or words


def in_pieces(words: tuple[Word, ...], is_known: Callable[[str], bool]) -> tuple[Word, ...]:
    """Return the words, a run of Han characters that is not known as the longest pieces that are.

    What is in no piece is left out, as are pieces that only deny; a run without any other stays whole.
    """
    found: list[Word] = []
    for word in words:
        is_one = not word.is_han or is_known(word.joined) or len(word.joined) > _MOST
        pieces = () if is_one else tuple(_pieces(word.joined, is_known))
        pieces = tuple(piece for piece in pieces if piece not in NEGATION_HAN)
        found += map(_word, pieces) if pieces else [word]
    return tuple(dict.fromkeys(found))


def _meaning(words: tuple[Word, ...]) -> Iterator[Word]:
    is_denied = False
    for word in words:
        if word.is_han:
            parts = FILLER_HAN.split(word.joined)
            # One character beside a word that asks belongs to it: 有多少.
            yield from (_word(part) for part in parts if len(parts) == 1 or len(part) > 1)
        elif word.joined in NEGATION:
            is_denied = True
        elif word.joined not in FILLER:
            if not is_denied:
                yield word
            is_denied = False


def says(asked: tuple[Word, ...], text: str) -> bool:
    """Return whether what is asked holds the words of a text, one after the other; Chinese within longer runs."""
    joined = f" {' '.join(word.joined for word in asked)} "
    wanted = " ".join(word.joined for word in words_of(text))
    return (wanted if any(word.is_han for word in words_of(text)) else f" {wanted} ") in joined


def _pieces(run: str, is_known: Callable[[str], bool]) -> Iterator[str]:
    begin = 0
    while begin < len(run):
        longest = min(len(run), begin + _LONGEST)
        ends = range(longest, begin + _SHORTEST - 1, -1)
        end = next((end for end in ends if is_known(run[begin:end])), None)
        if end is None:
            begin += 1
        else:
            yield run[begin:end]
            begin = end


def _word(text: str) -> Word:
    return Word((text,))
