"""What can be done to petitions, one file per noun."""
