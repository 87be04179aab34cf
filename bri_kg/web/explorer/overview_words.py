"""The words of the pages that tell of the whole graph: start, disagreements, plans, sources, reference."""

from __future__ import annotations

from typing import Final

from bri_kg.answers.face_words import STATES as STATES
from bri_kg.answers.face_words import Both, Number
from bri_kg.web.explorer.copy_words import REST_OF_LIST as REST_OF_LIST

GAP: Final[Both] = (" ", "")  # between sentences
SOURCES_APART: Final[Both] = ("; ", "、")

# The start page.
WHAT: Final[tuple[Both, ...]] = (
    (
        "What a few documents say about cooperation in science and technology under the Belt and Road Initiative.",
        "若干文献关于“一带一路”科技合作的说法。",
    ),
    (
        "Each statement leads to its passage; plans stand apart from deeds.",
        "每条说法都指向出处段落；只是计划的事，与已经做成的事分开。",
    ),
    (
        "Where documents differ, their versions stand side by side.",
        "文献说法不同之处，各种说法并列呈现。",
    ),
)
LOOK_UP: Final[Both] = ("Look something up", "查找")
ONE_FACT: Final[Both] = ("An example: one fact, and what it rests on", "示例：一条事实及其依据")
SAID_BY: Final[Number] = (
    ("One source says it", "有 1 个来源这样说"),
    ("{count} sources say it", "有 {count} 个来源这样说"),
)
TOLD_OTHERWISE: Final[Both] = ("Told otherwise elsewhere", "他处说法不同")
ALL_OF_IT: Final[Both] = ("All that is said of {name}", "关于{name}的全部说法")
TOPICS: Final[Both] = ("Questions by topic", "按主题提问")
ALL_QUESTIONS: Final[Both] = ("All {count} questions", "全部 {count} 个问题")
NUMBERS: Final[Both] = ("What is in it", "图谱规模")
IN_NUMBERS: Final[dict[str, tuple[Both, str]]] = {
    "claims": (("statements", "条说法"), ""),
    "ahead": (("of them only planned", "条只是计划"), "planned"),
    "passages": (("passages", "个段落"), ""),
    "sources": (("documents", "份文献"), "sources"),
    "comparisons": (("comparisons", "项比较"), "disagreements"),
}
RELEASE: Final[Both] = ("Release", "版本")
WAY_TO: Final[dict[str, Both]] = {
    "questions": (
        "Ready-made questions with their answers, such as who founded an organization",
        "现成的问题与答案，例如谁创立了某机构",
    ),
    "disagreements": (
        "On what the documents differ or agree, and what is easily confused",
        "各文献有何分歧、何处一致、何处容易混淆",
    ),
    "planned": (
        "What is only planned, promised or hoped for, and what has since come about",
        "只是计划、承诺或希望的事，以及后来已实现的事",
    ),
    "sources": (
        "The documents, passage by passage",
        "各文献，逐段列出",
    ),
}
NO_CLAIMS: Final[Both] = (
    "The data served here holds no claims: pages of things show what it says.",
    "此处的数据不含任何说法；各事物的页面显示数据内容。",
)

# Tags of questions.
TOPIC_NAMES: Final[dict[str, Both]] = {
    "absence": ("what is not said", "未言明之处"),
    "actor": ("who is who", "人物与机构"),
    "cooperation": ("cooperation", "合作"),
    "count": ("numbers", "数量"),
    "creation": ("what was founded and built", "创建与建设"),
    "disagreement": ("where sources differ", "来源分歧"),
    "place": ("places", "地点"),
    "plan": ("what is planned", "计划"),
    "source": ("the sources", "来源"),
    "statement": ("aims, effects and statements", "目的、作用与表态"),
    "theme": ("topics", "主题"),
    "time": ("time", "时间"),
}

OTHER_TOPICS: Final[Both] = ("other questions", "其他问题")

# Long lists.
PART: Final[Both] = ("Page {number} of {last}", "第 {number} 页，共 {last} 页")
BEFORE: Final[Both] = ("Previous", "上一页")
NEXT: Final[Both] = ("Next", "下一页")

# Disagreements.
DISAGREEMENTS: Final[Both] = ("Where sources differ", "来源之间的分歧")
COMPARED: Final[Number] = (
    (
        "Wherever the sources speak of the same thing, what they say was compared: 1 comparison.",
        "凡来源谈及同一事物，均加以对照：共 1 项比较。",
    ),
    (
        "Wherever the sources speak of the same thing, what they say was compared: {count} comparisons.",
        "凡来源谈及同一事物，均加以对照：共 {count} 项比较。",
    ),
)
IN_SHORT_OF: Final[dict[str, Number]] = {
    "contradicts": (
        ("One pair contradicts each other.", "其中 1 项互相矛盾。"),
        ("{count} contradict each other.", "其中 {count} 项互相矛盾。"),
    ),
    "differs": (
        ("In one they differ, though both may be right.", "1 项说法不同，而都可能成立。"),
        ("In {count} they differ, though each may be right.", "{count} 项说法不同，而都可能成立。"),
    ),
    "stages": (
        (
            "In one, one side tells what exists and the other what is aimed at.",
            "1 项中一方所述已存在，另一方所述为目标或计划。",
        ),
        (
            "In {count}, one side tells what exists and the other what is aimed at.",
            "{count} 项中一方所述已存在，另一方所述为目标或计划。",
        ),
    ),
    "agrees": (
        ("In one they agree.", "1 项说法一致。"),
        ("In {count} they agree.", "{count} 项说法一致。"),
    ),
    "related": (
        ("One is of names or figures that fit together.", "1 项只是名称或数字彼此相容。"),
        (
            "{count} are of names or figures that fit together.",
            "{count} 项只是名称或数字彼此相容。",
        ),
    ),
    "confusable": (
        ("One is only easily confused, and no disagreement.", "1 项只是容易混淆，并非分歧。"),
        (
            "{count} are only easily confused, and no disagreement.",
            "{count} 项只是容易混淆，并非分歧。",
        ),
    ),
}
GROUPS: Final[dict[str, tuple[Both, Both]]] = {
    "contradicts": (
        ("Contradictions", "矛盾"),
        ("Both cannot hold.", "两种说法不能同时成立。"),
    ),
    "differs": (
        ("They differ", "说法不同"),
        (
            "They tell of one thing in different ways, and each may be right.",
            "对同一事物说法不同，而各自都可能成立。",
        ),
    ),
    "stages": (
        ("What exists, and what is aimed at", "已存在的与尚为目标的"),
        (
            "One side tells what exists, the other what is planned or aimed at; both may be right.",
            "一方所述已存在，另一方所述为计划或目标；二者都可能成立。",
        ),
    ),
    "agrees": (
        ("They agree", "说法一致"),
        ("Two tellings or more say the same.", "两处以上说法相同。"),
    ),
    "related": (
        ("They fit together", "彼此相容"),
        (
            "No disagreement: figures of which each allows the other, and other names for the same thing.",
            "并非分歧：彼此相容的数字，以及同一事物的不同名称。",
        ),
    ),
    "confusable": (
        ("Easily confused, not a disagreement", "容易混淆，并非分歧"),
        (
            "These speak of different things that a reader could take for one.",
            "所说的是不同的事物，而读者可能误以为同一。",
        ),
    ),
}
PARTS_OF_IT: Final[Number] = (
    (
        "This is the whole story; 1 more comparison is of a part of it",
        "以上为整体；另有 1 项比较其中一部分",
    ),
    (
        "This is the whole story; {count} more comparisons are of parts of it",
        "以上为整体；另有 {count} 项比较其中各部分",
    ),
)
NO_CONTRADICTION: Final[Both] = (
    "No two sources contradict each other.",
    "没有互相矛盾的说法。",
)
AT_A_GLANCE: Final[Both] = ("On what they differ", "分歧何在")
ON_ONE_EACH: Final[Both] = ("Other things", "其他")
EACH_IN_TURN: Final[Both] = ("What each says", "各方怎么说")
BY_NATURE: Final[Both] = ("By the kind of difference", "按差异的种类")
BY_NATURE_HINT: Final[Both] = (
    "Each leads to all comparisons of that kind, side by side; one comparison may be of two kinds.",
    "各链接列出该类全部比较，并列对照；一项比较可属两类。",
)
SIDE_BY_SIDE: Final[Both] = ("All of these side by side", "全部并列对照")
SIDES: Final[Both] = ("Side by side, with the passages", "并列对照，附段落")
ODD: Final[Both] = (
    "≠ marks what sides tell differently; of more than two, only what is told otherwise than by most.",
    "≠ 标示各方不同的说法；多于两方时，只标示与多数不同者。",
)
SIDE: Final[Both] = ("{letter} of {count}", "{letter}，共 {count} 方")
NATURE: Final[Both] = ("Kind of difference", "差异的种类")
EVERY_NATURE: Final[Both] = ("every kind", "所有种类")
ABOUT: Final[Both] = ("About", "关于")
ABOUT_HINT: Final[Both] = ("a name", "名称")
SHOW: Final[Both] = ("Show", "显示")
FILTERED: Final[Number] = (("1 comparison", "1 项比较"), ("{count} comparisons", "{count} 项比较"))
NONE_FOUND: Final[Both] = ("No comparison is of that kind.", "没有这样的比较。")
NO_COMPARISONS: Final[Both] = (
    "No claims are compared in the data served here.",
    "此处的数据中没有对说法的比较。",
)
SILENT_SOURCES: Final[Both] = (
    "Silent (which is no denial)",
    "未提及（沉默不等于否认）",
)
ELSEWHERE: Final[Both] = (
    "Speak of it, but tell nothing of what is compared here",
    "提到此事物，但未涉及此处所比较的内容",
)
OTHER_HERE: Final[Both] = ("told otherwise here", "此处说法不同")
ALL_OTHERS: Final[Both] = ("and {count} more", "另有 {count} 个")

# Plans.
PLANNED: Final[Both] = ("What is only planned", "只是计划的事")
PLAN_GROUPS: Final[dict[str, Both]] = {
    "planned": ("To be set up or done", "拟设立或开展"),
    "intended": ("Intended, in general words", "笼统的意向"),
    "hoped": ("Only hoped for, foreseen or called for", "只是希望、展望或呼吁"),
    "cancelled": ("Called off", "已取消"),
}
SINCE_GROUP: Final[Both] = (
    "Planned by one source, come about by another",
    "一处说是计划，另一处说已实现",
)
ON_THIS_PAGE: Final[Both] = (
    "This is part {number} of {last}.",
    "本页为第 {number} 部分，共 {last} 部分。",
)
PASSAGE: Final[Both] = ("passage", "出处")
PLAN_FOLDS: Final[dict[str, Both]] = {
    "intended": (
        "What somebody says they will do or are willing to do",
        "有人表示将要或愿意去做的事",
    ),
    "hoped": (
        "What somebody hopes for, foresees or calls for, with no promise to do it",
        "有人希望、展望或呼吁，而未承诺去做的事",
    ),
}
NO_PLANS: Final[Both] = (
    "The data served here tells of nothing that is planned.",
    "此处的数据没有提到任何计划中的事。",
)
WHO_SAYS: Final[Both] = ("who says it", "谁说的")
SOURCE_ITSELF: Final[Both] = ("the source itself", "来源本身")
NAMES_NOBODY: Final[Both] = ("the source itself, which names nobody", "来源本身，未指明何人")
WHO_DOES: Final[Both] = ("who is to do it", "由谁去做")
NOT_SAID_WHO: Final[Both] = ("the source does not say", "来源未言明")
BY_WHEN: Final[Both] = ("by when", "何时完成")
NOT_SAID_WHEN: Final[Both] = ("the source does not say when", "来源未说明时间")
NO_TIME: Final[Both] = ("no time is given", "没有给出时间")
SINCE: Final[Both] = ("since come about", "后来已实现")
AS_COMPARED: Final[Both] = ("as compared in", "见比较")
CLAIMS_OF: Final[Number] = (("1 claim", "1 条说法"), ("{count} claims", "{count} 条说法"))

# Sources.
SOURCES: Final[Both] = ("The documents", "文献")
SOURCES_INTRO: Final[Both] = (
    "Everything here is taken from these documents. Their texts are not in the graph: a passage is named by where it "
    "begins and ends, with a digest by which whoever holds the text can check it.",
    "此处的一切都出自这些文献。图谱不含其正文：段落以起止位置标示，并附摘要值，持有文本的人可据以核对。",
)
NO_SOURCES: Final[Both] = (
    "The data served here describes no source.",
    "此处的数据没有描述任何来源。",
)
CREATOR, PUBLISHER = ("author", "作者"), ("publisher", "发布者")
DATE: Final[Both] = ("date", "日期")
NONE_KNOWN: Final[Both] = ("none known", "未知")
NOT_PRINTED: Final[Both] = ("it does not say", "文献未注明")
ADDRESS: Final[Both] = ("where it can be read", "可阅读之处")
NO_ADDRESS: Final[Both] = ("no public page is known", "没有已知的公开网页")
IN_GRAPH: Final[Both] = ("in the graph", "图谱所收")
PASSAGES_OF: Final[Number] = (("1 passage", "1 个段落"), ("{count} passages", "{count} 个段落"))
COMMA_OF: Final[Both] = ("{passages}, {claims}", "{passages}，{claims}")
TEXT_PART: Final[Both] = ("Part {number} of {last}", "第 {number} 部分，共 {last} 部分")
PASSAGE_NUMBER: Final[Both] = ("Passage {number}", "第 {number} 段")
NOT_NAMED: Final[Both] = ("not named", "未指明")
TEXT: Final[Both] = ("the text", "文本")
CHARACTERS: Final[Both] = ("{count} characters", "{count} 个字符")
LANGUAGE: Final[Both] = ("language", "语言")
TITLE: Final[Both] = ("title", "标题")
NO_TITLE: Final[Both] = ("none is printed", "未印标题")
SAID_OF_IT: Final[Both] = ("What is said of the document", "关于该文献")
IN_ORDER: Final[Both] = ("Passages, in the order of the text", "段落（按文本顺序）")
ALL_PASSAGES: Final[Both] = ("All {count} passages", "全部 {count} 个段落")
NO_CLAIM_OF_IT: Final[Both] = ("Nothing is taken from it", "未从中摘取说法")
GIVES_CONTEXT: Final[Number] = (
    ("gives a date, speaker or heading to 1 claim", "为 1 条说法提供日期、发言人或标题"),
    (
        "gives a date, speaker or heading to {count} claims",
        "为 {count} 条说法提供日期、发言人或标题",
    ),
)
NO_PASSAGES_HERE: Final[Both] = (
    "No passage begins in this part of the text.",
    "文本的这一部分没有段落。",
)
LEFT_OUT: Final[Both] = ("What was left out, and why", "略去的内容及原因")
LEFT_OUT_INTRO: Final[Both] = (
    "Nothing is taken from these passages, for the reason given.",
    "未从以下段落摘取说法，理由见各段。",
)
NOTHING_LEFT_OUT: Final[Both] = (
    "The graph names no passage that was left out.",
    "图谱没有标出略去的段落。",
)
LEAVES_OPEN: Final[Both] = ("What it does not say", "它没有说明的事")
LEAVES_OPEN_INTRO: Final[Both] = (
    "What the text could have told and does not, and of how many claims.",
    "文本本可说明而没有说明的事，以及所涉说法的条数。",
)

# The reference.
REFERENCE: Final[Both] = ("Reference", "参考")
REFERENCE_INTRO: Final[Both] = (
    "What the data is written with, and what it must look like: for whoever queries it, reuses the ontology or "
    "adds documents.",
    "数据所用的术语与应有的形式：供查询数据、重用本体或增补文献的人参考。",
)
MODULES: Final[Both] = ("The ontology, module by module", "本体（按模块）")
TERMS_OF: Final[Number] = (("1 term", "1 个术语"), ("{count} terms", "{count} 个术语"))
CONCEPTS_OF: Final[Number] = (("1 concept", "1 个概念"), ("{count} concepts", "{count} 个概念"))
VOCABULARIES: Final[Both] = ("Vocabularies", "词表")
WHAT_DATA_LOOKS_LIKE: Final[Both] = ("What data must look like", "数据应有的形式")
SHAPES_PAGE: Final[Both] = (
    "Shapes: what is asked of data, class by class, in the words of their messages",
    "形状：按类列出对数据的要求（以其消息的措辞）",
)
SHAPES_TITLE: Final[Both] = ("Shapes", "形状")
CHECKS_PAGE: Final[Both] = (
    "Checks: queries that must find nothing, and how to mend what they find",
    "检查：不应有结果的查询，以及如何修正所发现的问题",
)
CHECKS: Final[Both] = ("Checks", "检查")
RULES_PAGE: Final[Both] = (
    "Rules: how plain facts follow from claims",
    "规则：简明的事实如何从说法得出",
)
RULES: Final[Both] = ("Rules of facts", "事实规则")
RULES_INTRO: Final[Both] = (
    "Each rule is a query: of live claims of one class it gives plain facts that say no more than the claims do. "
    "What is planned, denied or silenced gives none.",
    "每条规则都是一个查询：从某类有效说法得出简明的事实，所言不多于说法。计划中、被否认或被搁置的不产生事实。",
)
QUESTIONS_PAGE: Final[Both] = (
    "Stored questions, with parameters and answers",
    "存储的问题，含参数与答案",
)
WHOLE_ONTOLOGY: Final[Both] = ("The whole ontology:", "完整本体：")
VERSION: Final[Both] = ("Version {version}", "版本 {version}")
ROOMS: Final[dict[str, Both]] = {
    "claims": ("of claims", "说法"),
    "facts": ("of facts", "事实"),
    "ontology": ("of ontologies", "本体"),
    "candidates": ("pairs to compare", "有待比较的说法"),
}
MEND: Final[Both] = ("to mend it", "修正方法")
KINDS: Final[dict[str, Both]] = {
    "Class": ("class", "类"),
    "ObjectProperty": ("property between things", "事物间的属性"),
    "DatatypeProperty": ("property with a literal value", "取字面值的属性"),
    "AnnotationProperty": ("annotation", "注释属性"),
}
DEPRECATED: Final[Both] = ("deprecated", "已弃用")
EXAMPLE: Final[Both] = ("example", "示例")
RETIRED: Final[Both] = ("no longer used; instead:", "已停用；现用：")
SEVERITIES: Final[dict[str, Both]] = {
    "Violation": ("must", "必须"),
    "Warning": ("should", "应当"),
    "Info": ("may", "可以"),
}
MORE_THERE: Final[Both] = (
    "{count} more (concepts, vocabularies, modules) stand in the reference",
    "另有 {count} 项（概念、词表、模块）见参考",
)
IN_SHORT: Final[Both] = (
    "Each term with its page; definitions stand there and in the reference.",
    "各术语及其页面；定义见其页面与参考。",
)
