"""The pages of registers: reading them, writing in them, declaring them."""
