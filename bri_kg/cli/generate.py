"""`python -m bri_kg.cli.generate`: write the files of the ontology that follow from others, or check them."""

from __future__ import annotations

import argparse

from bri_kg.cli.talking import complain, say
from bri_kg.dataset.resources import find
from bri_kg.errors import BriKgError
from bri_kg.publishing.generated import generated, stale
from bri_kg.rdf.text_files import write_file


def main(argv: list[str] | None = None) -> int:
    """Write what is stale, or with --check only name it; return 1 when something is stale, 2 for bad input."""
    parser = argparse.ArgumentParser(prog="python -m bri_kg.cli.generate", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--check", action="store_true", help="write nothing")
    parser.add_argument(
        "--graph", metavar="DIR", help="a graph/ folder with an ontology/ beside it"
    )
    args = parser.parse_args(argv)
    try:
        resources = find(args.graph, alone=args.graph is not None)
        wanted = generated(resources)
        old = stale(resources)
        for path in old:
            done = "stale" if args.check else "wrote" if path in wanted else "removed"
            say(f"{done}: {path}", "en")
            if args.check:
                continue
            if path in wanted:
                path.parent.mkdir(exist_ok=True)
                write_file(path, wanted[path])
            else:
                path.unlink()
    except BriKgError as error:
        complain(error, "en")
        return error.exit_code
    return 1 if args.check and old else 0


if __name__ == "__main__":
    raise SystemExit(main())
