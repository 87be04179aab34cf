"""`bri-kg serve`: a SPARQL 1.1 endpoint over HTTP.

The work is done in `bri_kg.web`.
"""

from __future__ import annotations

import re
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Final

from bri_kg.cli.arguments import not_empty, positive
from bri_kg.cli.given_options import reading_of
from bri_kg.cli.messages.speaking import in_language
from bri_kg.cli.talking import talk
from bri_kg.cli.texts_found import texts_of_collection
from bri_kg.errors import UsageError, how_to_install

if TYPE_CHECKING:
    from bri_kg.web.site import Words

_DESCRIPTION = """serve the explorer, and a SPARQL 1.1 endpoint at /sparql

It only reads. SERVICE, LOAD and updates are refused; every query has bounds of
time, memory and rows (bri-kg help limits). SIGHUP takes what is there now;
SIGTERM ends it when its answers are sent. docs/serve.md has the rest."""
EXAMPLES: Final = (
    ("the graph, on this machine only", "bri-kg serve"),
    ("a store of yours", "bri-kg serve --store my-store --port 8080"),
    ("tools for an assistant, over standard input and output", "bri-kg serve --mcp"),
    (
        "behind a proxy",
        "bri-kg serve --public-url https://example.org/bri-kg",
    ),
)
_PUBLIC_URL = re.compile(r"https?://[^/?#\s]+(?:/[^?#\s]*)?")


def add_arguments(parser: ArgumentParser) -> None:
    """Tell the parser what the verb takes."""
    parser.description = _DESCRIPTION
    parser.add_argument(
        "--host", type=not_empty, default="127.0.0.1", help="where to listen (127.0.0.1)"
    )
    parser.add_argument(
        "--port", type=_port, default=8000, help="the port, 0 for a free one (8000)"
    )
    parser.add_argument(
        "--public-url", metavar="URL", type=not_empty, help="the address as people reach it"
    )
    parser.add_argument(
        "--sources",
        metavar="DIR",
        type=not_empty,
        help="the texts, whose words are then shown to this machine (else BRI_KG_SOURCES names it)",
    )
    parser.add_argument(
        "--publish-words", action="store_true", help="show the words to whoever reaches the server"
    )
    parser.add_argument(
        "--grace",
        metavar="SECONDS",
        type=positive,
        default=30,
        help="time that answers on their way have to finish at the end (30)",
    )
    parser.add_argument(
        "--mcp",
        action="store_true",
        help="tools for an assistant over standard input and output, without a port",
    )


def run(args: Namespace) -> int:
    """Serve until a signal ends it, or with `--mcp` until standard input ends; 0."""
    if args.mcp:
        return _on_pipes(args)
    try:
        from bri_kg.web.app import Server
        from bri_kg.web.front_door import write_line
        from bri_kg.web.running_server import listening, run
    except ImportError as error:
        if (error.name or "").partition(".")[0] == "bri_kg":
            raise
        raise UsageError(
            "BRI820",
            f"serve needs {error.name}, which is not installed",
            fix=how_to_install("serve"),
        ) from None
    from bri_kg.web.serving_limits import Limits
    from bri_kg.web.snapshots import Place, take

    limits = Limits.set_here()
    words = _words(args)
    reading_of(args)
    _check(args.public_url)
    place = Place(args.graph, args.alone, args.store, args.base, args.input_format)
    snapshot = take(place)
    try:
        made = listening(args.host, args.port)
        at = made.getsockname()[1]
        host = f"[{args.host}]" if ":" in args.host else args.host
        url = (args.public_url or f"http://{host}:{at}").rstrip("/")
        log = None if args.quiet else write_line
        server = Server(
            snapshot, place, url, limits=limits, log=log, spoken=in_language, words=words
        )
        _say_what_is_not_shown(args, words)
        talk(args, f"serving at {url}/, SPARQL at {url}/sparql")
        run(server, [made], limits, args.grace)
    finally:
        snapshot.remove()
    return 0


def _on_pipes(args: Namespace) -> int:
    from bri_kg.cli.on_own_pipes import serve_on_own_pipes
    from bri_kg.web.serving_limits import Limits
    from bri_kg.web.snapshots import Place

    limits = Limits.set_here()
    reading_of(args)
    place = Place(args.graph, args.alone, args.store, args.base, args.input_format)
    return serve_on_own_pipes(args, place, limits)


def _words(args: Namespace) -> Words:
    """Return the words that are shown. Raise UsageError where they are to be published and none are there."""
    from bri_kg.texts.originals import texts_at_hand
    from bri_kg.web.site import Words

    texts = texts_at_hand(args.sources)
    if args.publish_words and texts is None:
        raise UsageError(
            "BRI824",
            "--publish-words: no folder of texts is named",
            fix="name it by --sources DIR or BRI_KG_SOURCES",
        )
    return Words.served(texts, args.host, args.public_url, for_all=args.publish_words)


def _say_what_is_not_shown(args: Namespace, words: Words) -> None:
    """Say where a collection has texts whose words nobody asked to show: a server publishes none by itself."""
    folder = None if args.store or words.texts else texts_of_collection(args)
    if folder:
        talk(
            args,
            f"the texts in {folder} are there, and their words are not shown: --sources {folder} shows them to this "
            "machine, with --publish-words to whoever reaches the server",
        )


def _port(text: str) -> int:
    return 0 if text == "0" else positive(text)


def _check(public_url: str | None) -> None:
    if public_url is not None and not _PUBLIC_URL.fullmatch(public_url):
        raise UsageError(
            "BRI823",
            f"{public_url!r} is no address that people reach a server at",
            fix="write it whole, such as https://example.org/bri-kg",
        )
