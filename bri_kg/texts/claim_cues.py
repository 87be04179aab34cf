"""Words that tell of the future, and words that tell which class of claims a sentence is for."""

from __future__ import annotations

import re
from collections.abc import Mapping

_FUTURE = re.compile(
    r"\b(?:will(?!ing)|shall|going to|(?:is|are|was|were) to(?= [a-z])|to be (?=[a-z]+(?:ed|t|n|d)\b)"
    r"|plan(?:s|ned|ning)? to|intend(?:s|ed|ing)? to|aim(?:s|ed|ing)? to|seek(?:s|ing)? to|propos(?:es|ed|ing) to"
    r"|expect(?:s|ed)? to|hop(?:es?|ed|ing) to|pledg(?:es?|ed|ing)|promis(?:es?|ed|ing) to"
    r"|agreed to|scheduled|upcoming)\b"
    r"|将(?![军领士来近])|(?<![一五])计划(?=[在于将建设成加签召举])|拟(?![合态议订定])|打算|承诺|认捐|预计|力争|争取|有望|即将",
    re.IGNORECASE,
)
_MEMBERSHIP = re.compile(
    r"\b(?:members?|membership|join(?:s|ed|ing)?|accede[sd]?|accession|belong\w*|part of|comprise\w*|consists? of|"
    r"includ\w+|bring\w* together|unit\w+|gather\w*|admit\w*|elect\w*|represent\w*|made up of|among)\b"
    r"|成员|会员|加入|参加|组成|汇聚|吸纳|当选|包括",
    re.IGNORECASE,
)
_STRUCTURE = re.compile(
    r"\b(?:affiliat\w*|subordinate\w*|subsidiar\w*|branch(?:es)?|division|department|under|part of|parts|component\w*|"
    r"pillars?|belong\w*|attached|umbrella|consists? of|comprise\w*|includ\w+|of the|of its|one of|its|"
    r"headquarter\w*|core|reviews?|reviewed|secretariat)\b"
    r"|下属|隶属|附属|所属|直属|旗下|下设|部分|支柱|组成|包括|属于|之一|总部|核心|评估",
    re.IGNORECASE,
)
_SUBORDINATE = re.compile(
    r"\b(?:affiliat\w*|subordinate\w*|subsidiar\w*|branch(?:es)? of|division of|department of|under (?:the|its))\b"
    r"|下属|隶属|附属|所属|直属|旗下|下设",
    re.IGNORECASE,
)
_POST = re.compile(
    r"\b(?:president|vice[- ]president|chair(?:man|woman|person)?|director(?:[- ]general)?|secretary(?:[- ]general)?|"
    r"minister|premier|ambassador|dean|head of|officer|rector|governor|commissioner|spokes\w+|appointed)\b"
    r"|主席|院长|主任|部长|大使|会长|理事长|总裁|所长|校长|秘书长|总理|书记|出任|担任|任命",
    re.IGNORECASE,
)
_JOINING = re.compile(
    r"\b(?:members?|membership|join(?:s|ed|ing)?|accede[sd]?)\b|成员|会员|加入", re.I
)
_CREATION = re.compile(
    r"\b(?:found(?:ed|ing|ers?)|co-found\w*|establish\w*|set up|creat\w+|launch\w*|built|inaugurat\w*)\b"
    r"|创办|创建|成立|建立|设立|发起|启动|建成",
    re.IGNORECASE,
)
_SUPPORT = re.compile(
    r"\b(?:support\w*|fund(?:s|ed|ing|er|ers)?|financ\w*|invest\w*|aid|assist\w*|donat\w*|grant\w*|sponsor\w*|"
    r"provid\w*|offer\w*|pay\w*|paid|subsid\w+|contribut\w*|run|runs|operat\w*|patron\w*|patronage|help\w*|back(?:ed|ing)|"
    r"under the auspices|scholarships?|fellowships?|tuition|host\w*|hous\w+|premises|seat|sits|"
    r"participa\w*|takes? part|took part|taking part|archiv\w*|keeps?|kept|serv\w+)\b"
    r"|资助|支持|投资|援助|出资|赞助|提供|捐赠|拨款|帮助|补贴|运营|依托|承办|参与|参加|保存|设在",
    re.IGNORECASE,
)
_HELD = re.compile(
    r"\b(?:held|took place|takes? place|convened|attended|spoke|addressed)\b|举行|召开|举办|出席|致辞",
    re.I,
)

# class -> (words that bear it out, ((words that speak for another class, that class), …))
_CLASSES: Mapping[str, tuple[re.Pattern[str], tuple[tuple[re.Pattern[str], str], ...]]] = {
    "MembershipClaim": (_MEMBERSHIP, ((_POST, "PositionClaim"), (_SUBORDINATE, "StructureClaim"))),
    "StructureClaim": (_STRUCTURE, ((_JOINING, "MembershipClaim"), (_POST, "PositionClaim"))),
    "SupportClaim": (_SUPPORT, ((_CREATION, "CreationClaim"),)),
    "CreationClaim": (_CREATION, ((_JOINING, "MembershipClaim"), (_HELD, "EventClaim"))),
}


def future_word(text: str) -> str | None:
    """Return the first word by which a text puts what it says into the future; None where there is none."""
    found = _FUTURE.search(text)
    return found[0] if found else None


def class_said(cls: str, evidence: str, words: str) -> str | None:
    """Return the class that the evidence of a claim speaks for, where none of its words bears out its own.

    Classes are given by their local names; `words` are those of evidence and context.
    """
    bears_out, others = _CLASSES.get(cls, (None, ()))
    if bears_out is None or bears_out.search(words):
        return None
    return next((other for said, other in others if said.search(evidence)), None)
