"""A command that is shown answers in the language in which it was shown."""

from __future__ import annotations

import shlex

import pytest
from conftest import Cli

from bri_kg.cli.show.commands_shown import answering_in, command_line


def test_a_command_to_copy_answers_in_the_language_asked_for() -> None:
    assert command_line("en", "ask", "founders") == "bri-kg ask founders"
    assert command_line("zh", "ask", "founders") == "bri-kg ask founders -l zh"
    assert command_line("zh", "search", "科学院", "-l", "zh").count("-l zh") == 1


def test_where_the_environment_sets_a_language_only_another_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BRI_KG_LANG", "zh")
    assert command_line("zh", "ask", "founders") == "bri-kg ask founders"
    assert command_line("en", "ask", "founders") == "bri-kg ask founders -l en"


@pytest.mark.parametrize("name", ["China's academy", "a (b)", "bri-org:cas", "科学院", "$HOME"])
def test_a_shell_takes_each_word_for_one(name: str) -> None:
    assert shlex.split(command_line("en", "describe", name)) == ["bri-kg", "describe", name]


def test_commands_in_a_text_answer_in_its_language() -> None:
    text = "用 `bri-kg search 科学院` 查找，或 `bri-kg questions -l zh`；`-v` 更多"
    assert answering_in(text, "zh") == (
        "用 `bri-kg search 科学院 -l zh` 查找，或 `bri-kg questions -l zh`；`-v` 更多"
    )


def test_the_environment_sets_the_language_of_a_run(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRI_KG_LANG", "zh")
    assert cli("search", "qqqq").stdout.startswith("没有找到")
    assert cli("search", "qqqq", "-l", "en").stdout.startswith("0 rows")
    monkeypatch.setenv("BRI_KG_LANG", "nonsense")
    assert cli("search", "qqqq").stdout.startswith("0 rows")
