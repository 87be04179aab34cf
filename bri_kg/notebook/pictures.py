"""A picture with what it draws in words below it; and the pen that writes both languages or says that it cannot."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib import import_module
from io import BytesIO
from os import PathLike
from typing import Any

from bri_kg.answers.face_words import Both, say
from bri_kg.errors import UsageError, how_to_install
from bri_kg.notebook.as_html import html_of
from bri_kg.notebook.as_text import text_of
from bri_kg.notebook.blocks import Block, Frame, Look, run
from bri_kg.plain import visible

INK, SOFT, AHEAD = "#1c2b3a", "#5f6b76", "#8a4b00"
ACHIEVED = "#1f5a8c"
# Families with simplified Chinese, as systems name them; the first that is installed serves.
_CJK = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "Microsoft YaHei",
    "PingFang SC", "Hiragino Sans GB", "Heiti SC", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "SimHei",
    "Noto Sans CJK JP", "Droid Sans Fallback", "Arial Unicode MS", "Noto Serif CJK SC", "Songti SC",
)  # fmt: skip
_LATIN = "DejaVu Sans"  # comes with matplotlib
_DPI = 110
_DRAWN: Both = ("What is drawn, and which passages say it", "图中内容及其出处")
_NO_FONT: Both = (
    "No font with Chinese characters is installed here: names that need one stand as IRIs, and the "
    "wording is English. Install one, such as Noto Sans CJK, and start the notebook again.",
    "这里没有安装含汉字的字体：需要汉字的名称以 IRI 表示，图中文字用英文。"
    "请安装一种（如 Noto Sans CJK），再重新启动笔记本。",
)


@dataclass(frozen=True)
class Picture:
    """A drawing, its title, and all that it shows in words, with passages.

    A notebook shows it; `save` writes it, `figure` is matplotlib's.
    """

    figure: Any
    title: str
    lang: str
    told: tuple[Block, ...]

    def save(self, path: str | PathLike[str], *, dpi: int = 200) -> None:
        """Write the drawing to a file; its ending says the format: png, svg, pdf."""
        self.figure.savefig(path, dpi=dpi)

    def png(self) -> bytes:
        """Return the drawing as PNG."""
        out = BytesIO()
        self.figure.savefig(out, format="png", dpi=_DPI)
        return out.getvalue()

    def _repr_html_(self) -> str:
        below = Block((run(say(self.lang, _DRAWN), Look.STRONG),), self.told, Frame.FOLDED)
        data = b64encode(self.png()).decode("ascii")
        title = escape(visible(self.title), quote=True)
        return (
            f'<img src="data:image/png;base64,{data}" alt="{title}" style="max-width:100%;height:auto">'
            + html_of(below, self.lang)
        )

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(str(self))

    def __str__(self) -> str:
        return text_of(Block((run(self.title, Look.STRONG),), self.told))


@dataclass(frozen=True)
class Pen:
    """Fonts that are installed here, and the characters that they have."""

    family: tuple[str, ...]
    characters: frozenset[int]
    asked: str

    @property
    def lang(self) -> str:
        """The language of wordings: the one asked for, or English where its characters are missing."""
        return self.asked if self.can_write(_NO_FONT[1]) else "en"

    def can_write(self, text: str) -> bool:
        """Return whether there is a glyph for each character."""
        return all(ord(char) in self.characters for char in text if not char.isspace())

    def name(self, text: str | None, instead: str) -> str:
        """Return a name that can be drawn: the text, or what stands in its place where a glyph is missing."""
        given = mathless(visible(text)) if text else ""
        return given if given and self.can_write(given) else mathless(instead)

    def say(self, wording: Both, **values: object) -> str:
        """Return a wording in a language that can be drawn."""
        return say(self.lang, wording, **values)

    def notes(self, *texts: str | None) -> tuple[Block, ...]:
        """Return, for below the picture, that glyphs are missing, where they are and a text needs them."""
        lacking = self.asked != self.lang or any(
            text and not self.can_write(visible(text)) for text in texts
        )
        return (Block((run(say(self.asked, _NO_FONT), Look.STRONG),)),) if lacking else ()

    def title(self, fig: Any, y: float, text: str) -> None:
        """Write the title of a picture at the left, its middle at a height."""
        self.text(fig, 0.02, y, text, fontsize=13, fontweight="bold", color=INK, va="center")

    def key(self, fig: Any, y: float, text: str) -> None:
        """Write what the lines and marks of a picture stand for."""
        self.text(fig, 0.02, y, text, fontsize=8, color=SOFT, va="center", linespacing=1.5)

    def text(self, axes: Any, x: float, y: float, text: str, **how: Any) -> Any:
        """Write a text on axes in these fonts; a dollar sign is one, and no formula."""
        return axes.text(x, y, text, fontfamily=list(self.family), parse_math=False, **how)


def pen(lang: str) -> Pen:
    """Return a pen for a language, from the fonts that matplotlib finds."""
    fonts = matplotlib("font_manager")
    known = {font.name: font.fname for font in fonts.fontManager.ttflist}
    family = (_LATIN, *(name for name in _CJK if name in known))[:2]
    found = (_characters(known[name]) for name in family if name in known)
    return Pen(family, frozenset().union(*found), lang)


@cache
def _characters(file: str) -> frozenset[int]:
    return frozenset(matplotlib("ft2font").FT2Font(file).get_charmap())


def matplotlib(module: str) -> Any:
    """Return a module of matplotlib. Raise UsageError (BRI201) where it is not installed."""
    try:
        return import_module(f"matplotlib.{module}")
    except ImportError as error:
        raise UsageError(
            "BRI201",
            "matplotlib is not installed",
            why=f"pictures are drawn with it: {error}",
            fix=how_to_install("notebook"),
        ) from None


def figure(width: float, height: float) -> Any:
    """Return an empty figure of this size in inches; nothing of the user's settings for figures is changed."""
    made = matplotlib("figure").Figure(figsize=(width, height), dpi=_DPI, facecolor="white")
    matplotlib("backends.backend_agg").FigureCanvasAgg(made)
    return made


def mathless(text: str) -> str:
    """Return text in one line."""
    return " ".join(text.split())
