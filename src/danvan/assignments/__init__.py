"""Anything anyone must do by a day: who owes it, what was handed in, what came of it.

Assignment  a unit's duty, whatever it came from (``origin``), in one of six states
Submission  one version handed in; accepted, or returned with a reason
Attachment  a file of a submission

Lateness is a stored fact: measured at the first filing, it stays.
"""
