"""Pages: what a unit owes, one assignment, the matrix, files."""
