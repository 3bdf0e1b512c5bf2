"""A score sheet in the wording of a regulation: articles, every formula in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from danvan.organisations import roles
from danvan.scoring.criteria_pages import bands_said
from danvan.scoring.models import Cap, CriteriaSet, Criterion
from danvan.scoring.sheet_pages import worded
from danvan.ui import written


@dataclass(frozen=True, slots=True)
class Clause:
    """A numbered clause; ``points`` are its lettered points."""

    text: str
    points: list[str] = field(default_factory=list)

    @property
    def lettered(self) -> list[tuple[str, str]]:
        """Each point with its letter: a) b) c) d) đ) e) …"""
        return list(zip(LETTERS, self.points, strict=False))


@dataclass(frozen=True, slots=True)
class Article:
    title: str
    clauses: list[Clause]


# Letters of points in Vietnamese law: no f, j, w, z; đ follows d.
LETTERS = "abcdđeghiklmnopqrstuvxy"


def articles(held: CriteriaSet) -> list[Article]:
    """The whole sheet, article by article; an article with nothing to say is left out."""
    found = [
        _scope(held), *_groups(held), _not_arising(held), _beside(held), _rate(held),
        _classes(held), _caps(held), _ranks(held), _verification(held),
    ]  # fmt: skip
    return [article for article in found if article.clauses]


def _scope(held: CriteriaSet) -> Article:
    total = sum((g.max_points for g in held.groups.all()), start=Decimal(0))
    until = _(" đến hết ngày %s") % written.day(held.valid_to) if held.valid_to else ""
    return Article(
        _("Đối tượng, thang điểm"),
        [
            Clause(
                _("Bảng điểm này áp dụng đối với %(block)s, từ ngày %(day)s%(until)s.")
                % {"block": held.get_block_display(), "day": written.day(held.valid_from),
                   "until": until}
            ),
            Clause(
                _("Thang điểm tối đa là %(total)s điểm, gồm các nhóm tiêu chí:")
                % {"total": written.number(total)},
                [f"{g.title}: {written.number(g.max_points)} điểm" for g in held.groups.all()],
            ),
        ],
    )  # fmt: skip


def _groups(held: CriteriaSet) -> Iterator[Article]:
    criteria = list(held.criteria.all())
    for group in held.groups.all():
        own = [c for c in criteria if c.group_id == group.pk]
        title = f"{group.title} ({written.number(group.max_points)} điểm)"
        yield Article(title, [_criterion(c) for c in own])


def _criterion(c: Criterion) -> Clause:
    points = []
    if rule := worded(c):
        points.append(_("Cách tính điểm: %s.") % rule)
    elif c.method == Criterion.Method.SUPERIOR:
        points.append(_("Chỉ cơ quan thẩm định cho điểm, đơn vị không tự chấm."))
    else:
        points.append(_("Cách chấm: %s.") % c.get_method_display())
    if c.evidence_asked:
        points.append(_("Tài liệu kiểm chứng: %s.") % c.evidence_asked.rstrip("."))
    if c.evidence_by_system:
        points.append(_("Tài liệu kiểm chứng do hệ thống lưu giữ."))
    owner = _("Thẩm định: %s") % roles.ROLES[c.owner_role].label
    points.append(f"{owner}; {_('lấy ý kiến')}: {c.consulted}." if c.consulted else f"{owner}.")
    head = _("Tiêu chí %(code)s. %(title)s: tối đa %(max)s điểm.")
    told = {"code": c.code, "title": c.title, "max": written.number(c.max_points)}
    return Clause(head % told, points)


def _not_arising(held: CriteriaSet) -> Article:
    clauses = []
    for policy in Criterion.WhenNotArising:
        codes = [
            c.code for c in held.criteria.all()
            if c.when_not_arising == policy and c.kind == Criterion.Kind.CRITERION
        ]  # fmt: skip
        if codes:
            told = _("Tiêu chí %(codes)s: khi trong kỳ không phát sinh thì %(policy)s.")
            words = {"codes": ", ".join(codes), "policy": policy.label}
            clauses.append(Clause(told % words))
    return Article(_("Tiêu chí không phát sinh"), clauses)


def _beside(held: CriteriaSet) -> Article:
    clauses = []
    for kind, words in (
        (Criterion.Kind.BONUS, _("Điểm cộng")), (Criterion.Kind.DEDUCTION, _("Điểm trừ")),
    ):  # fmt: skip
        for c in held.criteria.all():
            if c.kind == kind:
                one = _criterion(c)
                text = f"{words} {c.code}. {c.title}: tối đa {written.number(c.max_points)} điểm."
                clauses.append(Clause(text, one.points))
    return Article(_("Điểm cộng, điểm trừ"), clauses)


def _rate(held: CriteriaSet) -> Article:
    return Article(
        _("Tỷ lệ đạt"),
        [
            Clause(
                _(
                    "Tỷ lệ đạt bằng 100 nhân với tổng điểm các tiêu chí, cộng điểm cộng, trừ điểm "
                    "trừ, chia cho tổng điểm tối đa của các tiêu chí áp dụng; không dưới 0 và "
                    "không quá 100."
                )
            ),
            Clause(
                _("Tỷ lệ được làm tròn đến %d chữ số lẻ, từ nửa đơn vị trở lên thì làm tròn lên.")
                % held.places
                if held.places
                else _("Tỷ lệ được làm tròn đến số nguyên, từ 0,5 trở lên thì làm tròn lên.")
            ),
        ],
    )


def _classes(held: CriteriaSet) -> Article:
    bands = list(held.bands.all())
    clauses = [Clause(f"{band.name}: {_('tỷ lệ')} {said}.") for band, said in bands_said(bands)]
    for band in bands:
        if band.quota is not None:
            told = _(
                "Số đơn vị xếp loại %(name)s không quá %(quota)s tổng số đơn vị được xếp loại của "
                "khối (lấy phần nguyên); đơn vị vượt số này xếp loại liền kề."
            )
            numbers = {"name": band.name, "quota": written.percent(band.quota)}
            clauses.append(Clause(told % numbers))
    return Article(_("Xếp loại"), clauses)


def _caps(held: CriteriaSet) -> Article:
    clauses = []
    for cap in held.caps.select_related("ceiling"):
        what = (
            _("xếp loại không vượt quá %s") % cap.ceiling.name
            if cap.ceiling
            else _("không đủ điều kiện xếp loại")
        )
        how = str(cap.get_rule_display())
        if cap.threshold is not None:
            how += f" ({written.number(cap.threshold)})"
        lifted = (
            _("người quyết định xếp loại được gỡ khi có lý do")
            if cap.lifter == Cap.Lifter.DECIDER
            else _("không ai được gỡ")
        )
        clauses.append(Clause(f"{cap.title}: {what}; {how}; {lifted}."))
    return Article(_("Giới hạn xếp loại, không xếp loại"), clauses)


def _ranks(held: CriteriaSet) -> Article:
    first = _("Trong từng khối, đơn vị có tỷ lệ đạt cao hơn xếp hạng trên.")
    if not held.tie_break:
        return Article(
            _("Xếp hạng"), [Clause(first), Clause(_("Đơn vị bằng tỷ lệ thì cùng hạng."))]
        )
    titles = {g.code: g.title for g in held.groups.all()}
    said = [" và ".join(titles.get(code, code) for code in codes) for codes in held.tie_break]
    told = _("Khi bằng tỷ lệ, lần lượt xét tỷ lệ đạt của: %s; vẫn bằng thì cùng hạng.")
    return Article(_("Xếp hạng"), [Clause(first), Clause(told % "; ".join(said))])


def _verification(held: CriteriaSet) -> Article:
    return Article(
        _("Thẩm định, giải trình"),
        [
            Clause(
                _(
                    "Cơ quan thẩm định không thẩm định phiếu của chính mình; cơ quan được cử thay "
                    "thẩm định phiếu đó."
                )
            ),
            Clause(
                _(
                    "Điểm thẩm định khác điểm tự chấm phải có lý do; đơn vị được giải trình trong "
                    "thời gian ấn định trước khi chốt điểm."
                )
            ),
        ],
    )
