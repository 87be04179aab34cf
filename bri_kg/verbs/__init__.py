"""The verbs of the command line, one room each; every room has `run(args)`, which returns an exit code."""
