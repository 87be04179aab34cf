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

SKIP: Final[Both] = ("To the content", "跳到正文")
QUESTIONS: Final[Both] = ("Questions", "问题")
ONTOLOGY: Final[Both] = ("Ontology", "本体")
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
TOO_MUCH: Final[Both] = (
    "So much is said of this that the page shows the first {count} triples; the endpoint has them all.",
    "相关内容过多，本页只列前 {count} 条三元组；查询端点可取得全部。",
)
REFUSALS: Final[dict[int, Both]] = {
    404: ("Not found", "未找到"),
    406: ("Not in that format", "没有该格式"),
    400: ("Cannot be answered", "无法回答"),
}
COLUMNS: Final[Both] = ("columns", "列")
DEFAULT: Final[Both] = ("default", "默认")
REQUIRED: Final[Both] = ("required", "必填")
ANSWER: Final[Both] = ("The answer:", "答案：")
NUMBER_OF_QUESTIONS: Final[Both] = ("{count} stored questions", "共 {count} 个问题")
