"""Who may chase, and why not."""

from __future__ import annotations

from django.utils.translation import gettext as _

from danvan.chasing.models import Digest, Feed
from danvan.kernel.access import ALLOWED, SYSTEM, Actor, Decision, already, refuse
from danvan.kernel.models import Mail
from danvan.organisations import roles
from danvan.organisations.models import Person, Unit
from danvan.programmes.models import Programme


def may_chase(actor: Actor, programme: Programme) -> Decision:
    """Reminding by hand: the programme office."""
    if actor.has(roles.PROGRAMME_OFFICE, programme.body_id):
        return ALLOWED
    return refuse(_("Chỉ cơ quan thường trực chương trình được nhắc các đơn vị."))


def may_urge(actor: Actor, programme: Programme) -> Decision:
    """The letter is signed by the body's head or deputy, or numbered by its office."""
    body = programme.body_id
    if body in actor.scopes(roles.HEAD, roles.DEPUTY):
        return ALLOWED
    return refuse(_("Công văn đôn đốc do Chủ tịch hoặc Phó Chủ tịch ký ban hành."))


def may_set_ladder(actor: Actor, body: Unit) -> Decision:
    if actor.has(roles.PROGRAMME_OFFICE, body.pk):
        return ALLOWED
    return refuse(_("Chỉ cơ quan thường trực chương trình đặt lịch nhắc."))


def may_run(actor: Actor, _subject: object) -> Decision:
    if actor is SYSTEM:
        return ALLOWED
    return refuse(_("Nhắc việc theo lịch do hệ thống chạy."))


def may_read_notice(actor: Actor, digest: Digest) -> Decision:
    if digest.person_id == actor.id:
        return ALLOWED
    return refuse(_("Thông báo này gửi cho người khác."))


def may_read_own(actor: Actor, person: Person) -> Decision:
    if person.pk == actor.id:
        return ALLOWED
    return refuse(_("Mỗi người tự xem thông báo của mình."))


def may_keep_feed(actor: Actor, person: Person) -> Decision:
    if person.pk == actor.id:
        return ALLOWED
    return refuse(_("Mỗi người tự tạo địa chỉ lịch của mình."))


def may_revoke_feed(actor: Actor, feed: Feed) -> Decision:
    if feed.person_id == actor.id or actor.has(roles.ADMINISTRATOR):
        return ALLOWED
    return refuse(_("Mỗi người tự thu hồi địa chỉ lịch của mình."))


def may_see_outbox(actor: Actor, _subject: object) -> Decision:
    if actor.has(roles.ADMINISTRATOR):
        return ALLOWED
    return refuse(_("Chỉ quản trị hệ thống xem thư đi."))


def may_settle_mail(actor: Actor, letter: Mail) -> Decision:
    """Only what is in trouble is decided on; all else sends itself."""
    if not actor.has(roles.ADMINISTRATOR):
        return refuse(_("Chỉ quản trị hệ thống quyết định việc gửi lại thư."))
    if letter.state not in (Mail.State.UNKNOWN, Mail.State.FAILED):
        return already(_("Thư này không còn chờ quyết định."))
    return ALLOWED
