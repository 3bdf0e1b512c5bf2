"""Who may do what, by what it is about: one file per noun."""
