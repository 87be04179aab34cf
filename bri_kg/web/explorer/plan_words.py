"""The words of the digest of what is only planned."""

from __future__ import annotations

from typing import Final

from bri_kg.answers.face_words import Both, Number

TELL: Final[Number] = (
    ("told by 1 claim", "出自 1 条说法"),
    ("told by {count} claims", "出自 {count} 条说法"),
)
THINGS: Final[Number] = (
    ("1 thing is only planned, promised or hoped for", "只是计划、承诺或希望的事共 1 件"),
    (
        "{count} things are only planned, promised or hoped for",
        "只是计划、承诺或希望的事共 {count} 件",
    ),
)
DATED: Final[Number] = (
    ("1 says when", "其中 1 件说明了时间"),
    ("{count} say when", "其中 {count} 件说明了时间"),
)
NONE_DATED: Final[Both] = ("none says when", "均未说明时间")
FIRM: Final[Both] = ("Pledges and targets", "承诺与目标")
BY_WHOM: Final[Both] = ("by whom", "由谁")
NOT_SAID: Final[Both] = ("not said", "未说明")
SAID_BY_SOURCES: Final[Both] = ("the sources themselves", "来源本身")
BY_WHEN: Final[Both] = ("by when", "何时完成")
SAID_BY: Final[Both] = ("said by", "谁说的")
INFERRED: Final[Both] = ("inferred by the editors", "编者推断")
STOP: Final[Both] = (".", "。")
ADDING: Final[Number] = (
    (
        "1 claim only adds a number, kind, name or whole; if its passage tells nothing else, it stands here",
        "1 条说法只补充数目、类别、名称或归属；若其出处别无他事，则列于此",
    ),
    (
        "{count} claims only add a number, kind, name or whole; those whose passages tell nothing else stand here",
        "{count} 条说法只补充数目、类别、名称或归属；其出处别无他事者列于此",
    ),
)
