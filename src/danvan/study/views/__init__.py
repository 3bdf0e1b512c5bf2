"""The pages of study, by who stands before them."""
