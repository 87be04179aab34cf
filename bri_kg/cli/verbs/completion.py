"""`bri-kg completion SHELL`: the lines that let a shell complete verbs, options, questions and names.

The work is done in `bri_kg.cli.completing`, and by argcomplete.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Final

from bri_kg.cli.output import choose_format, emit
from bri_kg.errors import UsageError, how_to_install

SHELLS: Final = ("bash", "zsh", "fish")
_DESCRIPTION: Final = """print what lets a shell complete verbs, options, questions and names

TAB then offers what can stand there: cofounders behind `ask`, the parameters of
a question behind --param, names of things behind `describe`."""
EXAMPLES: Final = (
    ("bash: name this file behind `source` in ~/.bashrc", "bri-kg completion bash -o bri-kg.bash"),
    ("zsh: move it into a folder of $fpath, before compinit", "bri-kg completion zsh -o _bri-kg"),
    ("fish: move it to ~/.config/fish/completions", "bri-kg completion fish -o bri-kg.fish"),
)


def add_arguments(parser: ArgumentParser) -> None:
    """Tell the parser what the verb takes."""
    parser.description = _DESCRIPTION
    parser.add_argument("shell", choices=SHELLS, metavar="SHELL", help="bash, zsh or fish")


def run(args: Namespace) -> int:
    """Print the script for a shell; 0. Raise UsageError where argcomplete is missing."""
    choose_format(args, ("text",), "text")
    try:
        from argcomplete.shell_integration import shellcode
    except ImportError as error:
        raise UsageError(
            code="BRI295",
            message="argcomplete is not installed",
            why=str(error),
            fix=how_to_install("completion"),
        ) from None
    emit(shellcode(["bri-kg"], shell=args.shell), args)
    return 0
