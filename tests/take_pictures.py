"""Take the pictures of docs/explorer.md anew: `python tests/take_pictures.py [FOLDER]`, with the extra browser-test.

The server shows no words of texts, so that none stands in a picture.
"""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

from browsing import DESK, PHONE, chromium
from PIL import Image
from serving import serving

FOLDER: Final = Path(__file__).parents[1] / "docs" / "explorer"
PAGES: Final = {
    "start": "",
    "search": "search?q=silk+road",
    "thing": "doc/id/org/anso.html",
    "claim": "doc/claim/cas-decade-anso-founders.html",
    "question": "questions/cofounders",
    "map": "questions/member-origins?view=map",
    "disagreement": "disagreements/other-list",
    "planned": "planned",
    "source": "doc/source/cas-decade.html",
    "reference": "reference",
    "editor": "editor",
}
"""A page of each kind."""
_HEIGHT: Final = 1000  # pixels that are shown of a page
_COLOURS: Final = 32


def taken(page: Any) -> bytes:
    """Return the picture of what a browser shows, with few colours."""
    picture = Image.open(io.BytesIO(page.screenshot()))
    out = io.BytesIO()
    picture.convert("RGB").quantize(_COLOURS).save(out, "PNG", optimize=True)
    return out.getvalue()


def main(folder: Path) -> None:
    """Write every picture: a page of each kind, at two widths, in both languages."""
    folder.mkdir(exist_ok=True)
    log = Path(tempfile.mkdtemp()) / "log"
    with serving(log=log, env={"BRI_KG_SOURCES": ""}) as running, chromium() as browser:
        for width, name in ((DESK, "wide"), (PHONE, "phone")):
            context = browser.new_context(viewport={"width": width, "height": _HEIGHT})
            page = context.new_page()
            for lang in ("en", "zh"):
                for kind, path in PAGES.items():
                    mark = "&" if "?" in path else "?"
                    page.goto(f"{running.url}/{path}{mark}lang={lang}", wait_until="networkidle")
                    (folder / f"{kind}-{name}-{lang}.png").write_bytes(taken(page))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else FOLDER)
