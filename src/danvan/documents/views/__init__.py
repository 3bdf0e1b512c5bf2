"""Pages of the register: the list, one document, changes, reviews, dispatch."""
