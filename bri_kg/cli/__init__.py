"""The face in a terminal: arguments in, text and an exit code out. `verbs/` has a module a verb."""
