"""Workbooks of claims: what is known of a source, a row a claim, filled in by people who know no RDF.

fields          what each kind of row can say, from the shapes
known           who and what is known, by name and alias, in every layer
sheet_layout    titles, help, example and lists of the sheets, and the guide
spreadsheets    workbooks as `.xlsx`; tables_of_text: the same as `.csv`
filled_rows     the cells that were filled in, by the key of their column
cell_values     what the text of a cell means: amounts, times, answers
quoting         where pasted words stand in the text, or what stands there instead
short_names     what rows are called that are given no name
making          from rows to triples, with the cell that each comes from
remaking        from triples back to rows; cell_texts: what stands in a cell for an amount, a time or a passage
source_places   where things of a source lie in a collection, and how its claims get into the graph and out of it
"""
