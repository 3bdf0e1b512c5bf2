"""Who is reminded of what, when, and by which letter.

Rung      one step of the ladder: 7, 3, 1 days before, the day, after, then the head
Reminder  one person × assignment × rung, written before anything is sent: never twice
Digest    what one person is sent in one go; several reminders, one mail
Letter    a mail in the outbox, retried until it is sent, sent once

Never here: what is owed and since when it is late (assignments).
"""
