"""What can be done to indices, one file per noun."""
