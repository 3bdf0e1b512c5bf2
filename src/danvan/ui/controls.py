"""One form field as HTML: label, control, help, errors, tied together for screen readers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BoundField
from django.forms.boundfield import BoundWidget
from django.template.loader import render_to_string
from django.utils.safestring import SafeString


def draw(
    bound: BoundField,
    *,
    compact: bool = False,
    label: Any = "",
    attrs: dict[str, Any] | None = None,
) -> SafeString:
    """The field. ``compact`` keeps the label for screen readers only, for cells of a table."""
    if bound.is_hidden:
        return SafeString(str(bound))
    widget = bound.field.widget
    kind = kind_of(widget)
    given = _attributes(bound, kind, attrs or {})
    context = {
        "bound": bound,
        "kind": kind,
        "label": label or bound.label,
        "compact": compact,
        "required": bound.field.required,
        "described": " ".join(_describing(bound)),
    }
    if kind == "choices":
        context["choices"] = _choices(bound, given)
    else:
        context["control"] = bound.as_widget(attrs=given)
    return render_to_string("ui/components/field.html", context)


def first_id(bound: BoundField) -> str:
    """The id of the control a link to this field should lead to."""
    several = kind_of(bound.field.widget) in ("choices", "group")
    return f"{bound.auto_id}_0" if several else bound.id_for_label


def kind_of(widget: forms.Widget) -> str:
    """``choices`` (several boxes under one legend), ``check``, ``group`` or ``plain``."""
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    return "group" if isinstance(widget, forms.MultiWidget) else "plain"


def css_class(widget: forms.Widget) -> str:
    """The kit's class for a control."""
    if isinstance(widget, forms.CheckboxInput | forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "form-check-input"
    return "form-select" if isinstance(widget, forms.Select) else "form-control"


def _attributes(bound: BoundField, kind: str, given: dict[str, Any]) -> dict[str, Any]:
    """Attributes for the control: ours, the widget's own classes, and those of the tag."""
    widget = bound.field.widget
    classes = [css_class(widget), widget.attrs.get("class", ""), given.pop("extra", "")]
    if bound.errors:
        classes.append("is-invalid")
    # Template keywords cannot hold a hyphen: data_autofocus means data-autofocus.
    attrs = {name.replace("_", "-"): value for name, value in given.items()}
    attrs["class"] = " ".join(c for c in classes if c)
    if kind in ("plain", "check") and (ids := _describing(bound)):
        attrs["aria-describedby"] = " ".join(ids)
    return attrs


def _describing(bound: BoundField) -> list[str]:
    """Ids of what explains the field: errors first, they matter more than the help."""
    ids = []
    if bound.errors:
        ids.append(f"{bound.auto_id}_error")
    if bound.help_text:
        ids.append(f"{bound.auto_id}_helptext")
    return ids


def _choices(bound: BoundField, attrs: dict[str, Any]) -> list[BoundWidget]:
    """The single boxes of a group, each with the kit's class."""
    widget = bound.field.widget
    attrs = bound.build_widget_attrs({"id": bound.auto_id, **attrs})
    return [
        BoundWidget(widget, data, bound.form.renderer)
        for data in widget.subwidgets(bound.html_name, bound.value(), attrs=attrs)
    ]
