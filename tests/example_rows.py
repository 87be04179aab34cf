"""Workbooks of three public documents: who reads them finds these facts, and enters them as an editor would.

The texts are those of tests/unseen. Whatever a row says stands in them; nothing was chosen with a view to what it
would be compared with.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from conftest import ROOT

Row = dict[str, str]
Rows = dict[str, list[Row]]
_TEXTS: Final = ROOT / "tests" / "unseen"


def _thing(cls: str, en: str, zh: str, others: str = "") -> Row:
    row = {"class": cls, "preferred label, in English": en, "preferred label, in Chinese": zh}
    return {**row, "other names": others} if others else row


def _concept(scheme: str, en: str, zh: str, means: str, means_zh: str, wider: str = "") -> Row:
    row = {
        "scheme": scheme,
        "preferred label, in English": en,
        "preferred label, in Chinese": zh,
        "definition, in English": means,
        "definition, in Chinese": means_zh,
    }
    return {**row, "wider concept": wider} if wider else row


def _claim(name: str, cls: str, evidence: str, factuality: str = "achieved", **rest: str) -> Row:
    row = {"short name": name, "class": f"{cls} claim", "evidence": evidence}
    row["factuality"] = factuality
    return row | {_TITLES.get(key, key.replace("_", " ")): text for key, text in rest.items()}


_TITLES: Final = {
    "of": "subject",
    "by": "agent",
    "at": "place",
    "open": "what is left open",
    "en": "summary, in English",
    "zh": "summary, in Chinese",
    "behalf": "on behalf of",
}
_ACADEMY: Final = "Hungarian Academy of Sciences"
_BOARD: Final = "Governing Board of ANSO"
_STUDENTS: Final = "PhD students whom the scholarship is to fund"
_FELLOWS: Final = "PhD students whom the President's Fellowship brought to China"
_SCHOLARSHIP: Final = "ANSO-CAS-TWAS/UNESCO Scholarship Program"
_MEMORANDUM: Final = "memorandum of understanding on the scholarship"
_CENTER: Final = "China-Chile Joint Astronomical Data Center"
_AGREEMENT: Final = "agreement to create the data center"

BOARD: Final[Rows] = {
    "new things": [
        _thing("organization", _ACADEMY, "匈牙利科学院", "HAS; MTA"),
        _thing("organization", _BOARD, "ANSO理事会"),
        _thing("organization", "Universidad de Chile", "智利大学"),
        _thing("organization", "The Chinese University of Hong Kong", "香港中文大学"),
        _thing(
            "organization",
            "Jomo Kenyatta University of Agriculture and Technology",
            "乔莫·肯雅塔农业技术大学",
        ),
        _thing("organization", "National Research Centre of Egypt", "埃及国家研究中心"),
        _thing(
            "organization",
            "Scientific and Technological Research Council of Turkey",
            "土耳其科学技术研究委员会",
            "TUBITAK",
        ),
        _thing(
            "organization",
            "National Science and Technology Development Agency",
            "泰国国家科技发展署",
            "NSTDA",
        ),
        _thing(
            "organization",
            "National Academy of Sciences of the Republic of Kazakhstan",
            "哈萨克斯坦国家科学院",
        ),
        _thing("organization", "Tribhuvan University", "特里布文大学"),
        _thing("group of actors", "members of the board of ANSO", "ANSO理事会成员组织"),
        _thing("person", "president of CAS in 2018, not named", "2018年的中国科学院院长（未具名）"),
        _thing("event", "meeting of the board by video link", "理事会视频会议"),
    ],
    "new concepts": [
        _concept(
            "Kinds of thing",
            "seat on a board",
            "理事会席位",
            "A place on a board.",
            "理事会中的席位。",
        ),
        _concept(
            "Kinds of thing",
            "country of members",
            "成员所在国家",
            "A country in which members sit.",
            "成员所在的国家。",
            "country or region of members",
        ),
    ],
    "claims": [
        _claim(
            "seat",
            "membership",
            "Hungary's academy keeps its seat on the ANSO board",
            of=_ACADEMY,
            object=_BOARD,
            kind="renewed",
            quantity="2",
            unit="year",
            context="The Hungarian Academy of Sciences (HAS) ... for a further two years",
        ),
        _claim(
            "meeting",
            "event",
            "The board settled this when it last met, by video link.",
            of="meeting of the board by video link",
            by=_BOARD,
            role="participant",
            open="time",
        ),
        _claim(
            "kind",
            "classification",
            "ANSO is a non-governmental body that does not work for profit.",
            of="ANSO",
            kind="non-governmental organization; non-profit organization",
        ),
        _claim(
            "set-up",
            "creation",
            "It was set up in 2018 by the Chinese Academy of Sciences (CAS)",
            of="ANSO",
            role="establisher",
            by="Chinese Academy of Sciences",
            time="2018",
        ),
        _claim(
            "countries",
            "quantity",
            "its members now come from 37 countries",
            of="members of ANSO; ANSO",
            counted_kind="country of members",
            quantity="37",
            time="2020-11",
            context="25 November 2020",
        ),
        _claim(
            "founders",
            "creation",
            "Five sorts of institution were among the founders || "
            "national academies: the Hungarian ... to name six || universities, for instance ... "
            "Agriculture and Technology || the National Research Centre of Egypt || "
            "R&D agencies ... Development Agency) || international organisations such as UNESCO and TWAS",
            of="ANSO",
            role="founder",
            by=f"{_ACADEMY}; Russian Academy of Sciences; Universidad de Chile; "
            "The Chinese University of Hong Kong; "
            "Jomo Kenyatta University of Agriculture and Technology; "
            "National Research Centre of Egypt; TUBITAK; NSTDA; UNESCO; TWAS",
            open="time",
            open_list="yes",
        ),
        _claim(
            "management",
            "support",
            "The constitution of ANSO hands its management to the Governing Board",
            of="ANSO",
            role="operator",
            by=_BOARD,
        ),
        _claim(
            "seats",
            "quantity",
            "the Governing Board, which has nine seats",
            of=_BOARD,
            counted_kind="seat on a board",
            quantity="9",
            open="time",
        ),
        _claim(
            "seats-of-members",
            "quantity",
            "six member organisations",
            of="members of the board of ANSO",
            counted_kind="seat on a board",
            quantity="6",
            open="time",
        ),
        _claim(
            "proposed",
            "creation",
            "CAS had proposed the alliance",
            of="ANSO",
            role="proposer",
            by="Chinese Academy of Sciences",
            open="time",
        ),
        _claim(
            "first-president",
            "position",
            "the president of CAS became its first president",
            of="president of CAS in 2018, not named",
            role="president",
            object="ANSO",
        ),
        _claim(
            "president-of-cas",
            "position",
            "the president of CAS became its first president",
            of="president of CAS in 2018, not named",
            role="president of an academy",
            object="Chinese Academy of Sciences",
        ),
        _claim(
            "present-board",
            "membership",
            "Present board members: ... Tribhuvan University",
            of="Chinese Academy of Sciences; Russian Academy of Sciences; "
            "Pakistan Academy of Sciences; "
            "National Academy of Sciences of the Republic of Kazakhstan; Tribhuvan University",
            object=_BOARD,
            open_list="yes",
        ),
    ],
}

SCHOLARSHIP: Final[Rows] = {
    "new things": [
        _thing("document", _MEMORANDUM, "奖学金谅解备忘录"),
        _thing("programme", _SCHOLARSHIP, "ANSO-CAS-TWAS/UNESCO 奖学金计划"),
        _thing("programme", "ANSO Scholarship for Young Talents", "ANSO 青年英才奖学金"),
        _thing("group of actors", _STUDENTS, "奖学金拟资助的博士生"),
        _thing("group of actors", _FELLOWS, "院长奖学金资助来华的博士生"),
        _thing("collection", "papers of the fellows", "院长奖学金获得者的论文"),
        _thing(
            "organization",
            "University of Science and Technology of China",
            "中国科学技术大学",
            "USTC",
        ),
        _thing(
            "organization", "University of Chinese Academy of Sciences", "中国科学院大学", "UCAS"
        ),
        _thing("event", "first intake of the scholarship", "奖学金首批招生"),
    ],
    "new concepts": [
        _concept(
            "Kinds of thing",
            "PhD student",
            "博士研究生",
            "One who studies for a PhD.",
            "攻读博士学位者。",
        ),
        _concept(
            "Kinds of thing",
            "country of students",
            "学生来源国",
            "A country that students come from.",
            "学生所来自的国家。",
            "country",
        ),
        _concept(
            "Kinds of thing",
            "paper",
            "论文",
            "A text in a scientific journal.",
            "科学期刊中的文章。",
        ),
    ],
    "claims": [
        _claim(
            "memorandum",
            "creation",
            "A memorandum of understanding (MoU) was concluded in May 2022 ... "
            "The World Academy of Sciences (TWAS) in Italy",
            of=_MEMORANDUM,
            role="signatory",
            by="ANSO; Chinese Academy of Sciences; UNESCO",
            time="2022-05",
        ),
        _claim(
            "launched",
            "creation",
            "It launches the ANSO-CAS-TWAS/UNESCO Scholarship Program.",
            of=_SCHOLARSHIP,
            role="launcher",
            by="ANSO; Chinese Academy of Sciences; UNESCO",
            time="2022-05",
            context="A memorandum of understanding (MoU) was concluded in May 2022 ... "
            "The World Academy of Sciences (TWAS) in Italy",
        ),
        _claim(
            "part",
            "structure",
            "The program belongs to the ANSO Scholarship for Young Talents.",
            of=_SCHOLARSHIP,
            role="part",
            object="ANSO Scholarship for Young Talents",
        ),
        _claim(
            "students",
            "quantity",
            "Each year it will fund 40 PhD students from the developing world.",
            "planned",
            of=_STUDENTS,
            counted_kind="PhD student",
            quantity="40",
            time="every year",
        ),
        _claim(
            "funds",
            "support",
            "Each year it will fund 40 PhD students from the developing world.",
            "planned",
            of=_STUDENTS,
            role="funder",
            by=_SCHOLARSHIP,
            time="every year",
        ),
        _claim(
            "hosts",
            "support",
            "The students enrol either ... University of Chinese Academy of Sciences (UCAS)",
            "planned",
            of=_SCHOLARSHIP,
            role="provider",
            by="USTC; UCAS",
        ),
        _claim(
            "affiliated",
            "structure",
            "both universities are affiliated to CAS",
            of="USTC; UCAS",
            role="subordinate",
            object="Chinese Academy of Sciences",
        ),
        _claim(
            "intake",
            "event",
            "The first intake is due in 2023.",
            "planned",
            of="first intake of the scholarship",
            object=_SCHOLARSHIP,
            role="matter dealt with",
            open="agent",
            time="2023",
        ),
        _claim(
            "capacity",
            "cooperation",
            "CAS and TWAS have been building capacity together for a long time.",
            "ongoing",
            party="Chinese Academy of Sciences; TWAS",
            kind="science and technology cooperation",
            purpose="capacity building",
        ),
        _claim(
            "fellows",
            "quantity",
            "over 1,220 students from some 75 countries",
            of=_FELLOWS,
            counted_kind="PhD student",
            quantity="more than 1220",
            time="2014/2019",
            framework="CAS-TWAS President's Fellowship Programme",
            context="between 2014 and 2019",
        ),
        _claim(
            "fellows-countries",
            "quantity",
            "over 1,220 students from some 75 countries",
            of=_FELLOWS,
            counted_kind="country of students",
            quantity="about 75",
            time="2014/2019",
            framework="CAS-TWAS President's Fellowship Programme",
            context="between 2014 and 2019",
        ),
        _claim(
            "papers",
            "quantity",
            "the authors of more than 1,400 scientific papers since 2013",
            of="papers of the fellows",
            counted_kind="paper",
            quantity="more than 1400",
            time="since 2013",
        ),
        _claim(
            "founders",
            "creation",
            "Both CAS and TWAS are founding members of ANSO",
            of="ANSO",
            role="founder",
            by="Chinese Academy of Sciences; TWAS",
            time="2018-11",
            context="ANSO, which was inaugurated in Nov. 2018",
        ),
        _claim(
            "founders-as-members",
            "membership",
            "Both CAS and TWAS are founding members of ANSO",
            of="Chinese Academy of Sciences; TWAS",
            object="ANSO",
        ),
        _claim(
            "inauguration",
            "event",
            "ANSO, which was inaugurated in Nov. 2018",
            of="launch of the Alliance of International Science Organizations",
            object="ANSO",
            role="matter dealt with",
            open="agent",
            time="2018-11",
        ),
    ],
}

DATA_CENTER: Final[Rows] = {
    "new things": [
        _thing("facility", _CENTER, "中国—智利天文数据中心"),
        _thing("document", _AGREEMENT, "关于建立数据中心的协议"),
        _thing("event", "signing of the agreement on the data center", "数据中心协议签署仪式"),
        _thing(
            "organization",
            "National Astronomical Observatories, Chinese Academy of Sciences",
            "中国科学院国家天文台",
            "NAOC",
        ),
        _thing("organization", "Huawei Chile", "华为智利公司"),
        _thing("organization", "Santa Maria University", "圣玛利亚大学", "UTFSM"),
        _thing(
            "facility",
            "Chinese Academy of Sciences South America Center for Astronomy",
            "中国科学院南美天文研究中心",
            "CASSACA",
        ),
        _thing("facility", "ALMA", "ALMA 望远镜"),
        _thing("person", "Zhao Gang", "赵刚"),
        _thing("person", "Qin Hua", "秦华"),
        _thing("person", "Darcy Fuenzalida", "达西·富恩萨利达"),
        _thing("person", "Li Keqiang", "李克强"),
        _thing("person", "Michelle Bachelet", "米歇尔·巴切莱特"),
        _thing("city", "Santiago", "圣地亚哥"),
        _thing("organization", "Chile (the state)", "智利（国家）"),
    ],
    "new concepts": [
        _concept("Roles", "premier", "总理", "One who leads a government.", "政府首脑。", "head"),
        _concept(
            "Roles", "general manager", "总经理", "One who leads a company.", "主管公司者。", "head"
        ),
        _concept(
            "Roles",
            "deputy director general",
            "副台长",
            "One who stands in for a head.",
            "副职主管。",
            "head",
        ),
        _concept(
            "Roles",
            "president of a university",
            "校长",
            "One who leads a university.",
            "主管大学者。",
            "head",
        ),
        _concept(
            "Themes",
            "astronomical data",
            "天文数据",
            "What telescopes record.",
            "望远镜所记录的资料。",
        ),
    ],
    "claims": [
        _claim(
            "signed",
            "creation",
            "An agreement to create ... in Santiago || Professor Zhao Gang || "
            "Qin Hua, who is general manager of Huawei Chile || Dr. Darcy Fuenzalida",
            of=_AGREEMENT,
            role="signatory",
            by="Zhao Gang; Qin Hua; Darcy Fuenzalida",
            at="Santiago",
            time="XXXX-05-25",
        ),
        _claim(
            "center-created",
            "creation",
            "An agreement to create the China-Chile Joint Astronomical Data Center",
            "planned",
            of=_CENTER,
            role="establisher",
            open="agent; time",
        ),
        _claim(
            "zhao-gang-post",
            "position",
            "Professor Zhao Gang, deputy director general ... (NAOC)",
            of="Zhao Gang",
            role="deputy director general",
            object="NAOC",
        ),
        _claim(
            "qin-hua-post",
            "position",
            "Qin Hua, who is general manager of Huawei Chile",
            of="Qin Hua",
            role="general manager",
            object="Huawei Chile",
        ),
        _claim(
            "fuenzalida-post",
            "position",
            "Dr. Darcy Fuenzalida, president of Santa Maria University",
            of="Darcy Fuenzalida",
            role="president of a university",
            object="UTFSM",
        ),
        _claim(
            "li-keqiang-post",
            "position",
            "Li Keqiang, Premier of China",
            of="Li Keqiang",
            role="premier",
            object="China (the state)",
        ),
        _claim(
            "bachelet-post",
            "position",
            "Michelle Bachelet, President of Chile",
            of="Michelle Bachelet",
            role="president of a state",
            object="Chile (the state)",
        ),
        _claim(
            "onlookers",
            "event",
            "Li Keqiang, Premier of China, and Michelle Bachelet, President of Chile, looked on.",
            of="signing of the agreement on the data center",
            role="participant",
            by="Li Keqiang; Michelle Bachelet",
            at="Santiago",
            time="XXXX-05-25",
            context="was signed on May 25 in Santiago",
        ),
        _claim(
            "project-of-cassaca",
            "structure",
            "The data center ranks among the most important projects of CASSACA",
            "planned",
            of=_CENTER,
            role="part",
            object="CASSACA",
        ),
        _claim(
            "cassaca-established",
            "creation",
            "CASSACA was established in Santiago in October 2013.",
            of="CASSACA",
            role="establisher",
            at="Santiago",
            time="2013-10",
            open="agent",
        ),
        _claim(
            "cassaca-location",
            "location",
            "CASSACA was established in Santiago in October 2013.",
            of="CASSACA",
            role="location",
            at="Santiago",
        ),
        _claim(
            "operators",
            "support",
            "CASSACA, Huawei and UTFSM will run the new center jointly.",
            "planned",
            of=_CENTER,
            role="operator",
            by="CASSACA; Huawei Chile; UTFSM",
        ),
        _claim(
            "backing",
            "support",
            "CASSACA - strength in science and technology, with the backing of NAOC",
            "pledged",
            of="CASSACA",
            role="supporter",
            by="NAOC",
        ),
        _claim(
            "kind",
            "classification",
            "China and Chile to share a center for astronomical data",
            of=_CENTER,
            kind="data centre",
        ),
        _claim(
            "theme",
            "theme",
            "China and Chile to share a center for astronomical data",
            of=_CENTER,
            theme="astronomical data",
            role="main theme",
        ),
        _claim(
            "alma",
            "location",
            "ALMA, a telescope of world rank in northern Chile",
            of="ALMA",
            role="location",
            at="Chile",
        ),
    ],
}

DOCUMENTS: Final[tuple[tuple[str, Path, str, Rows], ...]] = (
    (
        "board",
        _TEXTS / "hungary.txt",
        "Hungarian Academy of Sciences to be member of Governing Board of ANSO for two more years",
        BOARD,
    ),
    (
        "scholarship",
        _TEXTS / "scholarship.txt",
        "Tri-party MoU Signed on Scholarship Cooperation Between ANSO, CAS and TWAS/UNESCO",
        SCHOLARSHIP,
    ),
    (
        "data-center",
        _TEXTS / "data-centre.txt",
        "China-Chile Joint Astronomical Data Center (signing)",
        DATA_CENTER,
    ),
)
"""The name, text, title and rows of each document."""
