"""Passing a man on to another place, as a conversation, with what he chose and no more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import pick
from tequio.audit.record import record, record_read
from tequio.care import referring
from tequio.care.models import Referral, ReferralStep
from tequio.care.policies import man_for, referrals_visible_to
from tequio.care.referring import FIELDS, Passed
from tequio.core import clock
from tequio.core.errors import DomainError
from tequio.core.text import squeeze
from tequio.network.actions import slips
from tequio.network.needs import LABELS
from tequio.network.queries.slips import answers
from tequio.network.rules import referrals as rules
from tequio.network.rules.referrals import Reason, State
from tequio.network.rules.slips import Slip
from tequio.people.keeping import Hold

WILL_STAY = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Sending:
    """A referral as it was typed: he said yes to this, and to nothing else."""

    to: str
    what_for: str
    shown: tuple[tuple[str, str], ...]
    agreed_on: date
    agreed_until: date
    with_link: bool = False
    call: str = ""


def shown_as(*, by: User, sending: Sending) -> Slip:
    """Return exactly what they will see; what is refused is refused here already."""
    _check(by, sending)
    return Slip(
        asked_by=by.organisation.name,
        to=squeeze(sending.to),
        call=squeeze(sending.call),
        what_for=str(LABELS[sending.what_for]),
        shown=tuple((str(FIELDS[code]), value.strip()) for code, value in sending.shown),
        until=sending.agreed_until,
    )


@transaction.atomic
def send(*, by: User, folio: str, sending: Sending) -> Referral:
    """Pass him on, with his yes."""
    man = man_for(by, folio, Permission.REFERRAL_MAKE)
    slip = shown_as(by=by, sending=sending)
    today = _today(by)
    referral = Referral(
        organisation_id=man.organisation_id,
        participant=man,
        call_on=rules.call_on(State.SENT, today),
        agreed_until=sending.agreed_until,
        made_by=by,
    )
    secret = ""
    if sending.with_link:
        secret = slips.take(
            organisation_id=man.organisation_id,
            which="outside",
            markers=[referring.marker(referral)],
            slip=slip,
        )
    passed = Passed(
        to=slip.to,
        what_for=sending.what_for,
        shown=tuple((code, value.strip()) for code, value in sending.shown),
        agreed_on=sending.agreed_on.isoformat(),
        secret=secret,
    )
    referral.sealed = referring.sealed(referral, passed)
    referral.save(force_insert=True)
    ReferralStep.objects.create(referral=referral, state=State.SENT, on=today, by=by)
    record("referral.send", by=by, subject=man)
    return referral


@transaction.atomic
def read(*, by: User, referral_id: UUID) -> Referral:
    """Return one referral; that it was read is written down."""
    found = pick(referrals_visible_to(by).select_related("participant", "made_by"), pk=referral_id)
    record_read("referral.read", by=by, subject=found.participant)
    return found


@transaction.atomic
def step(*, by: User, referral_id: UUID, state: str, on: date, why: str = "") -> Referral:
    """Write what happened. Taking the permission back takes the link with it."""
    referral = _locked(by, referral_id)
    _refuse_wrong(by, referral, state, on, why)
    _go(by, referral, [(state, on, why)], by_link=False)
    record("referral.step", by=by, subject=referral.participant)
    return referral


@transaction.atomic
def take_in(*, by: User, referral_id: UUID) -> Referral:
    """Write what they answered on the link."""
    referral = _locked(by, referral_id)
    new = unread(referral)
    if not new:
        raise DomainError(_("No hay nada nuevo en la liga."))
    _go(by, referral, new, by_link=True)
    record("referral.step", by=by, subject=referral.participant)
    return referral


@transaction.atomic
def told(*, by: User, referral_id: UUID, words: str) -> Referral:
    """Write how it went, as he tells it."""
    referral = _locked(by, referral_id)
    _put(referral, replace(referring.opened(referral), told=words.strip()))
    record("referral.told", by=by, subject=referral.participant)
    return referral


@transaction.atomic
def escort(*, by: User, referral_id: UUID, who: str, on: date) -> Referral:
    """Write who went along with him, and when."""
    referral = _locked(by, referral_id)
    _not_later(by, on)
    if not who.strip():
        raise DomainError(_("Falta quién lo acompañó."))
    passed = referring.opened(referral)
    _put(referral, replace(passed, escort=squeeze(who), escorted_on=on.isoformat()))
    record("referral.step", by=by, subject=referral.participant)
    return referral


def unread(referral: Referral) -> list[tuple[str, date, str]]:
    """Return what they answered on the link and nobody wrote down yet."""
    return referring.unread(referral.state, answers(referring.opened(referral).secret))


@transaction.atomic
def forget_words(before: datetime, held: Hold) -> int:
    """Keep of old referrals only where to and what for; their steps stay."""
    rows = Referral.objects.filter(call_on__isnull=True, words_erased_at__isnull=True)
    old = [row for row in rows.filter(made_at__lte=before) if not _is_fresh(row, before)]
    waiting = held({row.participant_id for row in old})
    free = [row for row in old if row.participant_id not in waiting]
    for row in free:
        row.sealed = referring.sealed(row, referring.opened(row).least())
        row.words_erased_at = clock.now()
    Referral.objects.bulk_update(free, ["sealed", "words_erased_at"])
    return len(free)


def withdraw_links(referrals: Sequence[Referral]) -> None:
    """Make their links noise, because the man is forgotten."""
    for referral in referrals:
        slips.withdraw(secret=referring.opened(referral).secret)


def _is_fresh(referral: Referral, before: datetime) -> bool:
    return referral.steps.filter(at__gt=before).exists()


def _go(
    by: User, referral: Referral, new: Sequence[tuple[str, date, str]], *, by_link: bool
) -> None:
    ReferralStep.objects.bulk_create(
        [
            ReferralStep(referral=referral, state=state, on=on, why=why, by_link=by_link, by=by)
            for state, on, why in new
        ]
    )
    referral.state, since, _why = new[-1]
    referral.call_on = rules.call_on(referral.state, since)
    passed = referring.opened(referral)
    if not rules.is_open(referral.state):
        slips.withdraw(secret=passed.secret)
        passed = passed.without_link()
    _put(referral, passed)


def _put(referral: Referral, passed: Passed) -> None:
    referral.sealed = referring.sealed(referral, passed)
    referral.save(update_fields=["state", "call_on", "sealed"])


def _check(by: User, sending: Sending) -> None:
    if not sending.to.strip() or sending.what_for not in LABELS:
        raise DomainError(_("Falta a dónde, o para qué."))
    if any(code not in FIELDS or not value.strip() for code, value in sending.shown):
        raise DomainError(
            _("Elegiste un dato y está vacío."), hint=_("Escríbelo, o quita la marca.")
        )
    _not_later(by, sending.agreed_on)
    if sending.agreed_until < _today(by):
        raise DomainError(
            _("Su permiso ya se acabó: no se comparte nada."), hint=_("Pregúntale otra vez.")
        )
    if sending.agreed_until > sending.agreed_on + rules.LONGEST:
        raise DomainError(
            _("Un permiso dura a lo más %(n)s días.") % {"n": rules.LONGEST.days},
            hint=_("Si hace falta más, se le vuelve a preguntar."),
        )


def _refuse_wrong(by: User, referral: Referral, state: str, on: date, why: str) -> None:
    if not rules.may_follow(referral.state, state):
        raise DomainError(
            _("Una canalización que está en «%(state)s» no puede pasar a eso.")
            % {"state": referral.get_state_display()}
        )
    if state in rules.WITH_REASON and why not in Reason.values:
        raise DomainError(_("Falta por qué no."), hint=_("Con eso se busca otro lugar."))
    _not_later(by, on)
    last = referral.steps.order_by("-on", "-pk").values_list("on", flat=True).first()
    if last is not None and on < last:
        raise DomainError(_("Ese paso tiene una fecha anterior al paso de antes."))


def _locked(by: User, referral_id: UUID) -> Referral:
    found = pick(referrals_visible_to(by), pk=referral_id)
    rows = Referral.objects.select_for_update(of=("self",)).select_related("participant")
    return rows.get(pk=found.pk)


def _not_later(by: User, day: date) -> None:
    if day > _today(by):
        raise DomainError(_("Esa fecha todavía no llega. Anota lo que ya pasó."))


def _today(by: User) -> date:
    return clock.today(by.organisation.timezone)
