"""From the score sheet to the signed ranking.

CriteriaSet  a score sheet as law: criteria, bands, caps, enacted by a document, dated
Round        one scoring window of a programme: dates, blocks, which office owns which role
Sheet        one unit's self-score sheet in a round
Score        unit × criterion: computed, claimed, verified, after explanation, decided
Proof        what shows a claimed point; no proof, no points
Ranking      the frozen result of a round; Standing one unit's line in it

Never here: what a fact means (it is read by code) and who holds a role (organisations).
"""
