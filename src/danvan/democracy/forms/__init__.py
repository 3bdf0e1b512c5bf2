"""What is typed, one file per noun."""
