"""A call of a tool, from its arguments to the result that goes to the client."""

from __future__ import annotations

import warnings
from dataclasses import replace
from typing import Any, Final

from bri_kg.assistant.desk import Arguments, Desk
from bri_kg.assistant.kept_answers import KeptAnswers
from bri_kg.assistant.neutral_text import bare, brief, quoted
from bri_kg.assistant.result_frame import ERROR, Answer, Result, page_of
from bri_kg.assistant.result_paging import Cursor, asked_digest, cursor_of
from bri_kg.assistant.tool_declarations import Declared
from bri_kg.errors import BriKgError, OtherNameWarning, without_commands
from bri_kg.plain import visible

_LONG: Final = 600  # characters of a message


async def called(
    desk: Desk, tool: Declared, given: Any, client: str, kept: KeptAnswers
) -> tuple[Result, bool]:
    """Return the result of a call, and whether it is an error."""
    lang = given.get("lang") if isinstance(given, dict) else None
    lang = lang if lang in ("en", "zh") else "en"
    try:
        arguments = tool.checked(_continued(tool, given, kept))
        of = asked_digest(desk.release, tool.name, arguments)
        cursor = cursor_of(arguments["cursor"], of)
        answer = kept.take(of) if arguments["cursor"] else None
        if answer is None and tool.later is not None:
            answer = await tool.later(desk, arguments, client)

        def page() -> Result:
            found = answer or _found(desk, tool, arguments)
            shown = page_of(found, desk.release, arguments["lang"], cursor)
            if shown.data["next"]:
                kept.put(of, found)
                kept.put_call(of, tool.name, _asked(arguments))
            return shown

        return await desk.in_turn(client, page), False
    except BriKgError as error:
        return _refused(desk, error, lang), True
    except Exception as error:  # no traceback reaches a client
        desk.log({"bug": f"{type(error).__name__}: {visible(str(error))}", "tool": tool.name})
        bug = BriKgError("BRI818", "a bug of ours", fix="report what you asked, and when")
        return _refused(desk, bug, lang), True


def _continued(tool: Declared, given: Any, kept: KeptAnswers) -> Any:
    cursor = given.get("cursor") if isinstance(given, dict) else None
    if not isinstance(cursor, str):
        return given
    told = {name: value for name, value in given.items() if value not in (None, {})}
    return kept.whole_call(cursor.rpartition("-")[2], tool.name, told)


def _asked(arguments: Arguments) -> Arguments:
    return {n: value for n, value in arguments.items() if n != "cursor" and value is not None}


def _found(desk: Desk, tool: Declared, arguments: Arguments) -> Answer:
    assert tool.answering is not None
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always", OtherNameWarning)
        answer = tool.answering(desk, arguments)
    others = (str(one.message) for one in heard if issubclass(one.category, OtherNameWarning))
    taken = dict.fromkeys(others)
    told = tuple(f"{desk.spoken(brief(one), arguments['lang'])}." for one in taken)
    return replace(answer, told=(*told, *answer.told)) if told else answer


def _refused(desk: Desk, error: BriKgError, lang: str) -> Result:
    """Return an error of ours in words: what is wrong, why, and how it is mended, no command among it.

    It may name what a caller wrote and what a store holds, and so stands in quotation marks.
    """
    texts = (error.message, error.why, without_commands(error.fix))
    said = [desk.spoken(text, lang) for text in texts if text]
    parts = " ".join(quoted(brief(text) if len(text) > _LONG else bare(text)) for text in said)
    told = f"error[{error.code}]: {parts}"
    return page_of(Answer((told,), status=ERROR), desk.release, lang, Cursor())
