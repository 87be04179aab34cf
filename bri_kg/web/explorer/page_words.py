"""The words of the pages, in English and Chinese; those that every face says are in `bri_kg.answers.face_words`."""

from __future__ import annotations

from typing import Final

from bri_kg.answers.face_words import ACCORDING_TO as ACCORDING_TO
from bri_kg.answers.face_words import AHEAD as AHEAD
from bri_kg.answers.face_words import ALSO_SAID as ALSO_SAID
from bri_kg.answers.face_words import AND as AND
from bri_kg.answers.face_words import BASES as BASES
from bri_kg.answers.face_words import COLON as COLON
from bri_kg.answers.face_words import COMPARED as COMPARED
from bri_kg.answers.face_words import COUNTS as COUNTS
from bri_kg.answers.face_words import DENIED as DENIED
from bri_kg.answers.face_words import FACTS as FACTS
from bri_kg.answers.face_words import LEFT_OPEN as LEFT_OPEN
from bri_kg.answers.face_words import NOT_SAID as NOT_SAID
from bri_kg.answers.face_words import NUMBER as NUMBER
from bri_kg.answers.face_words import OPEN_LIST as OPEN_LIST
from bri_kg.answers.face_words import OUTRANKED_BY as OUTRANKED_BY
from bri_kg.answers.face_words import PARAMETERS as PARAMETERS
from bri_kg.answers.face_words import PROPERTIES as PROPERTIES
from bri_kg.answers.face_words import SILENCED as SILENCED
from bri_kg.answers.face_words import STANCES as STANCES
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

SKIP: Final[Both] = ("To the content", "跳到正文")
QUESTIONS: Final[Both] = ("Questions", "问题")
SHAPES: Final[Both] = ("Shapes", "形状")
AS_DATA: Final[Both] = ("As data:", "数据格式：")
CITE_AS: Final[Both] = ("Cite as", "引用")
CLAIM: Final[Both] = ("claim", "主张")
EVIDENCE: Final[Both] = ("passages", "段落")
PASSAGES: Final[Both] = ("Passages", "段落")
CONTEXT: Final[Both] = ("context", "语境")
REASON: Final[Both] = ("editors' reason", "编者理由")
SILENT: Final[Both] = ("silenced: no fact follows", "被搁置：不产生事实")
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
