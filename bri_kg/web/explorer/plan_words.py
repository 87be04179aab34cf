"""The words of the digest of what is only planned."""

from __future__ import annotations

from typing import Final

from bri_kg.answers.face_words import Both, Number

TELL: Final[Number] = (
    ("1 claim tells of", "共 1 条说法，涉及 "),
    ("{count} claims tell of", "共 {count} 条说法，涉及 "),
)
THINGS: Final[Number] = (
    ("1 thing as planned, promised or hoped for", "1 件计划、承诺或希望中的事"),
    ("{count} things as planned, promised or hoped for", "{count} 件计划、承诺或希望中的事"),
)
LEFT_OUT: Final[Number] = (
    (
        "The other claim only adds a number, kind, name or whole.",
        "其余 1 条只补充其数目、类别、名称或归属。",
    ),
    (
        "The other {count} claims only add a number, kind, name or whole.",
        "其余 {count} 条只补充其数目、类别、名称或归属。",
    ),
)
FEW_DATED: Final[Both] = (
    "Only {dated} of the {count} say when.",
    "{count} 件中只有 {dated} 件说明了时间。",
)
ONE_DATED: Final[Both] = (
    "Only 1 of the {count} says when.",
    "{count} 件中只有 1 件说明了时间。",
)
MANY_DATED: Final[Both] = (
    "{dated} of the {count} say when.",
    "{count} 件中有 {dated} 件说明了时间。",
)
NONE_DATED: Final[Both] = ("None of the {count} says when.", "{count} 件均未说明时间。")
FIRM: Final[Both] = ("Pledges and targets", "承诺与目标")
BY_WHOM: Final[Both] = ("by whom", "由谁")
NOT_SAID_BY_WHOM: Final[Both] = ("it is not said by whom", "未说明由谁")
BY_WHEN: Final[Both] = ("by when", "何时完成")
NOT_SAID_WHEN: Final[Both] = ("it is not said by when", "未说明何时")
SAID_BY: Final[Both] = ("said by", "谁说的")
INFERRED: Final[Both] = ("inferred by the editors", "编者推断")
THE_REST: Final[Both] = ("Below:", "下文：")
STOP: Final[Both] = (".", "。")
SO_MANY: Final[Both] = ("{count} {sort}", "{sort} {count}")
EACH: Final[Both] = ("each in full", "逐项详情")
