"""Whether a graph, or an ontology, is as it should be."""
