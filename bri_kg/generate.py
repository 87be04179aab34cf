"""`python -m bri_kg.generate`: write the files of the ontology that follow from others, or check them.

catalog-v001.xml   where each ontology IRI is found, for Protégé, in every folder with an ontology
context.jsonld     the JSON-LD context
sssom/*.sssom.tsv  the alignments as tables
"""

from __future__ import annotations

import argparse
from pathlib import Path

from bri_kg.catalog import catalogs
from bri_kg.errors import BriKgError
from bri_kg.files import write_file
from bri_kg.jsonld import context_text
from bri_kg.jsonld.terms import FILE as CONTEXT
from bri_kg.output import say
from bri_kg.resources import Resources, find
from bri_kg.sssom import ENDING, tables


def generated(resources: Resources) -> dict[Path, bytes]:
    """Return every generated file of the ontology with what it should hold."""
    ontology = resources.ontology
    texts = {
        **catalogs(resources),
        ontology / CONTEXT: context_text(resources),
        **{ontology / "sssom" / name: text for name, text in tables(resources).items()},
    }
    return {path: text.encode() for path, text in texts.items()}


def stale(resources: Resources) -> list[Path]:
    """Return the generated files that are missing, differ, or come from an alignment that is gone."""
    wanted = generated(resources)
    differ = [p for p, data in wanted.items() if not p.is_file() or p.read_bytes() != data]
    left = set((resources.ontology / "sssom").glob(f"*{ENDING}")) - wanted.keys()
    return [*differ, *sorted(left)]


def main(argv: list[str] | None = None) -> int:
    """Write what is stale, or with --check only name it; return 1 when something is stale, 2 for bad input."""
    parser = argparse.ArgumentParser(prog="python -m bri_kg.generate", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--check", action="store_true", help="write nothing")
    parser.add_argument(
        "--graph", metavar="DIR", help="a graph/ folder with an ontology/ beside it"
    )
    args = parser.parse_args(argv)
    try:
        resources = find(args.graph)
        wanted = generated(resources)
        old = stale(resources)
        for path in old:
            say(f"{'stale' if args.check else 'wrote' if path in wanted else 'removed'}: {path}")
            if args.check:
                continue
            if path in wanted:
                path.parent.mkdir(exist_ok=True)
                write_file(path, wanted[path])
            else:
                path.unlink()
    except BriKgError as error:
        say(error.render())
        return error.exit_code
    return 1 if args.check and old else 0


if __name__ == "__main__":
    raise SystemExit(main())
