"""The words of the SPARQL editor, in English and Chinese."""

from __future__ import annotations

from typing import Final

from bri_kg.answers.face_words import COMMA, QUESTIONS, ROWS, Both, Number

TITLE: Final[Both] = ("Ask in SPARQL", "用 SPARQL 查询")
INTRODUCTION: Final[Both] = (
    "Take one of the stored questions and change it, or write a query of your own. Nothing is changed by it.",
    "可选一个预存的问题再修改，也可自己写查询。查询不会改动任何数据。",
)
QUERY: Final[Both] = ("Query", "查询")
RUN: Final[Both] = ("Run", "运行")
STOP: Final[Both] = ("Stop", "停止")
LINK: Final[Both] = ("Link to this query", "此查询的链接")
KEYS: Final[Both] = (
    "Ctrl+Enter (⌘+Enter) runs it. Ctrl+Space or Alt+Space proposes names, by words of their labels too. "
    "Tab leaves the editor, Esc too.",
    "Ctrl+Enter（⌘+Enter）运行。Ctrl+空格或 Alt+空格列出可用的名称，也可按标签中的词查找。按 Tab 或 Esc 离开编辑框。",
)
EXAMPLES: Final[Both] = ("Questions as examples", "以问题为例")
FIND: Final[Both] = ("Find among them", "查找问题")
ANSWER: Final[Both] = ("Answer", "答案")
NO_SCRIPT: Final[Both] = (
    "Without scripts, the answer comes as the file that your browser likes best.",
    "未启用脚本时，答案以浏览器优先接受的文件格式给出。",
)
NEEDS_SCRIPT: Final[Both] = (
    "This copy has no server: the query is answered in your browser, which needs scripts.",
    "此副本没有服务器：查询由浏览器回答，因此需要启用脚本。",
)
ANSWERED_HERE: Final[Both] = (
    "This copy has no server: your browser answers the query itself. For the first one it reads {size} MB.",
    "此副本没有服务器：查询由您的浏览器自己回答。首次查询时读取 {size} MB。",
)
LEFT_OUT: Final[Both] = (
    "This copy has more than {most} triples, too many for a browser to answer queries: start bri-kg serve for that.",
    "此副本的三元组超过 {most} 个，浏览器无法承担查询：请运行 bri-kg serve。",
)

IN_BROWSER: Final[dict[str, Both]] = {
    "answer": ANSWER,
    "comma": COMMA,
    "emptyGraph": (
        "FROM may name a graph that is not here: in this copy, such a graph is empty",
        "FROM 可能指定了此处没有的图：在此副本中，这样的图是空的",
    ),
    "failed": ("No answer", "没有答案"),
    "firstRows": (
        "The first {count} of {total} rows; the files hold them all.",
        "前 {count} 行，共 {total} 行；文件中有全部行。",
    ),
    "line": ("line {line}", "第 {line} 行"),
    "lineAndColumn": ("line {line}, column {column}", "第 {line} 行第 {column} 列"),
    "loading": ("The data are being read …", "正在读取数据……"),
    "moreRows": ("{count} more rows", "再显示 {count} 行"),
    "names": ("Names that fit", "可用的名称"),
    "no": ("No", "否"),
    "noSpace": (
        "the browser cannot go on: the query needs more memory than there is, or is nested too deeply",
        "浏览器无法继续：查询所需内存过多，或嵌套过深",
    ),
    "noService": ("nothing is fetched from elsewhere: SERVICE is refused", "不从别处取数据：不接受 SERVICE"),
    "nothing": ("Nothing in the graph fits the query.", "图谱中没有符合查询的内容。"),
    "onlyReads": ("nothing is changed here: send a query", "此处不改动数据：请写查询"),
    "running": ("Running …", "正在运行……"),
    "seconds": ("{count} s", "{count} 秒"),
    "stopped": ("Stopped", "已停止"),
    "unread": ("a file of this copy is missing", "此副本缺少文件"),
    "unreadable": ("the query cannot be read", "无法读懂此查询"),
    "unreachable": ("the server cannot be reached", "无法连接服务器"),
    "yes": ("Yes", "是"),
}  # fmt: skip
"""What the scripts say."""
COUNTED: Final[dict[str, Number]] = {"rows": ROWS, "questions": QUESTIONS}
