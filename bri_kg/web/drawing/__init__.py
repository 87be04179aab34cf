"""Drawings as SVG, made here: networks, maps and timelines of plain values. Nothing in it knows of RDF.

Colours are classes and `currentColor`, so that a page in light or dark, and a policy that allows no `style`
attribute, take them as they are; what has not come about is dashed and says so in words.
"""
