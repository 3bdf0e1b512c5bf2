"""Study and training: who has to be briefed, who was, and how one knows.

Never here: what a unit owes by a day (assignments), what a figure is worth (scoring).
"""
