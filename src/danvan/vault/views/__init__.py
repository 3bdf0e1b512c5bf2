"""The vault's pages. None is kept by the browser; none keeps a draft."""
