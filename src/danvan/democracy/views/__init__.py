"""The pages, one file per noun; ``home`` is the door to all of them."""
