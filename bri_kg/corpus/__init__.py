"""Releases of many sources: one pure function for a part, what crosses parts, and who runs it (docs/corpus.md).

Each module imports only from those above it:

- ``coverage_of_axioms``: kinds of axioms whose consequences the decomposition covers
- ``common_ground``: ontology and vocabularies, which every part has beside it
- ``shapes_of_part``: shapes, held against what a part tells itself
- ``part_of_corpus``: the function: what a part is told, in; quads, findings and what may cross, out
- ``tables``: rows as text that DuckDB reads, and the tables themselves
- ``parts_by_hash``: which part each unit goes to, by hashes of names
- ``sharing_out``: which part each node belongs to, and what is sent along beside it
- ``crossings``: what is found only across parts: chains, clashes, names that nobody describes
- ``bucket_tables``: buckets in tables: what is told in each, what stands beside, which names count
- ``bucketing``: checks that look at pairs, over buckets of their keys
- ``pairing``: candidates for comparison, over buckets of theirs
- ``data_addresses``: N-Quads, N-Triples and Parquet of quads, at paths or addresses
- ``manifest``: what lies beside the lines: findings, candidates and digests
- ``workers``: what a process does with a file or a bucket
- ``gathering``: what all parts found, as one validation tells it
- ``finding_places``: file and line of findings
- ``taken_names``: whether a collection redefines what stands below it
- ``building``: the order of it all, over an engine
- ``kept_work``: outcomes by what they were made of, in a folder that outlasts a run
- ``running_here``: processes on this machine
- ``validating``: what is found in parts, without the release
- ``spark_tables``, ``spark_sessions``, ``running_on_spark``: the same on Apache Spark
"""
