"""Who declares a register, writes in it, reads it. Everything hangs on the version's own words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from danvan.assignments.rules import may_assign
from danvan.kernel import clock
from danvan.kernel.access import ALLOWED, Actor, Decision, already, refuse
from danvan.organisations import roles
from danvan.organisations.audience import Audience
from danvan.organisations.models import Unit
from danvan.registers.models import Record, Register, RegisterVersion, version_on
from danvan.ui import written

# Who speaks for a unit: writes in its name, reads what is of limited access about it.
ACTING = (roles.HEAD, roles.DEPUTY, roles.LEADER, roles.FOCAL_OFFICER)
BELONGING = (roles.MEMBER, *ACTING)
# Who reads, over the body, what is not for everybody.
OVERSEEING = (*roles.VERIFYING, roles.OBSERVER, roles.HEAD, roles.DEPUTY)
# Who reads, over the body, what is of limited access.
TRUSTED = (roles.HEAD, roles.INSPECTORATE, roles.PROGRAMME_OFFICE)


def may_declare(actor: Actor, body: Unit) -> Decision:
    if actor.has(roles.PROGRAMME_OFFICE, body.pk):
        return ALLOWED
    return refuse(_("Chỉ cơ quan thường trực chương trình khai báo, sửa sổ theo dõi."))


def may_revise(actor: Actor, register: Register) -> Decision:
    return may_declare(actor, register.body)


def may_enter(actor: Actor, register: Register) -> Decision:
    """Whether the actor writes about any unit in the version in force today."""
    version = version_on(register.versions.all(), clock.today())
    if version is None:
        return refuse(_("Sổ này không còn (hoặc chưa) dùng vào hôm nay."))
    if writable(actor, register, version):
        return ALLOWED
    return refuse(_("%(who)s ghi sổ này.") % {"who": who_writes(version)})


def may_correct(actor: Actor, record: Record) -> Decision:
    """What a unit wrote of itself: the unit or a writing office; what an office wrote: offices."""
    version, body = record.version, record.register.body_id
    office = office_of(actor, version, body)
    own = version.units_write and record.unit_id in actor.scopes(*ACTING)
    if not office and not (own and not record.office):
        if own:
            return refuse(_("Bản ghi này do %s ghi nên đơn vị không sửa.") % said_office(record))
        return refuse(_("%(who)s đính chính bản ghi này.") % {"who": who_writes(version)})
    if record.withdrawn_at:
        day = written.day(record.withdrawn_at)
        return refuse(_("Bản ghi đã rút khỏi sổ ngày %s.") % day)
    return ALLOWED


def may_withdraw(actor: Actor, record: Record) -> Decision:
    """Who may correct it; not once work was given on its ground."""
    if record.withdrawn_at:
        return already(_("Bản ghi đã được rút khỏi sổ."))
    if record.assignment_id:
        return refuse(_("Đã giao việc từ bản ghi này nên không rút; hãy đính chính."))
    return may_correct(actor, record)


def found(actor: Actor, record: Record) -> bool:
    """Whether it is a finding that the actor's office wrote down itself."""
    own = bool(record.office) and actor.has(record.office, record.register.body_id)
    return own and record.version.gives == RegisterVersion.Gives.FINDING


def may_give(actor: Actor, record: Record) -> Decision:
    """Work is given in the body's name, once, of a register that is kept for that.

    Whoever gives out the body's work; of a finding also the office that found it.
    """
    if not record.version.gives:
        return refuse(_("Sổ này không dùng để giao việc."))
    if not found(actor, record) and not may_assign(actor, record.register.body):
        return refuse(
            _("Chỉ cơ quan thường trực, Văn phòng, lãnh đạo Ủy ban, hoặc cơ quan đã ghi kết luận "
              "kiểm tra đó, giao việc từ bản ghi này.")
        )  # fmt: skip
    if record.assignment_id:
        return already(_("Đã giao việc từ bản ghi này."))
    if record.withdrawn_at:
        return refuse(_("Bản ghi đã rút khỏi sổ nên không giao việc."))
    return ALLOWED


def may_see_viewings(actor: Actor, record: Record) -> Decision:
    """Who read a record of limited access: told to those trusted with it."""
    if record.register.body_id in actor.scopes(*TRUSTED):
        return ALLOWED
    return refuse(_("Chỉ người đứng đầu, thanh tra, cơ quan thường trực xem ai đã đọc."))


def office_of(actor: Actor, version: RegisterVersion, body: int) -> str:
    """The first role of the body's offices in which the actor writes; empty if in none."""
    return next((role for role in version.offices if actor.has(role, body)), "")


def writable(
    actor: Actor, register: Register, version: RegisterVersion, audience: Audience | None = None
) -> frozenset[int]:
    """Units about which the actor writes today: all of the audience for an office, else own."""
    office = office_of(actor, version, register.body_id)
    acting = actor.scopes(*ACTING) if version.units_write else frozenset()
    if not office and not acting:
        return frozenset()
    known = audience or Audience(register.body, clock.today())
    units = known.find(version.audience).units
    return units if office else units & acting


def who_writes(version: RegisterVersion) -> str:
    """ "Chỉ đơn vị được ghi sổ (UBND phường, xã) và Cơ quan thanh tra"."""
    told = [_("đơn vị (%s)") % version.audience] if version.units_write else []
    told += [str(roles.ROLES[role].label).lower() for role in version.offices]
    return _("Chỉ %s") % ", ".join(told)


def said_office(record: Record) -> str:
    """In whose name a record was written, in words."""
    role = roles.ROLES.get(record.office)
    return str(role.label).lower() if role else _("đơn vị")
