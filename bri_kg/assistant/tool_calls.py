"""A call of a tool, from its arguments to the result that goes to the client."""

from __future__ import annotations

import warnings
from typing import Any

from bri_kg.assistant.desk import Arguments, Desk
from bri_kg.assistant.neutral_text import brief
from bri_kg.assistant.result_frame import ERROR, Answer, Result, page_of
from bri_kg.assistant.result_paging import Cursor, asked_digest, cursor_of
from bri_kg.assistant.tool_declarations import Declared
from bri_kg.errors import BriKgError, OtherNameWarning, without_commands
from bri_kg.plain import visible


async def called(desk: Desk, tool: Declared, given: Any, client: str) -> tuple[Result, bool]:
    """Return the result of a call, and whether it is an error."""
    lang = given.get("lang") if isinstance(given, dict) else None
    lang = lang if lang in ("en", "zh") else "en"
    try:
        arguments = tool.checked(given)
        of = asked_digest(desk.release, tool.name, arguments)
        cursor = cursor_of(arguments["cursor"], of)
        if tool.later is not None:
            answer = await tool.later(desk, arguments, client)
            page = await desk.in_turn(client, lambda: _page(desk, answer, arguments, cursor))
        else:
            page = await desk.in_turn(client, lambda: _found(desk, tool, arguments, cursor))
    except BriKgError as error:
        return _refused(desk, error, lang), True
    except Exception as error:  # no traceback reaches a client
        desk.log({"bug": f"{type(error).__name__}: {visible(str(error))}", "tool": tool.name})
        bug = BriKgError("BRI818", "a bug of ours", fix="report what you asked, and when")
        return _refused(desk, bug, lang), True
    return page, False


def _found(desk: Desk, tool: Declared, arguments: Arguments, cursor: Cursor) -> Result:
    assert tool.answering is not None
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always", OtherNameWarning)
        answer = tool.answering(desk, arguments)
    taken = [str(one.message) for one in heard if issubclass(one.category, OtherNameWarning)]
    if taken:
        told = (*(f"{desk.spoken(brief(one), arguments['lang'])}." for one in taken), *answer.told)
        answer = Answer(told, answer.items, answer.status, answer.sections, answer.near)
    return _page(desk, answer, arguments, cursor)


def _page(desk: Desk, answer: Answer, arguments: Arguments, cursor: Cursor) -> Result:
    return page_of(answer, desk.release, arguments["lang"], cursor)


def _refused(desk: Desk, error: BriKgError, lang: str) -> Result:
    """Return an error of ours in words: what is wrong, why, and how it is mended, no command among it."""
    fix = without_commands(error.fix)
    texts = [f"error[{error.code}]: {desk.spoken(error.message, lang)}"]
    texts += [desk.spoken(text, lang) for text in (error.why, fix) if text]
    told = ". ".join(brief(text) if len(text) > 600 else text for text in texts)
    return page_of(Answer((told,), status=ERROR), desk.release, lang, Cursor())
