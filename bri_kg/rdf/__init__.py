"""RDF as files and streams, terms and graphs, and rows of results, read and written."""
