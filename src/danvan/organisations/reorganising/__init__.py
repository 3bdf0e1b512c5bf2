"""A reorganisation before it is written: what was decided, what is wrong with it, what follows."""
