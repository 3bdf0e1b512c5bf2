"""Who can log in. Knows no unit and no role: those are organisations'."""
