"""Workbooks of claims: what is known of a source, a row a claim, filled in by people who know no RDF.

fields    what each kind of row can say, from the shapes
layout    the sheets with their help, example and lists, and how they are written
reading   the cells that were filled in, from a workbook or from tables of text
cells     what the text of a cell means: names, amounts, times
quoting   where pasted words stand in the text, or what stands there instead
making    from rows to triples, with the cell that each comes from
"""
