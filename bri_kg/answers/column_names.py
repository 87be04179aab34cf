"""What columns of stored questions are called on the screen."""

from __future__ import annotations

import re
from typing import Final

from bri_kg.answers.face_words import Speaker

# Where English says another word than the column, and Chinese for all; a column of a user's own
# question that is not here is told by its name.
_ENGLISH: Final = {
    "alpha2": "two letters", "alpha3": "three letters", "m49": "M49 code", "sha256": "digest",
    "governs": "is a government", "exists": "exists already", "fileName": "file", "use": "used as",
    "toldElsewhere": "told elsewhere", "numberFactuality": "factuality of the number", "who": "actor",
    "openList": "open list", "perKind": "for each",
    "elsewhere": "told elsewhere", "elsewherePassage": "passage there",
    "begin": "begin", "restated": "restates", "same": "the same",
}  # fmt: skip
_CHINESE: Final = {
    "above": "上级", "actor": "行为者", "address": "网址", "adopted": "已通过", "agent": "施动者",
    "alpha2": "两字母代码", "alpha3": "三字母代码", "amount": "数量原文", "begin": "起点",
    "beneficiary": "受益方", "body": "机构", "carrier": "承担者", "category": "种类",
    "characters": "字符数", "check": "检查", "claim": "说法", "claims": "说法数",
    "class": "类别", "close": "相近者", "cofounder": "共同创立者", "comparator": "比较词",
    "comparison": "比较", "comparisons": "比较数", "context": "上下文", "country": "国家", "deed": "行为",
    "document": "文件",
    "elsewhere": "他处所述", "elsewherePassage": "他处段落", "end": "终点",
    "event": "活动", "exists": "已存在", "facility": "设施", "factuality": "事实性", "fileName": "文件名",
    "first": "第一个", "firstPassage": "第一个段落", "founder": "创立者", "frame": "框架", "further": "再下一个",
    "gap": "未言明", "giver": "给予方", "governs": "是政府", "group": "群体", "holds": "在任", "homepage": "主页",
    "identifier": "标识符", "kind": "种类", "last": "最后", "latitude": "纬度", "licence": "许可",
    "limit": "局限", "longitude": "经度", "m49": "M49 代码", "maker": "创建者", "member": "成员",
    "memberPassage": "成员的段落", "modality": "语气", "name": "名称", "nature": "关系", "number": "数字",
    "numberFactuality": "数字的事实性", "object": "对象", "occasion": "场合", "openList": "清单未完",
    "organization": "组织", "organizer": "主办者", "origin": "来自", "other": "另一个",
    "otherName": "另一名称", "otherPassage": "另一段落", "otherProperty": "另一属性", "outrankedBy": "让位于",
    "part": "部分", "participant": "参加者", "partner": "伙伴", "party": "一方", "passage": "段落",
    "perKind": "每一", "person": "人物", "pillar": "支柱", "place": "地点", "post": "职务",
    "principal": "委托方", "programme": "计划", "property": "属性", "purpose": "目的", "rank": "等级",
    "reason": "理由", "receiver": "接受方", "reference": "参考", "region": "区域", "relation": "关系",
    "restated": "重述", "role": "角色", "same": "相同", "seat": "所在地", "second": "第二个",
    "set": "集合", "sha256": "摘要值", "source": "来源", "sources": "来源数", "speaker": "发言者", "standing": "地位",
    "start": "开始", "subject": "主体", "summary": "摘要", "supportPassage": "支持的段落", "supporter": "支持者",
    "theme": "主题", "thing": "事物", "things": "事物数", "time": "时间", "title": "标题",
    "toldElsewhere": "另处提及", "topic": "主题", "unit": "单位", "use": "用作", "value": "值", "who": "行为者",
    "whole": "整体",
}  # fmt: skip


def column_name(page: Speaker, column: str) -> str:
    """Return what a column is called in the language of the page."""
    if page.lang == "zh" and column in _CHINESE:
        return _CHINESE[column]
    return _ENGLISH.get(column) or re.sub("(?<=[a-z0-9])(?=[A-Z])", " ", column).lower()
