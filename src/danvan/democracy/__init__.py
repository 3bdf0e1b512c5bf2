"""Grassroots democracy: what people are told, asked, decide and supervise.

Never here: petitions, and what citizens see of all this (portal).
"""
