"""The register of official documents: what we received, issued or only know by citation.

Document   number, symbol, type, issuer, date, validity, text, file
Provision  a node of a document's text; tasks, targets, criteria and citations point here
Citation   a provision cites a document, with the place of the words
"""
