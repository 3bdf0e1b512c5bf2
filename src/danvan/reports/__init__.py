"""Official reports composed of frozen readings and of what units wrote.

Outline    the sections of a kind of report, as dated data; items are bound to facts
Report     one unit's report of one period, in versions; approval locks and issues it
Figure     one item's value as it was read (or typed, with its source) for that report
Narrative  what was written under a section
Share      what one unit's report added to a consolidated figure: the sum keeps its sources

Never here: how a figure is made (read by code), when a report is due and whether it was
accepted or returned (assignments).
"""
