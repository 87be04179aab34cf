"""A sentence for each constraint component of SHACL, for shapes without a message of their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

# Component: its parameter, whose value takes the place of {0}, and the sentence.
SENTENCES: Final[Mapping[str, tuple[str, str, str]]] = {
    "And": (
        "and",
        "The value does not conform to every shape of sh:and.",
        "该值不符合 sh:and 中的全部形状。",
    ),
    "Class": ("class", "The value is not an instance of {0}.", "该值不是 {0} 的实例。"),
    "Closed": (
        "closed",
        "The shape is closed, and this property is not among those allowed.",
        "该形状是封闭的，此属性不在允许之列。",
    ),
    "Datatype": (
        "datatype",
        "The value is not a well-formed literal of the datatype {0}.",
        "该值不是数据类型 {0} 的合法字面量。",
    ),
    "Disjoint": (
        "disjoint",
        "The value is also a value of {0}, and must not be.",
        "该值同时也是 {0} 的值，这是不允许的。",
    ),
    "Equals": (
        "equals",
        "The values are not the same as those of {0}.",
        "这些值与 {0} 的值不相同。",
    ),
    "HasValue": ("hasValue", "The value {0} is missing.", "缺少值 {0}。"),
    "In": ("in", "The value is not in the list of values allowed.", "该值不在允许的值列表中。"),
    "LanguageIn": (
        "languageIn",
        "The value has none of the languages allowed.",
        "该值不属于任何允许的语言。",
    ),
    "LessThan": (
        "lessThan",
        "The value is not less than every value of {0}.",
        "该值并非小于 {0} 的每个值。",
    ),
    "LessThanOrEquals": (
        "lessThanOrEquals",
        "The value is not less than or equal to every value of {0}.",
        "该值并非小于或等于 {0} 的每个值。",
    ),
    "MaxCount": ("maxCount", "There are more than {0} values.", "值多于 {0} 个。"),
    "MaxExclusive": ("maxExclusive", "The value is not less than {0}.", "该值不小于 {0}。"),
    "MaxInclusive": (
        "maxInclusive",
        "The value is not less than or equal to {0}.",
        "该值不小于或等于 {0}。",
    ),
    "MaxLength": ("maxLength", "The value has more than {0} characters.", "该值超过 {0} 个字符。"),
    "MinCount": ("minCount", "There are fewer than {0} values.", "值少于 {0} 个。"),
    "MinExclusive": ("minExclusive", "The value is not greater than {0}.", "该值不大于 {0}。"),
    "MinInclusive": (
        "minInclusive",
        "The value is not greater than or equal to {0}.",
        "该值不大于或等于 {0}。",
    ),
    "MinLength": ("minLength", "The value has fewer than {0} characters.", "该值少于 {0} 个字符。"),
    "Node": ("node", "The value does not conform to the shape {0}.", "该值不符合形状 {0}。"),
    "NodeKind": ("nodeKind", "The value is not of the node kind {0}.", "该值的节点类型不是 {0}。"),
    "Not": (
        "not",
        "The value conforms to a shape that it must not conform to.",
        "该值符合了不应符合的形状。",
    ),
    "Or": ("or", "The value conforms to no shape of sh:or.", "该值不符合 sh:or 中的任何形状。"),
    "Pattern": ("pattern", "The value does not match the pattern {0}.", "该值与模式 {0} 不匹配。"),
    "QualifiedMaxCount": (
        "qualifiedMaxCount",
        "More than {0} values conform to the qualified shape.",
        "符合限定形状的值多于 {0} 个。",
    ),
    "QualifiedMinCount": (
        "qualifiedMinCount",
        "Fewer than {0} values conform to the qualified shape.",
        "符合限定形状的值少于 {0} 个。",
    ),
    "SPARQL": (
        "sparql",
        "The SPARQL constraint of the shape finds a violation here.",
        "该形状的 SPARQL 约束在此处发现违规。",
    ),
    "UniqueLang": ("uniqueLang", "Two values have the same language.", "有两个值使用同一种语言。"),
    "Xone": (
        "xone",
        "The value does not conform to exactly one shape of sh:xone.",
        "该值并非恰好符合 sh:xone 中的一个形状。",
    ),
}
# Sentences of counts that are not said with the number: by component and count.
BY_COUNT: Final[Mapping[tuple[str, str], tuple[str, str]]] = {
    ("MaxCount", "0"): ("There is a value, and there must be none.", "存在值，而此处不应有值。"),
    ("MaxCount", "1"): ("There is more than one value.", "值多于一个。"),
    ("MaxLength", "0"): ("The value is not empty.", "该值不为空。"),
    ("MaxLength", "1"): ("The value has more than one character.", "该值超过一个字符。"),
    ("MinCount", "1"): ("There is no value, and there must be one.", "缺少值，至少应有一个。"),
    ("MinLength", "0"): (
        "The value is a blank node, which has no length.",
        "该值是空白节点，没有长度。",
    ),
    ("MinLength", "1"): ("The value is empty.", "该值为空。"),
    ("QualifiedMaxCount", "0"): (
        "A value conforms to the qualified shape, and none must.",
        "有值符合限定形状，而不应有这样的值。",
    ),
    ("QualifiedMaxCount", "1"): (
        "More than one value conforms to the qualified shape.",
        "符合限定形状的值多于一个。",
    ),
    ("QualifiedMinCount", "1"): (
        "No value conforms to the qualified shape, and one must.",
        "没有值符合限定形状，至少应有一个。",
    ),
}
OTHER: Final = ("", "The constraint {0} is not met.", "不满足约束 {0}。")
