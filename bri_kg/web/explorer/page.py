"""Pages for people: plain HTML that is readable before and without any script, everything escaped."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

from bri_kg.answers import face_words
from bri_kg.answers.claim_sentences import content, names_speaker
from bri_kg.answers.claim_words import called, number, part_word, verb, without_gap, worded
from bri_kg.answers.count_words import counted_clause
from bri_kg.answers.face_words import Both, counted
from bri_kg.answers.model import (
    Named,
    Node,
    Passage,
    Reference,
    Text,
    TimeSpan,
)
from bri_kg.answers.nature_words import plainly, told_otherwise
from bri_kg.answers.rivals import in_tension
from bri_kg.answers.standing import is_ahead, tells_how_far
from bri_kg.answers.time_words import is_vague, when
from bri_kg.names import BRI, QUANTITY, TIME, citation, shorten, split_passage
from bri_kg.publishing.pages.render import environment
from bri_kg.web.explorer import page_words
from bri_kg.web.explorer.other_answers import Answers
from bri_kg.web.explorer.page_addresses import Addresses
from bri_kg.web.explorer.publisher_links import at_publisher
from bri_kg.web.site_links import FORMS

if TYPE_CHECKING:
    import jinja2
    from markupsafe import Markup

HTML: Final = "text/html; charset=utf-8"
OTHER: Final = {"en": "zh", "zh": "en"}
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
PRIVATE: Final = {
    "Cache-Control": "private, no-cache",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""The headers of what only the people may see who reach the page itself."""
_MOST: Final = 20  # of one part of a page
_MOST_TRIPLES: Final = 400
_WEB: Final = ("https://", "http://")
_UNKNOWN: Final = "../.."  # a time of which the source tells neither end


@dataclass(frozen=True)
class Page:
    """What every part of a page needs: where things are, in which language it speaks, how much it shows."""

    at: Addresses
    lang: str
    is_written: bool = False
    """Whether it is one of a folder of files, with no server to ask."""
    copy_of: str | None = None
    """What it is a written copy of: a version and its release."""
    canonical: str | None = None
    """The address that others cite, where there is one."""
    others: tuple[Answers, ...] = ()
    """The answers for other parameters that are written beside this one."""
    policy: str | None = None
    """What it may run and fetch, where no header can say so."""
    texts: Path | None = None
    """The folder of texts whose words the page may show."""
    most_pages: int | None = None
    """How many pages of one list are made, where not all are."""
    words: ModuleType = page_words
    subject: str = BRI + "hasSubject"
    most: int = _MOST
    most_triples: int = _MOST_TRIPLES

    @property
    def other(self) -> str:
        """The other language."""
        return OTHER[self.lang]

    def say(self, wording: Both, **values: object) -> str:
        """Return a wording in the language of the page."""
        return face_words.say(self.lang, wording, **values)


@dataclass(frozen=True)
class Entry:
    """A term in the page of a document: the fragment of its IRI, and what the document says of it."""

    anchor: str
    name: str
    label: str | None
    iri: str
    kinds: tuple[str, ...]
    notes: tuple[str, ...]


def terms_page(
    page: Page, iri: str, title: str, abstract: str | None, terms: Iterable[Entry]
) -> str:
    """Return the page of a document that defines terms."""
    return of_document(page, "terms.html", iri, title=title, abstract=abstract, terms=tuple(terms))


def nothing_known_page(page: Page, iri: str, near: str | None) -> str:
    """Return the page that says that nothing is known of an IRI, and what may be meant."""
    return filled(page, "nothing_known.html", iri=iri, near=near)


def filled(page: Page, template: str, **values: object) -> str:
    """Return a template of ours with these values and what every template needs."""
    return _environment().get_template(template).render(**_told(page), **values)


def page_headers(page: Page) -> dict[str, str]:
    """Return the headers by which a page runs and fetches nothing but what is of this site.

    Words of a source are for who holds it: no page of another site reads them, and no cache on the way keeps them.
    """
    headers = {
        "Content-Language": page.lang,
        "Content-Security-Policy": POLICY,
        "Referrer-Policy": "no-referrer",
    }
    return headers if page.texts is None else headers | PRIVATE


def written_policy(policy: str) -> str:
    """Return a policy for a page that is a file: without what only headers can say.

    Browsers that hold each file for a site of its own are told that it may read what lies beside it.
    """
    parts = (part for part in policy.split("; ") if not part.startswith("frame-ancestors"))
    return "; ".join(part.replace("'self'", "'self' file:") for part in parts)


def of_document(page: Page, template: str, iri: str, **values: object) -> str:
    """Return a template about what has an IRI, with the ways to its data."""
    forms = [(form, media_type) for form, media_type in FORMS.items() if form != "html"]
    return filled(page, template, iri=iri, forms=forms, **values)


@cache
def _environment() -> jinja2.Environment:
    made = environment("bri_kg.web.explorer", "serve")
    from bri_kg.web.explorer.absent_links import AbsentLinks, href

    made.add_extension(AbsentLinks)
    made.globals["href"] = href
    made.filters["heading"] = lambda text: text.capitalize() if text.isupper() else text
    return made


def _told(page: Page) -> dict[str, Any]:
    """Return what templates call: each gives text, which the template escapes."""
    mentions = _Mentions()
    return {
        "page": page,
        "begin_mentions": mentions.begin,
        "is_first_mention": mentions.is_first,
        "at": page.at,
        "lang": page.lang,
        "other": page.other,
        "words": page.words,
        "say": page.say,
        "called": lambda node: _called(node, page),
        "short": shorten,
        "is_ahead": is_ahead,
        "names_speaker": partial(names_speaker, page),
        "tells_how_far": tells_how_far,
        "cited": _cited,
        "at_publisher": at_publisher,
        "lang_of": lambda lang: _lang_of(lang, page),
        "is_first": _first_time(),
        "out_of": lambda address: _out_of(address, page),
        "counted": partial(counted, page.lang),
        "count_of": partial(counted_clause, page),
        "number": partial(number, page),
        "part_word": partial(part_word, page),
        "sentence_of": partial(content, page),
        "worded": worded,
        "verb": partial(verb, page),
        "headed": lambda prop, inverse=False: verb(page, prop, inverse=inverse),
        "nature_word": partial(plainly, page),
        "told_otherwise": partial(told_otherwise, page),
        "in_tension": in_tension,
        "when": partial(when, page),
        "is_vague": is_vague,
        "span": _span,
    }


def _lang_of(lang: str | None, page: Page) -> Markup:
    """Return the attribute that says in which language something is, where that is not the page's."""
    from markupsafe import Markup

    return Markup(' lang="{}"').format(lang) if lang and lang != page.lang else Markup()


def _out_of(address: str, page: Page) -> Markup:
    """Return the attributes of a link that leaves the site."""
    from markupsafe import Markup

    if not address.startswith(_WEB):
        return Markup()
    return Markup(' class="out" rel="noopener noreferrer"')


class _Mentions:
    """Which sources a list has named; where no list was begun, each is named every time."""

    def __init__(self) -> None:
        self._is_first: Callable[[object], bool] | None = None

    def begin(self) -> str:
        """Return nothing, for a template; a list begins."""
        self._is_first = _first_time()
        return ""

    def is_first(self, source: str, role: str) -> bool:
        """Return whether this list names a source for the first time; what is read with others stands in a fold."""
        return self._is_first is None or (role != "context" and self._is_first(source))


def _first_time() -> Callable[[object], bool]:
    """Return what tells, for one page, whether something is asked about for the first time."""
    met: set[object] = set()

    def is_first(one: object) -> bool:
        is_new = one not in met
        met.add(one)
        return is_new

    return is_first


def _called(node: Node | Reference, page: Page) -> str:
    """Return what a node is called: its label, a passage as it is cited, a value by its name, else its short name."""
    if isinstance(node, Text):
        return node.value
    if node.label:
        return without_gap(node.label)
    if passage := split_passage(node.iri):
        return citation(*passage)
    if node.iri.startswith((TIME, QUANTITY)):
        return node.iri.rpartition("/")[2]
    name = shorten(node.iri)
    if name in page_words.FOREIGN:
        return page.say(page_words.FOREIGN[name])
    return called(page, Named(node.iri))


def _cited(passage: Passage) -> str:
    return citation(passage.source.slug, passage.begin, passage.end)


def _span(time: TimeSpan) -> str:
    """Return a time as it is labelled, nothing where neither end is known and it has no wording of its own."""
    return "" if time.label == _UNKNOWN else time.label
