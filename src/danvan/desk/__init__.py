"""The first pages of a working day: what I owe, what happened, which days are worked.

It keeps nothing of its own: duties, facts, history and calendar come from below.
"""
