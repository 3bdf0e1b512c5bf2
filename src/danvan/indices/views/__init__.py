"""The pages of indices: reading them, keeping them."""
