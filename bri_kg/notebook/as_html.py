"""Blocks as HTML with inline style: no script, nothing fetched, every text escaped.

Colours are those of the page, so that dark notebooks stay readable; what differs, differs in word and line.
"""

from __future__ import annotations

import re
from html import escape

from bri_kg.notebook.blocks import Block, Frame, Line, Look, Run, Table
from bri_kg.plain import visible

_LANG = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_ADDRESS = re.compile(r"https?://[^\s\"'<>]+")
_LOOKS = {
    Look.PLAIN: "",
    Look.STRONG: "font-weight:600",
    Look.QUIET: "opacity:.8",
    Look.TAG: "font-weight:600;border:1px solid currentColor;padding:0 .25em",
    Look.MARK: "font-weight:600;border:1px dotted currentColor;padding:0 .25em",
    Look.CODE: "font-family:monospace;font-size:.92em;opacity:.85",
}
_FRAMES = {
    Frame.PLAIN: "margin:.1em 0",
    Frame.SECTION: "margin:.8em 0 .3em",
    Frame.FOLDED: "margin:.5em 0",
    Frame.STATED: "margin:.4em 0;padding:.1em .7em;border-left:2px solid currentColor",
    Frame.AHEAD: "margin:.5em 0;padding:.3em .7em;border:2px dotted currentColor",
    Frame.SILENCED: "margin:.5em 0;padding:.1em .7em;border-left:2px dashed currentColor",
    Frame.DISPUTED: "margin:.6em 0;padding:.1em .7em;border-left:5px double currentColor",
    Frame.WORDS: "margin:.2em 0 .4em;padding:0 .7em;border-left:1px solid currentColor",
    Frame.BESIDE: "display:flex;flex-wrap:wrap;gap:0 1em",
}
_INDENT = "padding-left:1.2em"
_INDENTED = (Frame.PLAIN, Frame.SECTION, Frame.FOLDED)
_CELL = "text-align:left;vertical-align:top;padding:.25em .6em;border-bottom:1px solid currentColor"
_ROW_AHEAD = "outline:2px dotted currentColor;outline-offset:-2px"


def html_of(block: Block, lang: str) -> str:
    """Return a block as HTML that stands by itself in a page."""
    height = 1.7 if lang == "zh" else 1.5  # Chinese needs more room between lines
    style = f"line-height:{height};max-width:64em;overflow-wrap:anywhere;text-align:left"
    return f'<div class="bri-kg" lang="{lang}" style="{style}">{_block(block)}</div>'


def _block(block: Block | Table) -> str:
    if isinstance(block, Table):
        return _table(block)
    head = _line(block.line)
    body = "".join(map(_block, block.inside))
    style = _FRAMES[block.frame]
    if block.frame is Frame.FOLDED:
        return (
            f'<details style="{style}"><summary style="cursor:pointer">{head}</summary>'
            f'<div style="{_INDENT}">{body}</div></details>'
        )
    if block.frame is Frame.WORDS:
        return f'<blockquote style="{style}">{head}</blockquote>'
    if block.frame is Frame.BESIDE:
        sides = "".join(
            f'<div style="flex:1 1 18em;min-width:0">{_block(one)}</div>' for one in block.inside
        )
        return f'{head}<div style="{style}">{sides}</div>'
    if body and head and block.frame in _INDENTED:
        body = f'<div style="{_INDENT}">{body}</div>'
    return f'<div style="{style}">{f"<div>{head}</div>" if head else ""}{body}</div>'


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col" style="{_CELL}">{_text(name)}</th>' for name in table.columns)
    rows = "".join(
        (f'<tr style="{_ROW_AHEAD}">' if ahead else "<tr>")
        + "".join(f'<td style="{_CELL}">{_line(cell)}</td>' for cell in row)
        + "</tr>"
        for row, ahead in zip(table.rows, table.ahead, strict=True)
    )
    return (
        '<div style="overflow-x:auto"><table style="border-collapse:collapse;margin:.4em 0">'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _line(line: Line) -> str:
    return "".join(map(_run, line))


def _run(run: Run) -> str:
    text = _text(run.text)
    if run.href and _ADDRESS.fullmatch(run.href):
        address = escape(visible(run.href), quote=True)
        text = f'<a href="{address}" rel="noopener noreferrer" style="color:inherit">{text}</a>'
    given = {
        "lang": run.lang if run.lang and _LANG.fullmatch(run.lang) else None,
        "dir": "auto" if run.lang else None,  # a text of its own, whatever its direction
        "style": _LOOKS[run.look],
        "title": run.hint,
    }
    attributes = "".join(f' {name}="{_text(value)}"' for name, value in given.items() if value)
    return f"<span{attributes}>{text}</span>" if attributes else text


def _text(text: str) -> str:
    return escape(visible(text), quote=True)
