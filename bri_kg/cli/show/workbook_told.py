"""What is wrong in a workbook, for people: sheet and cell, what is wrong, what stands there, how to mend it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from bri_kg.checking.workbook_checks import CellFault, Checked
from bri_kg.plain import visible

_LISTED: Final = 6  # cells of one fault
_WORDS: Final = {
    "en": {
        "sheet": "sheet {0}",
        "cell": "cell {0}",
        "cells": "cells {0}",
        "more": " and {0} more",
        "stands": "there: ",
        "rows": "{0} rows of claims checked: {1} ready, {2} need you",
        "new": "{0} new things, {1} new concepts",
        "quoted": "quotations: {0}",
        "other": "cells of other sheets need you too",
        "nothing": "nothing has been changed",
    },
    "zh": {
        "sheet": "工作表“{0}”",
        "cell": "单元格 {0}",
        "cells": "单元格 {0}",
        "more": "，另有 {0} 处",
        "stands": "所填：",
        "rows": "已检查 {0} 行主张：{1} 行可导入，{2} 行需要您处理",
        "new": "新事物 {0} 个，新概念 {1} 个",
        "quoted": "引文：{0}",
        "other": "其他工作表中也有单元格需要您处理",
        "nothing": "未作任何改动",
    },
}
_SEVERITY: Final = {
    "en": {"error": "error", "warning": "warning", "info": "info"},
    "zh": {"error": "错误", "warning": "警告", "info": "提示"},
}
_FIX: Final = {"en": "fix: ", "zh": "建议："}
_VERDICTS: Final = {
    "en": {
        "EXACT": "{0} EXACT", "SEVERAL": "{0} in several places", "NEAR": "{0} NEAR",
        "NOT FOUND": "{0} NOT FOUND", "SOURCE UNAVAILABLE": "{0} SOURCE UNAVAILABLE",
    },
    "zh": {
        "EXACT": "完全一致 {0} 处", "SEVERAL": "多处出现 {0} 处", "NEAR": "近似 {0} 处",
        "NOT FOUND": "未找到 {0} 处", "SOURCE UNAVAILABLE": "无法取得原文 {0} 处",
    },
}  # fmt: skip


def workbook_lines(checked: Checked, lang: str, say: Callable[[str], str]) -> Iterator[str]:
    """Yield what is wrong, thing by thing, then what was checked and what passed."""
    words = _WORDS["zh" if lang == "zh" else "en"]
    book = Path(checked.workbook).name
    for told in checked.problems:
        yield from (visible(line) for line in _told(told, book, lang, say))
    yield words["rows"].format(checked.claims, checked.ready, checked.claims - checked.ready)
    if not checked.is_ready and checked.ready == checked.claims:
        yield words["other"]
    if checked.things or checked.concepts:
        yield words["new"].format(checked.things, checked.concepts)
    if checked.quotations:
        said = _VERDICTS["zh" if lang == "zh" else "en"]
        between = "，" if lang == "zh" else ", "
        counts = (said[name].format(number) for name, number in checked.quotations.items())
        yield words["quoted"].format(between.join(counts))
    yield words["nothing"]


def _told(told: CellFault, book: str, lang: str, say: Callable[[str], str]) -> Iterator[str]:
    chosen = "zh" if lang == "zh" else "en"
    words, between = _WORDS[chosen], "，" if chosen == "zh" else ", "
    listed = ", ".join(told.cells[:_LISTED])
    more = len(told.cells) - _LISTED
    cells = words["cells" if len(told.cells) > 1 else "cell"].format(listed)
    place = [book, words["sheet"].format(told.sheet), *([cells] if told.cells else [])]
    tail = words["more"].format(more) if more > 0 else ""
    finding = told.finding
    mark = f"{_SEVERITY[chosen][finding.severity]}[{finding.code}]"
    colon = "：" if chosen == "zh" else ": "
    first, *rest = say(finding.message).split("\n")
    yield f"{between.join(place)}{tail}{colon}{mark}{colon}{first}"
    yield from (f"  {line}" for line in rest)
    if told.stands and told.stands not in finding.message:
        text = " ".join(told.stands.split())
        yield f"  {words['stands']}{text if len(text) <= 100 else text[:100] + '…'}"
    if finding.fix:
        yield f"  {_FIX[chosen]}{say(finding.fix)}"
