"""Why there is no page, as a page."""

from __future__ import annotations

from bri_kg.web.explorer.page import Page, filled
from bri_kg.web.problems import ProblemError, Spoken


def problem_page(page: Page, problem: ProblemError, spoken: Spoken | None) -> str:
    """Return the page of a problem: what is wrong, why, and how to mend it."""

    def said(text: str | None) -> str | None:
        return spoken(text, page.lang) if text and spoken else text

    return filled(
        page,
        "problem.html",
        code=problem.code,
        message=said(problem.message),
        why=said(problem.why),
        fix=said(problem.fix),
    )
