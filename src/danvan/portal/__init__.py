"""The public pages: what a citizen may see and do, without an account.

Never here: any rule of its own about what may be shown; each context says that in ``public.py``.
"""
