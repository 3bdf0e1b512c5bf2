"""Reads worth a name, one file per noun; ``visible_to(actor)`` starts every view."""
