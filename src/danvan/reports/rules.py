"""Who writes, approves, answers and reads a report, and why not."""

from __future__ import annotations

from django.utils.translation import gettext as _

from danvan.assignments.models import Assignment
from danvan.kernel.access import ALLOWED, Actor, Decision, all_of, already, refuse
from danvan.organisations import roles
from danvan.organisations.models import Unit
from danvan.programmes.models import Programme
from danvan.reports.models import Report
from danvan.reports.workflow import WORKFLOW

WRITING = (roles.HEAD, roles.DEPUTY, roles.LEADER, roles.FOCAL_OFFICER)
SIGNING = (roles.HEAD, roles.DEPUTY)


def may_write_for(actor: Actor, unit: Unit) -> Decision:
    """Whoever speaks for the unit."""
    if unit.pk in actor.scopes(*WRITING):
        return ALLOWED
    return refuse(_("Chỉ lãnh đạo hoặc công chức đầu mối của đơn vị soạn báo cáo của đơn vị mình."))


def may_consolidate(actor: Actor, programme: Programme) -> Decision:
    if actor.has(roles.PROGRAMME_OFFICE, programme.body_id):
        return ALLOWED
    return refuse(_("Chỉ cơ quan thường trực chương trình lập báo cáo tổng hợp."))


def may_edit(actor: Actor, report: Report) -> Decision:
    """While it is a draft: whoever may write it."""
    if report.state == Report.State.APPROVED:
        return refuse(_("Báo cáo đã duyệt và khóa; muốn sửa phải lập lần mới khi bị trả lại."))
    if report.state == Report.State.READY:
        return refuse(_("Báo cáo đang chờ duyệt; lãnh đạo chuyển lại thì mới sửa được."))
    return _writes(actor, report)


def may_put_forward(actor: Actor, report: Report) -> Decision:
    return all_of(_writes(actor, report), WORKFLOW.allows(report.state, "put_forward"))


def may_hand_back(actor: Actor, report: Report) -> Decision:
    return all_of(_signs(actor, report), WORKFLOW.allows(report.state, "hand_back"))


def may_approve(actor: Actor, report: Report) -> Decision:
    return all_of(_signs(actor, report), WORKFLOW.allows(report.state, "approve"))


def may_revise(actor: Actor, report: Report) -> Decision:
    """A new version follows a return only; an approved one stays as it was signed."""
    if report.state != Report.State.APPROVED:
        return refuse(_("Bản này chưa duyệt nên còn sửa được, không cần lập lần mới."))
    if newer(report):
        return already(_("Đã có lần sau của báo cáo này."))
    if not returned(report):
        return refuse(_("Chỉ lập lần mới khi báo cáo bị trả lại."))
    return _writes(actor, report)


def may_answer(actor: Actor, report: Report) -> Decision:
    """The programme office notes what the level above said of a consolidated report."""
    if not report.consolidated:
        return refuse(_("Báo cáo của đơn vị được tiếp nhận hoặc trả lại ở trang nhiệm vụ."))
    if report.state != Report.State.APPROVED:
        return refuse(_("Báo cáo chưa duyệt, chưa gửi cấp trên."))
    if report.answer:
        return already(_("Đã ghi trả lời của cấp trên."))
    return may_consolidate(actor, report.programme)


def returned(report: Report) -> bool:
    """Whether the level above sent this version back."""
    if report.consolidated:
        return report.answer == Report.Answer.RETURNED
    held = report.assignment
    return held is not None and held.state == Assignment.State.RETURNED


def newer(report: Report) -> bool:
    """Whether a later version of the same report exists."""
    return Report.objects.filter(
        unit=report.unit_id, outline=report.outline_id, consolidated=report.consolidated,
        period_start=report.period_start, period_end=report.period_end,
        version__gt=report.version,
    ).exists()  # fmt: skip


def _writes(actor: Actor, report: Report) -> Decision:
    if report.consolidated:
        return may_consolidate(actor, report.programme)
    return may_write_for(actor, report.unit)


def _signs(actor: Actor, report: Report) -> Decision:
    if report.unit_id in actor.scopes(*SIGNING):
        return ALLOWED
    return refuse(_("Chỉ người đứng đầu hoặc cấp phó ký thay của đơn vị duyệt báo cáo."))
