"""Official reports composed of frozen readings and of what units wrote.

Outline  the sections of a kind of report, as data: facts and narratives they are bound to
Report   one unit's report of one period, with versions; approval locks it
Roll-up  the level above: numbers summed with their sources, narratives quoted by unit

Never here: how a figure is made (read by code) and when a report is due (assignments).
"""
