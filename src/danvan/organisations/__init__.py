"""Units over time, the people in their posts, and who holds which role.

Unit        a stable identity; what it was called and where it stood are dated versions
Succession  which unit became which, by what resolution
Post        a person's place in a unit, dated
RoleHolding which unit fills a role such as "programme office" for a body, dated
Appointment the leader and the focal officer a unit named for this work, dated

Never here: what a unit owes or scores.
"""
