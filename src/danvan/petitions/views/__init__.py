"""The pages of petitions: boards and lists, one case, taking in, acts, limits."""
