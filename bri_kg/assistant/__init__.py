"""The face for language models: tools over the Model Context Protocol, whose every answer can be cited."""
