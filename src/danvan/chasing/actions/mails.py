"""What an administrator decides of a mail nobody knows to have gone out."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from danvan.chasing import rules
from danvan.kernel import mail
from danvan.kernel.access import Actor
from danvan.kernel.actions import action, record
from danvan.kernel.models import Mail


@action("chasing.mail.send_again", may=rules.may_settle_mail, says=gettext_lazy("cho gửi lại thư"))
def send_again(letter: Mail, *, by: Actor) -> Mail:
    """Puts it back among those that wait. If it had gone out after all, it is read twice."""
    record(letter, before=letter.get_state_display())
    mail.send_again(letter)
    return letter


@action("chasing.mail.let_go", may=rules.may_settle_mail, says=gettext_lazy("thôi gửi thư"))
def let_go(letter: Mail, *, by: Actor) -> Mail:
    """It stays unsent; the person finds the notice in the product all the same."""
    record(letter, before=letter.get_state_display())
    mail.let_go(letter)
    return letter
