"""The words of the pages, in English and Chinese; those that every face says are in `bri_kg.answers.face_words`."""

from __future__ import annotations

from typing import Final

from bri_kg.answers.face_words import ACCORDING_TO as ACCORDING_TO
from bri_kg.answers.face_words import AND as AND
from bri_kg.answers.face_words import BASES as BASES
from bri_kg.answers.face_words import COLON as COLON
from bri_kg.answers.face_words import COMMA as COMMA
from bri_kg.answers.face_words import DENIED as DENIED
from bri_kg.answers.face_words import FACTS as FACTS
from bri_kg.answers.face_words import HITS as HITS
from bri_kg.answers.face_words import MATCHED as MATCHED
from bri_kg.answers.face_words import NAMES as NAMES
from bri_kg.answers.face_words import NEAREST_SPELLING as NEAREST_SPELLING
from bri_kg.answers.face_words import NOT_SAID as NOT_SAID
from bri_kg.answers.face_words import NOTHING_FOUND as NOTHING_FOUND
from bri_kg.answers.face_words import NUMBER as NUMBER
from bri_kg.answers.face_words import OPEN_LIST as OPEN_LIST
from bri_kg.answers.face_words import PARAMETERS as PARAMETERS
from bri_kg.answers.face_words import PROPERTIES as PROPERTIES
from bri_kg.answers.face_words import SOME_OF_THE_WORDS as SOME_OF_THE_WORDS
from bri_kg.answers.face_words import STATES as STATES
from bri_kg.answers.face_words import TAGS as TAGS
from bri_kg.answers.face_words import THEN as THEN
from bri_kg.answers.face_words import TIME as TIME
from bri_kg.answers.face_words import Both
from bri_kg.answers.face_words import say as say

LANGUAGES: Final = {"en": "English", "zh": "中文"}
FORMS: Final = {"html": "HTML", "ttl": "Turtle", "nt": "N-Triples", "jsonld": "JSON-LD"}
NAME_KINDS: Final[dict[str, Both]] = {
    "preferred": ("name", "名称"),
    "alternative": ("also called", "又称"),
    "printed": ("as printed", "原文写作"),
}

# What other vocabularies leave to those who know RDF.
FOREIGN: Final[dict[str, Both]] = {
    "dcterms:identifier": ("identifier", "标识符"),
    "foaf:homepage": ("home page", "主页"),
    "owl:Axiom": ("note", "附注"),
    "owl:Class": ("class", "类"),
    "owl:Ontology": ("ontology", "本体"),
    "rdf:type": ("is of kind", "属于"),
    "schema:url": ("page", "网页"),
    "skos:Concept": ("concept", "概念"),
    "skos:ConceptScheme": ("vocabulary", "词表"),
    "skos:broader": ("broader", "上位概念"),
    "skos:closeMatch": ("close to", "相近于"),
    "skos:exactMatch": ("the same elsewhere", "他处的同一事物"),
    "skos:inScheme": ("belongs to", "属于"),
    "skos:narrower": ("narrower", "下位概念"),
}

# The pages that every page leads to, by key (`bri_kg.web.explorer.page_addresses`).
PLACES: Final[dict[str, Both]] = {
    "questions": ("Questions", "问题"),
    "disagreements": ("Disagreements", "分歧"),
    "planned": ("Planned", "计划中"),
    "sources": ("Sources", "来源"),
    "reference": ("Reference", "参考"),
    "editor": ("SPARQL", "SPARQL"),
}
START: Final[Both] = (
    "Science and technology along the Belt and Road: who says what",
    "“一带一路”科技合作：谁说了什么",
)
SEARCH: Final[Both] = ("Search", "搜索")
SEARCH_FOR: Final[Both] = ("a name, a topic, a question", "名称、主题或问题")
SEARCH_HOW: Final[Both] = (
    "Type words of a name, a topic or a question, in English or Chinese.",
    "请输入名称、主题或问题中的词语，中英文皆可。",
)
SEARCH_CLAIMS: Final[Both] = (
    "Search what the claims say, in the editors' summaries",
    "在编者所写的说法摘要中搜索",
)
SEARCH_BY_SCRIPT: Final[Both] = (
    "On pages without a server, search needs scripts. The places above list everything.",
    "没有服务器时，搜索需要脚本。上方各栏目列出了全部内容。",
)
SUGGESTED: Final[Both] = ("Suggestions", "搜索建议")
FOUND_NUMBER: Final[Both] = ("{count} found", "共 {count} 项")
COMPARED_OF: Final[Both] = (
    "Where sources differ or agree: {name}",
    "来源何处不同、何处一致：{name}",
)
A_PAGE: Final[Both] = ("page", "页面")
CHOOSE: Final[Both] = (
    "Choose from the list that opens as you type.",
    "请从输入时出现的列表中选择。",
)
OTHER_THINGS: Final[Both] = ("other things", "其他事物")
ALL_OF_KIND: Final[Both] = ("All {count}", "全部 {count} 项")

COPY_OF: Final[Both] = (
    "A copy of {version}. The command “bri-kg serve” shows the same and answers the queries of programs too.",
    "{version} 的静态副本。命令“bri-kg serve”可以查看同样的内容，还能回答程序的查询。",
)
OTHER_ANSWERS: Final[Both] = ("Other answers", "其他答案")
ALL_OTHER_ANSWERS: Final[Both] = ("all other answers to this question", "这个问题的所有其他答案")
OTHER_ANSWERS_HERE: Final[Both] = (
    "This copy holds the answers in which one choice differs and the others are as above. "
    "The commands “bri-kg serve” and “bri-kg ask {name}” answer any.",
    "本副本收有改动其中一项、其余各项如上的答案。其他组合请用命令“bri-kg serve”或“bri-kg ask {name}”查询。",
)
NO_OTHER_ANSWERS: Final[Both] = (
    "This copy holds no other answer. The commands “bri-kg serve” and “bri-kg ask {name}” give them.",
    "本副本未收其他答案，请用命令“bri-kg serve”或“bri-kg ask {name}”查询。",
)
WITH_ANSWER: Final[tuple[Both, Both]] = (
    ("1 other choice with an answer", "另有 1 个选项有答案"),
    ("{count} other choices with an answer", "另有 {count} 个选项有答案"),
)
WITHOUT_ANSWER: Final[tuple[Both, Both]] = (
    ("1 choice without an answer", "1 个选项没有答案"),
    ("{count} choices without an answer", "{count} 个选项没有答案"),
)
NOTHING_SAID_OF: Final[Both] = (
    "No source says anything here, which is no denial, of",
    "就下列各项，没有来源提及（这不等于否认）",
)
SKIP: Final[Both] = ("To the content", "跳到正文")
QUESTIONS: Final[Both] = ("Questions", "问题")
SHAPES: Final[Both] = ("Shapes", "形状")
AS_DATA: Final[Both] = ("As data:", "数据格式：")
CITE_AS: Final[Both] = ("Cite as", "引用")
CLAIM: Final[Both] = ("full claim", "说法详情")
EVIDENCE: Final[Both] = ("passages", "段落")
WORDS_OF: Final[Both] = ("quoted, checked", "原文，已核对")
PUBLISHED: Final[Both] = ("original", "原网页")
SPAN: Final[Both] = (
    "the source’s short name, and its characters from–to",
    "来源的简称，以及所引文字的起止字符位置",
)
CONTEXT: Final[Both] = ("read with", "结合")
REASON: Final[Both] = ("editors' reason", "编者理由")
SILENT: Final[Both] = ("set aside by the editors", "被编者搁置")
FROM: Final[Both] = ("taken from", "出自")
MORE: Final[Both] = ("and {count} more, which stand in the data", "另有 {count} 条，见数据")
NO_PAGE: Final[Both] = ("This cannot be shown", "无法显示")
NOT_FOUND: Final[Both] = ("Not found", "未找到")
NOTHING_KNOWN: Final[Both] = ("Nothing is known here of", "此处没有关于下列名称的内容：")
DID_YOU_MEAN: Final[Both] = ("Did you mean", "您是否要找")
COLUMNS: Final[Both] = ("columns", "列")
DEFAULT: Final[Both] = ("default", "默认")
REQUIRED: Final[Both] = ("required", "必填")
ANSWER: Final[Both] = ("The answer:", "答案：")
NUMBER_OF_QUESTIONS: Final[Both] = ("{count} stored questions", "共 {count} 个问题")

# Beside drawings.
AS_TABLE: Final[Both] = ("The same as a table", "以表格显示")
NUMBERED: Final[Both] = ("no.", "编号")
THING: Final[Both] = ("thing", "事物")
LINKS: Final[Both] = ("links", "链接数")
LINKED_WITH: Final[Both] = ("linked with", "链接到")
# The page of a thing.
COUNTS: Final[Both] = ("Numbers, as stated", "数量（按原文所述）")
ALSO_SAID: Final[Both] = ("Also said", "其他说法")
AHEAD: Final[Both] = (
    "Planned, promised, hoped for or called off: in nothing above",
    "计划、承诺、期望或已取消：未计入以上内容",
)
SILENCED: Final[Both] = ("Set aside by the editors", "被编者搁置的说法")
LEFT_OPEN: Final[Both] = ("What the sources do not say", "来源没有说明的事")
COMPARED: Final[Both] = ("Compared with other accounts", "与其他说法比较")
STANCES: Final[dict[str, Both]] = {
    "contradicts": ("contradiction", "矛盾"),
    "differs": ("told otherwise", "说法不同"),
    "agrees": ("they agree", "说法一致"),
    "related": ("no conflict", "并无冲突"),
}
TELLINGS: Final[dict[str, Both]] = {
    "contradicts": ("the tellings contradict each other", "各处说法互相矛盾"),
    "differs": ("the tellings differ", "各处说法不同"),
}
GAP: Final[Both] = ("not said: {text}", "未说明：{text}")
BRACKETED: Final[Both] = ("({text})", "（{text}）")
CLAIM_WORD: Final[Both] = ("claim", "说法（术语为“主张”）")
MEANINGS: Final[Both] = ("What the words on this page mean", "本页用语说明")
A_PERIOD: Final[Both] = (
    "The text names a period, not a date within it.",
    "原文只给出时段，没有给出其中的具体日期。",
)
ON_PAGE: Final[Both] = ("On this page", "本页内容")
ON_PAGES: Final[Both] = ("The pages of this list", "此列表的各页")
ELSEWHERE: Final[Both] = ("another site", "外部网站")
NAMING: Final[Both] = ("Claims that name it", "提及它的说法")
ITSELF: Final[Both] = ("The claim", "这条说法")
SAYS_IT: Final[Both] = ("Where it is said", "出处")
CARRIES: Final[Both] = ("Where its date, speaker or heading stands", "日期、发言人或标题的出处")
BY_PART: Final[Both] = ("Part by part", "各组成部分")
RANK: Final[Both] = ("rank", "等级")
OUTRANKS: Final[Both] = (
    "The editors put it before another claim, from which no fact follows",
    "编者以此为准，另一条说法不产生事实",
)
OUTRANKED_BY: Final[Both] = (
    "The editors put another claim before it, so that no fact follows from this one",
    "编者以另一条说法为准，此条不产生事实",
)
A_PASSAGE: Final[Both] = ("passage", "段落")
FOLLOWS: Final[Both] = ("Facts that follow", "由此得出的事实")
NO_FACT_AHEAD: Final[Both] = (
    "None: it tells of something planned, hoped for or called off, not of something done.",
    "无：所述之事只是计划、期望或已取消，并未实现。",
)
NO_FACT_LIVE: Final[Both] = (
    "None: a bare fact cannot carry what it says, such as “more than”.",
    "无：其内容（如“超过”）无法以单条事实表达。",
)
NO_FACT_SILENCED: Final[Both] = ("None: it is set aside.", "无：该说法已被搁置。")
SIDES: Final[Both] = ("The claims compared", "所比较的说法")
CAN_DIFFER: Final[Both] = (
    "Unless it says that they exclude each other, all of these may hold.",
    "除注明互相排斥者外，各种说法可以同时成立。",
)
MORE_THERE: Final[Both] = ("further claims: {count}", "另有 {count} 条说法")
ALL_TOLD: Final[Both] = ("all {count}", "全部 {count} 个")
MORE_BELOW: Final[Both] = ("{count} more below", "另有 {count} 种，见下文")
QUOTED: Final[Both] = ("“{text}”", "“{text}”")
LEFT: Final[Both] = ("{left} more of {count}", "余下 {left} 条，共 {count} 条")
SHOWN: Final[Both] = ("{begin} to {end} of {count}", "第 {begin} 至 {end} 条，共 {count} 条")
BACK: Final[Both] = ("Back to the whole page", "返回整页")
NEXT: Final[Both] = ("The next of {count} more", "下一页（尚余 {count} 条）")
SHORT_AHEAD: Final[Both] = ("Planned or hoped for", "计划或期望")
SHORT_OPEN: Final[Both] = ("Not said", "未说明")
SHORT_COMPARED: Final[Both] = ("Compared", "比较")
SHORT_MEANINGS: Final[Both] = ("Words used", "用语")
SHORT_SILENCED: Final[Both] = ("Set aside", "被搁置")
NETWORK: Final[Both] = ("Neighbours", "相邻事物")
DATA: Final[Both] = ("Data and citation", "数据与引用")
FILES: Final[Both] = ("as data", "数据文件")
QUERY: Final[Both] = ("the query that gives these facts", "给出这些事实的查询")
RUN: Final[Both] = ("open in the editor", "在编辑器中打开")
CITATION: Final[Both] = (
    "“{name}”, bri-kg {version}, release {release}.",
    "“{name}”，bri-kg {version}，发布版 {release}。",
)
RESTS_ON: Final[Both] = ("rests on", "所据来源")
PERMALINK: Final[Both] = ("permanent link", "固定链接")

# Of questions.
ASK_IT: Final[Both] = ("Ask this question", "提出此问题")
ASK: Final[Both] = ("Ask", "提问")
CHANGE: Final[Both] = ("Change the question", "更改问题")
SUCH_AS: Final[Both] = ("for example: ", "例如：")
QUESTIONS_LEAD: Final[Both] = (
    "Each is answered from the sources, with the passages that say so. What stands as an example can be changed.",
    "每个问题都依据来源作答，并附出处段落。所举之例可以更改。",
)
BY_SUBJECT: Final[Both] = ("By subject", "按主题")
MORE_ABOUT: Final[Both] = ("What the answer holds", "答案说明")
SHOWN_AS: Final[Both] = ("Shown as", "显示方式")
VIEWS: Final[dict[str, Both]] = {
    "answers": ("Answers", "答案"),
    "table": ("Table", "表格"),
    "network": ("Network", "网络图"),
    "map": ("Map", "地图"),
    "times": ("Timeline", "时间线"),
}
HOW_FAR: Final[Both] = ("how far it has come about", "实现程度")
PAGES: Final[Both] = ("Pages", "分页")
PAGE_OF: Final[Both] = ("page {n} of {last}", "第 {n} 页，共 {last} 页")
PREVIOUS_PAGE: Final[Both] = ("Previous", "上一页")
NEXT_PAGE: Final[Both] = ("Next", "下一页")
TAKE: Final[Both] = ("Take it with you", "取用")
COPY: Final[Both] = ("Copy", "复制")
COPIED: Final[Both] = ("Copied", "已复制")
SEE_ALSO: Final[Both] = ("See also", "另见")
WHAT_IS_KNOWN: Final[Both] = ("What is known of {name}", "关于{name}的已知内容")
ASK_DEFAULT: Final[Both] = ("The same question as it stands by itself", "按默认设置提出同一问题")
NETWORK_WHOLE: Final[Both] = ("all neighbours, as a drawing and as a table", "全部相邻事物：图与表")
AS_TERM: Final[Both] = ("As a term", "作为术语")
OTHERS: Final[Both] = ("{count} others", "另外 {count} 个")
