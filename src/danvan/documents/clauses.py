"""How a clause is named when people speak of it."""

from __future__ import annotations

from django.utils.translation import gettext as _


def said(path: str) -> str:
    """The path of a provision in words: "IV.2.a.-#3" → "mục IV.2.a, gạch đầu dòng 3"."""
    heads, rest = [], []
    for token in path.split("."):
        name, _mark, nth = token.partition("#")
        if name in ("-", "+", "*"):
            rest.append(_("gạch đầu dòng %s") % (nth or 1))
        elif name == "¶":
            rest.append(_("đoạn %s") % (nth or 1))
        else:
            heads.append(_("%(name)s (thứ %(nth)s)") % {"name": name, "nth": nth} if nth else name)
    return ", ".join([_("mục %s") % ".".join(heads), *rest] if heads else rest)
