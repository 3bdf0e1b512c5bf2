from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.test import RequestFactory

from danvan.kernel.access import ALLOWED, already, refuse
from danvan.ui import states
from danvan.ui.fields import PointsField
from danvan.ui.samples import SampleForm

Draw = Callable[..., str]
EVIL = '"><script>alert(1)</script>'


@pytest.mark.parametrize(
    "source",
    [
        "{% badge 'info' x %}",
        "{% status 'late' label=x %}",
        "{% heat 1 2 text=x url=x %}",
        "{% progress 1 2 x text=x %}",
        "{% stat x x note=x url=x tone='info' %}",
        "{% source x x %}{% source '' x %}",
        "{% notice 'info' x title=x %}",
        "{% empty_state x x url=x label=x %}",
        "{% card x id=x %}{{ x }}{% endcard %}",
        "{% table x id=x extra=x %}{{ x }}{% endtable %}",
        "{% why x %}{{ x }}{% endwhy %}",
        "{% act x x confirm=x ask=x a=x %}",
        "{% act x x confirm=x a=x %}",
        "{% act x x may=no %}",
        "{% breadcrumbs x x x %}",
        "{% tabs x items %}",
        "{% row_filter x x %}",
        "{{ x|vi_number }}{{ x|vi_date }}",
    ],
)
@pytest.mark.filterwarnings("ignore:A {% csrf_token %}")
def test_everything_is_escaped(draw: Draw, source: str) -> None:
    drawn = draw(source, x=EVIL, no=refuse(EVIL), items=[(EVIL, EVIL, True, EVIL)])
    assert "<script" not in drawn
    assert "&lt;script" in drawn


def test_a_field_escapes_label_help_value_and_error(draw: Draw) -> None:
    class Form(forms.Form):
        name = forms.CharField(label=EVIL, help_text=EVIL, max_length=3)
        pick = forms.ChoiceField(choices=[(EVIL, EVIL)], widget=forms.RadioSelect)

        def clean(self) -> None:
            raise forms.ValidationError(EVIL)

    drawn = draw("{% fields form %}", form=Form({"name": EVIL}))
    assert "<script" not in drawn
    assert drawn.count("&lt;script") >= 6


@pytest.mark.parametrize("code", states.LOOKS)
def test_every_state_is_an_icon_and_a_word(draw: Draw, code: str) -> None:
    drawn = draw("{% status code days=3 %}", code=code)
    assert 'aria-hidden="true"' in drawn
    assert states.look(code).says(3) in drawn


def test_states_in_words(draw: Draw) -> None:
    assert "chậm 3 ngày" in draw("{% status 'late' days=3 %}")
    assert ">chậm<" in draw("{% status 'late' %}")
    assert "chưa nộp" in draw("{% status 'missing' %}")
    with pytest.raises(ValueError, match="No state"):
        draw("{% status 'unheard' %}")


@pytest.mark.parametrize(
    ("value", "level"),
    [("10", "5"), ("9", "5"), ("8.99", "4"), ("7", "3"), ("5", "2"), ("4.99", "1"), ("-1", "1")],
)
def test_heat_levels(value: str, level: str) -> None:
    assert states.heat_level(Decimal(value), 10) == level


def test_an_unknown_value_is_hatched_and_never_zero(draw: Draw) -> None:
    drawn = draw("{% heat None 10 %}")
    assert "heat-na" in drawn
    assert "chưa chấm" in drawn
    assert states.heat_level(5, 0) == "na"


def test_the_legend_covers_all_levels(draw: Draw) -> None:
    drawn = draw("{% heat_legend %}")
    assert states.heat_legend()[0][1] == "từ 90 %"
    assert "dưới 50 %" in drawn
    assert "chưa chấm" in drawn


def test_due_says_how_far(draw: Draw, on_day: Any) -> None:
    on_day(2023, 10, 18)
    day = dt.date(2023, 10, 16)
    assert "16/10/2023" in draw("{% due d %}", d=day)
    assert "quá hạn 2 ngày" in draw("{% due d %}", d=day)
    assert "quá hạn" not in draw("{% due d done=True %}", d=day)
    assert "chưa ấn định ngày" in draw("{% due None %}")


def test_an_allowed_verb_is_a_form(draw: Draw, rf: RequestFactory) -> None:
    source = "{% act '/x/' 'Nộp' may=d confirm='Chắc chưa?' version=v day=day %}"
    context = {"d": ALLOWED, "v": Decimal("2.5"), "day": dt.date(2023, 3, 27)}
    drawn = draw(source, rf.get("/"), **context)
    assert 'method="post"' in drawn
    assert "csrfmiddlewaretoken" in drawn
    assert 'data-confirm="Chắc chưa?"' in drawn
    # Hidden values are for the machine: not written the Vietnamese way.
    assert 'value="2.5"' in drawn
    assert 'value="2023-03-27"' in drawn


def test_a_refused_verb_shows_its_reason(draw: Draw) -> None:
    drawn = draw("{% act '/x/' 'Nộp' may=d %}", d=refuse("Còn 2 tiêu chí chưa có minh chứng."))
    assert "<form" not in drawn
    assert "disabled" in drawn
    assert "Còn 2 tiêu chí chưa có minh chứng." in drawn
    assert "aria-describedby" in drawn
    assert "Đã nộp." in draw("{% act '/x/' 'Nộp' may=d %}", d=already("Đã nộp."))


def test_two_refused_verbs_have_two_ids(draw: Draw) -> None:
    import re

    drawn = draw("{% act '/x/' 'A' may=d %}{% act '/x/' 'B' may=d %}", d=refuse("Không."))
    assert len(set(re.findall(r' id="(act-\d+)"', drawn))) == 2


def test_an_invalid_field_is_tied_to_its_error(draw: Draw) -> None:
    form = SampleForm({"name": "", "points": "x"})
    drawn = draw("{% field form.points %}", form=form)
    assert 'aria-invalid="true"' in drawn
    assert 'aria-describedby="id_points_error id_points_helptext"' in drawn
    assert 'id="id_points_error"' in drawn
    assert "is-invalid" in drawn
    assert 'value="x"' in drawn


def test_the_summary_links_to_controls_that_exist(draw: Draw) -> None:
    import re

    drawn = draw("{% fields form %}", form=SampleForm({}))
    targets = re.findall(r'href="#([^"]+)"', drawn)
    assert len(targets) >= 5
    for target in targets:
        assert f'id="{target}"' in drawn


def test_no_summary_without_errors(draw: Draw) -> None:
    assert draw("{% form_errors form %}", form=SampleForm()) == ""


def test_a_cell_keeps_its_label_for_screen_readers(draw: Draw) -> None:
    drawn = draw("{% field form.points compact=True label='Điểm 1.2' %}", form=SampleForm())
    assert "visually-hidden" in drawn
    assert "Điểm 1.2" in drawn
    assert 'for="id_points"' in drawn


def test_points_are_shown_with_a_comma(draw: Draw) -> None:
    class Form(forms.Form):
        points = PointsField()

    assert 'value="9,5"' in draw("{% field form.points %}", form=Form({"points": "9,5"}))
    form = Form(initial={"points": Decimal("9.50")})
    assert 'value="9,5"' in draw("{% field form.points %}", form=form)


def test_pagination_keeps_the_filters(draw: Draw, rf: RequestFactory) -> None:
    page = Paginator(range(2000), 1).page(1000)
    drawn = draw("{% pagination page %}", rf.get("/?khoi=phuong&trang=1000"), page=page)
    assert "?khoi=phuong&amp;trang=1001" in drawn
    assert 'aria-current="page"' in drawn
    assert draw("{% pagination page %}", page=Paginator([], 10).page(1)).strip() == ""


def test_a_table_can_be_scrolled_by_keyboard(draw: Draw) -> None:
    drawn = draw("{% table 'Các đơn vị' %}<tbody></tbody>{% endtable %}")
    assert 'tabindex="0"' in drawn
    assert 'aria-label="Các đơn vị"' in drawn
    assert "<caption" in drawn


def test_reasons_survive_inside_loops(draw: Draw) -> None:
    drawn = draw("{% for x in xs %}{% why %}{{ x }}{% endwhy %}{% empty %}-{% endfor %}", xs=[1, 2])
    assert drawn.count("<details") == 2
