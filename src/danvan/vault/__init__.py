"""The sealed vault: who denounced is kept under its own key, apart from the case.

Never here: the case itself (petitions); nothing here is searched, listed, exported or written
to history in clear.
"""
