"""Questions on pages: asked by a form, answered with passages, drawn where it suits; without any script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

import pages_here
import pytest
from pages_here import Seen
from starlette.testclient import TestClient

from bri_kg.answers.answer_sentences import how_many, in_one_sentence
from bri_kg.answers.stored_answers import answer_to, records_of
from bri_kg.knowledge import KnowledgeGraph

HTML = {"Accept": "text/html"}
HOSTILE = '"><script>alert(1)</script>'


@pytest.fixture(scope="module")
def web(kg: KnowledgeGraph) -> Iterator[TestClient]:
    with pages_here.client(kg) as client:
        yield client


class Fields(HTMLParser):
    """The fields of the form of a question: labels, chosen values, choices."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.labels: set[str] = set()
        self.ids: set[str] = set()
        self.values: dict[str, str] = {}
        self.options: dict[str, list[str]] = {}
        self._select = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "label":
            self.labels.add(given["for"])
        if tag in ("select", "input") and given.get("id", "").startswith("p-"):
            self.ids.add(given["id"])
            self.values[given["name"]] = given.get("value", "")
            self._select = given["name"]
        if tag == "option" and self._select:
            self.options.setdefault(self._select, []).append(given["value"])
            if "selected" in given:
                self.values[self._select] = given["value"]

    def handle_endtag(self, tag: str) -> None:
        if tag in ("select", "datalist"):
            self._select = ""


def page(web: TestClient, path: str, status: int = 200) -> str:
    answer = web.get(f"/questions{path}", headers=HTML)
    assert answer.status_code == status, path
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return answer.text


def test_programs_get_rows_and_people_a_page_from_one_address(web: TestClient) -> None:
    assert "json" in web.get("/questions/cofounders").headers["content-type"]
    assert (
        "json"
        in web.get("/questions/cofounders", headers={"Accept": "*/*"}).headers["content-type"]
    )
    browser = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
    assert "html" in web.get("/questions/cofounders", headers=browser).headers["content-type"]
    assert "html" in web.get("/questions/cofounders?format=html").headers["content-type"]
    assert (
        "csv"
        in web.get("/questions/cofounders?format=csv", headers=browser).headers["content-type"]
    )


@pytest.mark.slow
def test_every_question_is_a_page_whose_parameters_are_labelled(
    web: TestClient, kg: KnowledgeGraph
) -> None:
    for name, question in kg.questions.items():
        html = page(web, f"/{name}")
        fields = Fields(html)
        assert fields.values.keys() == {parameter.name for parameter in question.params}, name
        assert fields.ids <= fields.labels, name
        chosen = (parameter.in_summary.get("en", "") for parameter in question.params)
        begin = min((question.summary.index(words) for words in chosen if words), default=None)
        assert f"<h1>{question.summary[:begin]}" in unescape(html), name
        assert len(html.encode()) < 100_000, name


class English:
    lang = "en"

    def say(self, wording: tuple[str, str], **values: object) -> str:
        return wording[0].format(**values)


def test_the_count_is_that_of_the_terminal(web: TestClient, kg: KnowledgeGraph) -> None:
    for name in ("cofounders", "founders", "members"):
        question = kg.questions[name]
        values = kg.bind(question, {}, "en")
        answer = answer_to(English(), kg.guarded, question, values, kg.ask(name))
        found = records_of(English(), answer)
        numbers = re.findall(r"\d+", how_many(English(), answer, found, found))
        told = re.search(
            r"(\d+) answers; the list is complete; (\d+) source", page(web, f"/{name}")
        )
        assert told and list(told.groups()) == numbers
    assert "3 answers; the list is complete; 1 source" in page(web, "/cofounders")


def test_an_answer_begins_with_what_is_named_and_by_how_many_sources(web: TestClient) -> None:
    html = page(web, "/post-holders")
    assert "As 3 sources tell it, person: Xi Jinping (2 sources), Xie Xiaoyong." in Seen(html).text
    assert html.index('class="summed"') < html.index('id="a1"')
    assert "summed" not in page(web, "/things-to-come"), "what is planned is not summed up as told"
    assert "summed" not in page(web, "/programmes-of-kind"), "one source says each"


def test_who_initiated_is_not_counted_among_founders(kg: KnowledgeGraph) -> None:
    question = kg.questions["founders"]
    values = kg.bind(question, {}, "en")
    answer = answer_to(English(), kg.guarded, question, values, kg.ask("founders"))
    found = records_of(English(), answer)
    told = in_one_sentence(English(), answer, found, "founder")
    assert told is not None and told.startswith("As 4 sources tell it, founder: ")
    assert "Chinese Academy of Sciences (2 sources, 2018), Pakistan Academy" in told
    assert "; initiator: Chinese Academy of Sciences; lead founder: " in told
    assert told.endswith("(some time since 2013); 1 answer names none.")


def test_founders_of_one_passage_are_one_answer(web: TestClient) -> None:
    html = page(web, "/founders")
    told = " ".join(Seen(html).text.split())
    first = html[html.index('id="a1"') : html.index('id="a2"')]
    for founder in ("org/cas", "org/pas", "org/ras", "org/unesco"):
        assert f"{founder}.html" in first
    assert html.count("<small>cas-decade 3036–3249</small>") == 1
    assert "6 answers" in told and "founder, some time since 2013" in told


def test_an_answer_says_first_how_its_tellings_go_together(web: TestClient) -> None:
    html = page(web, "/founders")
    told = " ".join(Seen(html).text.split())
    assert "the tellings differ how the alliance was brought about" in told and "all stand." in told
    assert html.index(' together"') < html.index('id="a1"')
    assert ' together"' not in page(web, "/cofounders"), "one telling goes with no other"


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/founders", "Who founded Alliance of International Science Organizations or brought"),
        ("/cofounders?partner=UNESCO", "together with United Nations Educational, Scientific and"),
        ("/things-of-kind", "What is said to be of the kind “joint laboratory” or a narrower one"),
        ("/things-on-theme?lang=zh", "哪些事物从事“减灾”这一主题或其下位主题"),
        ("/founders?lang=zh", "创立或以其他方式促成了“一带一路”国际科学组织联盟"),
    ],
)
def test_the_title_names_what_was_chosen(web: TestClient, path: str, title: str) -> None:
    html = page(web, path)
    assert title in Seen(html[html.index("<h1>") : html.index("</h1>")]).text
    assert title in Seen(html[html.index("<title>") : html.index("</title>")] + "</title>").text


def test_a_form_asks_what_was_chosen(web: TestClient) -> None:
    fields = Fields(page(web, "/cofounders?partner=UNESCO"))
    assert fields.values["partner"] == "bri-org:unesco", "the name means what the list has"
    assert "bri-org:cas" in fields.options["partner"]
    html = page(web, "/cofounders?organization=bri-org:anso&partner=bri-org:unesco&lang=zh")
    assert "中国科学院" in html and Seen(html).lang == "zh"
    # An empty field is one that was left out.
    assert Fields(page(web, "/cofounders?partner=")).values["partner"] == "bri-org:cas"


def test_an_open_parameter_is_typed_and_shown_by_its_name(web: TestClient) -> None:
    fields = Fields(page(web, "/founders"))
    assert fields.values["thing"] == "Alliance of International Science Organizations"
    assert "Chinese Academy of Sciences" in fields.options["thing"]
    again = page(web, f"/founders?thing={fields.values['thing']}")
    assert "Russian Academy of Sciences" in again


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("/cofounders?partner=UNESC", "UNESCO"),
        ("/cofounders?partner=bri-place:china", "bri:Organization"),
        ("/minimum-counts?number=many", "number"),
        ("/founders?thing=xyzzy", "Choose from the list"),
        ("/founders?thing=xyzzy&lang=zh", "列表中选择"),
    ],
)
def test_a_fault_is_told_at_its_field_with_the_fix(web: TestClient, asked: str, said: str) -> None:
    answer = web.get(f"/questions{asked}", headers=HTML)
    assert answer.status_code == 400
    assert "no-store" in answer.headers["cache-control"]
    html = answer.text
    name = parse_qsl(urlsplit(asked).query)[0][0]
    assert f'aria-describedby="f-{name}"' in html and f'id="f-{name}"' in html
    assert said in Seen(html).text
    assert '<details class="ask" open>' in html
    assert Fields(html).values[name] == parse_qsl(urlsplit(asked).query)[0][1], "to be mended"


def test_an_unknown_parameter_and_an_unknown_question_are_told_on_a_page(web: TestClient) -> None:
    assert "partner" in Seen(page(web, "/cofounders?partnr=x", 400)).text
    assert "cofounders" in Seen(page(web, "/cofounder", 404)).text
    assert "once" in Seen(page(web, "/cofounders?partner=a&partner=b", 400)).text


def test_nothing_found_is_no_no(web: TestClient) -> None:
    text = Seen(page(web, "/cofounders?partner=TWAS")).text
    assert "0 rows" in text and '"not known", not "no"' in text
    seen = Seen(page(web, "/cofounders?partner=TWAS&lang=zh"))
    assert "“未知”" in seen.text
    assert any("id/org/twas" in one for one in seen.links)


def test_answers_have_their_passages_and_those_that_share_them_have_them_once(
    web: TestClient,
) -> None:
    html = page(web, "/cofounders")
    assert html.count("<small>cas-decade 3036–3249</small>") == 1
    assert "1–3" in Seen(html).text


def test_what_has_not_come_about_is_told_apart_by_a_word(web: TestClient) -> None:
    html = page(web, "/things-to-come")
    assert 'class="ahead"' in html and '<span class="mark ahead">' in html
    assert 'class="ahead"' not in page(web, "/cofounders")


def test_a_long_answer_goes_on_on_a_next_page(web: TestClient) -> None:
    first = Seen(page(web, "/things-to-come"))
    following = [one for one in first.links if "page=2" in one]
    assert len(following) == 1
    second = Seen(page(web, following[0].removeprefix("/questions")))
    assert "a1" in first.anchors and "a1" not in second.anchors and "a50" in second.anchors
    assert first.anchors and "page 1 of 2" in first.text
    for odd in ("0", "-1", "x", "99999999999", "７"):
        page(web, f"/things-to-come?page={odd}")


@pytest.mark.parametrize(
    ("asked", "has", "has_not"),
    [
        ("/founders", {"table", "times"}, {"map"}),
        ("/makers", {"table", "network"}, {"map"}),
        ("/countries", {"table", "map"}, {"times"}),
        ("/cofounders", {"table"}, {"network", "map", "times"}),
    ],
)
def test_pictures_are_offered_where_they_suit(
    web: TestClient, asked: str, has: set[str], has_not: set[str]
) -> None:
    links = Seen(page(web, asked)).links
    views = {
        value for one in links for key, value in parse_qsl(urlsplit(one).query) if key == "view"
    }
    assert has <= views and not has_not & views
    for view in has:
        html = page(web, f"{asked}?view={view}")
        assert ("<svg" in html) == (view != "table"), view
        assert "style=" not in html


def test_an_answer_can_be_taken_along(web: TestClient) -> None:
    seen = Seen(page(web, "/cofounders?partner=UNESCO"))
    for form in ("csv", "json"):
        there = next(one for one in seen.links if f"format={form}" in one)
        answer = web.get(there)
        assert (
            form in answer.headers["content-type"] and "Chinese Academy of Sciences" in answer.text
        )
    assert (
        "curl 'http://testserver/questions/cofounders?partner=UNESCO&lang=en&format=csv'"
        in seen.text
    )
    assert "bri_kg.open().ask('cofounders', partner='UNESCO', lang='en')" in seen.text
    assert "SELECT DISTINCT ?cofounder" in seen.text and "id/org/unesco>" in seen.text


def test_the_list_stands_by_subject_and_leads_to_every_question(
    web: TestClient, kg: KnowledgeGraph
) -> None:
    html = page(web, "?lang=zh")
    seen = Seen(html)
    assert seen.lang == "zh" and kg.questions.keys() <= set(seen.anchors)
    assert {"/questions/cofounders?lang=zh"} <= set(seen.links)
    assert "合作" in seen.text and len(html.encode()) < 100_000


def test_a_page_runs_and_fetches_nothing_of_others(web: TestClient) -> None:
    answer = web.get("/questions/cofounders", headers=HTML)
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    seen = Seen(answer.text)
    assert "style" not in seen.attributes
    assert not [name for name in seen.attributes if name.startswith("on")]


@pytest.mark.parametrize(
    "asked",
    [
        "/cofounders?partner={}",
        "/cofounders?{}=1",
        "/cofounders?view={}",
        "/cofounders?page={}",
        "/minimum-counts?number={}",
        "/name-bearers?called={}",
        "/{}",
        "?tag={}",
    ],
)
def test_parameters_do_nothing_but_stand_there(web: TestClient, asked: str) -> None:
    from urllib.parse import quote

    answer = web.get("/questions" + asked.format(quote(HOSTILE, safe="")), headers=HTML)
    assert "<script>" not in answer.text, "our own scripts are files"


def test_things_of_a_kind_stand_by_how_far_they_have_come_with_the_words_of_their_number(
    web: TestClient,
) -> None:
    html = page(web, "/things-of-kind")
    told = Seen(html).text
    heads = [told.index(f"{head} {count}") for head, count in (("Achieved", 2), ("Proposed", 1))]
    assert heads == sorted(heads) and told.index("Target 1") > heads[1]
    assert "until 2023-06" in told and "820–910" in told, "the time and the passage of the number"
    assert "proposed; called for; inferred by the editors" in told, "one telling, once"
    for view in ("", "&view=table"):
        assert "factuality of the number" not in page(web, f"/things-of-kind?lang=en{view}")


def test_founders_stand_in_one_order_in_both_languages_the_fullest_telling_first(
    web: TestClient,
) -> None:
    english, chinese = (
        re.findall(r"\w+-\w+ \d+–\d+", Seen(page(web, f"/founders?lang={lang}")).text)
        for lang in ("en", "zh")
    )
    assert english == chinese and english[0] == "cas-decade 3036–3249"


@pytest.mark.parametrize(
    ("lang", "said", "counted"),
    [
        ("en", "1 and 2 are presumed to be the same thing.", "4 names, presumed to be of 3 things"),
        ("zh", "第 1、2 项推定为同一事物。", "4 个名称，推定涉及 3 个事物"),
    ],
)
def test_things_presumed_to_be_one_are_not_counted_as_two(
    web: TestClient, lang: str, said: str, counted: str
) -> None:
    html = page(web, f"/things-of-kind?lang={lang}")
    told = Seen(html).text
    assert said in told and counted in told
    assert html.index("joint-laboratories-more-than-50") < html.index('id="a1"'), "its comparison"
    assert "presumed to be the same" not in page(web, "/cofounders")
