"""A city and a year in one command; sits on top of everything, and nothing knows it.

Stage     a day of 2023 on which the year is put down: planning, running, scoring, closed
City      its bodies, people and accounts, before the year begins
Story     who does what when: one line per ranked unit
Chapter   a part of the year as steps on the agenda, taken by the persons who would take them
Agenda    steps in the order of their moments, each under a clock set to its own

Never here: a row that a verb would write. People, papers and marks are invented.
"""
