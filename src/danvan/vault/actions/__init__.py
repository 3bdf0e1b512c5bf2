"""What can be done in the vault, one file per noun."""
