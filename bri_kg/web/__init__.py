"""The graph over HTTP: a SPARQL 1.1 endpoint, questions, and the data behind its IRIs. Extra `serve`.

Nothing here is imported by `import bri_kg`.
"""
