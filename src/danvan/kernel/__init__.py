"""Words that all contexts share; knows no noun of the domain.

access   Actor, Decision, Refused – who acts, whether they may
actions  the decorator of every verb: permission + transaction + lock + history + events
audit    append-only, hash-chained history and the log of refusals
workflow tables of moves between states
facts    figures that contexts offer to one another, batched
formulas a small language over readings, kept as data
duties   what a person owes or waits for, offered to the desk
events   announcements, kept in an outbox, delivered after commit
imports  tables people send: dry run, all or nothing, undo
files    bytes stored once by SHA-256
calendar working days of Việt Nam with an editable overlay
clock    the injected clock
"""
