"""Indices that others measure: PAR Index, SIPAS, PAPI, DDCI, as dated series per unit.

Index    what is measured, by whom, on which scale
Edition  its results of one year, with the document that published them
Result   one unit in one edition: value, maximum, rank out of n, class, source

Never here: our own score sheet (scoring).
"""
