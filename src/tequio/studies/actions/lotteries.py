"""Announcing a lottery, taking men out of it, letting one go, and calling it off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from evidencia.planning.lottery import commit
from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import pick, require_everywhere
from tequio.audit.record import record
from tequio.circles.models import Group
from tequio.core import clock, entropy, ids
from tequio.core.errors import DomainError
from tequio.people.models import Participant
from tequio.people.policies import visible_to as people_visible_to
from tequio.programmes.models import Edition, Site
from tequio.programmes.policies import editions_visible_to, sites_visible_to
from tequio.studies import lottery_vault, lottery_words
from tequio.studies.models import Lottery, Study, Ticket, Turn
from tequio.studies.policies.lotteries import lotteries_visible_to
from tequio.studies.policies.studies import studies_visible_to
from tequio.studies.queries.lotteries import in_course, men_in
from tequio.studies.queries.waiting import queue, standing
from tequio.studies.rules import lotteries as rules
from tequio.studies.rules.lotteries import Days, Offer

_SEED_BYTES: Final = 32
_CODE: Final = 6
_FEWEST_PLACES: Final = 2
_FEWEST_MEN: Final = 4
# What is found out and not said: nobody ticks it.
FOUND_OUT: Final = (Ticket.Exempt.NO_WAIT, Ticket.Exempt.AGAIN)


@dataclass(frozen=True, slots=True)
class Announced:
    """What is agreed in public before anybody is on a list."""

    kind: str
    closes_on: date
    beacon_on: date
    edition_id: UUID | None = None
    site_id: UUID | None = None
    max_delay_days: int = 1
    # For places: which, and the days on which they start.
    places: Sequence[UUID] = ()
    calendar: Sequence[date] = ()


@transaction.atomic
def announce(*, by: User, study_id: UUID, said: Announced) -> Lottery:
    """Commit to a seed in public. From here on nobody can choose the result, nor see it."""
    require_everywhere(by, Permission.LOTTERY_RUN)
    study = pick(studies_visible_to(by), pk=study_id)
    today = clock.today(by.organisation.timezone)
    _refuse_days(said, today)
    lottery = Lottery(
        organisation_id=by.organisation_id,
        study=study,
        kind=said.kind,
        code=ids.new_folio(),
        max_delay_days=said.max_delay_days,
        committed_on=today,
        closes_on=said.closes_on,
        beacon_on=said.beacon_on,
        announced_by=by,
    )
    if lottery.of_men:
        _of_men(by, lottery, said, study, today)
    seed = entropy.token_bytes(_SEED_BYTES).hex()
    lottery.commitment = commit(seed)
    lottery.sealed_seed = lottery_vault.seal_seed(lottery, seed)
    if not lottery.of_men:
        lottery.calendar = _calendar(said, today)
    lottery.save(force_insert=True)
    if not lottery.of_men:
        _places(by, lottery, said)
    record("lottery.announce", by=by, subject=lottery, detail={"kind": lottery.kind})
    return lottery


@transaction.atomic
def exempt(*, by: User, lottery_id: UUID, folio: str, reason: str) -> Ticket:
    """Take a man out of a lottery before its list is closed: he has his place without it."""
    require_everywhere(by, Permission.LOTTERY_RUN)
    lottery = _open(by, lottery_id)
    man = pick(people_visible_to(by), folio=folio)
    _refuse_reason(reason)
    listed = {one.pk for one in who_stands(lottery)}
    if man.pk not in listed or lottery.closed_on is not None:
        raise DomainError(
            _("Ya no está entre quienes entrarían al sorteo."),
            hint=_("Si la lista ya se cerró, déjalo pasar desde la lista."),
        )
    ticket, created = Ticket.objects.get_or_create(
        lottery=lottery, participant=man, defaults={"code": new_code(), "exempt": reason}
    )
    if not created:
        ticket.exempt = reason
        ticket.save(update_fields=["exempt"])
    record("lottery.exempt", by=by, subject=lottery, detail={"reason": reason})
    return ticket


@transaction.atomic
def release(*, by: User, lottery_id: UUID, code: str, reason: str) -> Ticket:
    """Let a man have his seat before his day. What was drawn stays written: he is not moved."""
    require_everywhere(by, Permission.LOTTERY_RUN)
    lottery = pick(lotteries_visible_to(by), pk=lottery_id)
    _refuse_reason(reason)
    ticket = pick(Ticket.objects.filter(lottery=lottery).select_for_update(), code=code)
    if ticket.released_on is None:
        ticket.released_on = clock.today(by.organisation.timezone)
        ticket.released_because = reason
        ticket.save(update_fields=["released_on", "released_because"])
        record("lottery.release", by=by, subject=lottery, detail={"reason": reason})
    return ticket


@transaction.atomic
def cancel(*, by: User, lottery_id: UUID, reason: str) -> Lottery:
    """Call a lottery off, with its day and its reason. It holds nobody from now on."""
    require_everywhere(by, Permission.LOTTERY_RUN)
    lottery = _open(by, lottery_id)
    if reason not in Lottery.Why.values:
        raise DomainError(_("Falta por qué se cancela."), hint=_("Elige un motivo de la lista."))
    lottery.cancelled_on = clock.today(by.organisation.timezone)
    lottery.cancelled_because = reason
    lottery.save(update_fields=["cancelled_on", "cancelled_because"])
    record("lottery.cancel", by=by, subject=lottery, detail={"reason": reason})
    return lottery


def who_stands(lottery: Lottery) -> list[Participant]:
    """Return the men among whom a lottery would draw if its list were closed now."""
    if lottery.edition is None:
        return []
    if lottery.kind == Lottery.Kind.CALLS:
        return men_in(lottery.edition, lottery.site)
    return [way.participant for way in standing(lottery.edition, lottery.site)]


def new_code() -> str:
    """Return a code for a slip of paper: unlike a folio, and drawn anew for every lottery."""
    drawn = "".join(ids.ALPHABET[entropy.below(len(ids.ALPHABET))] for _n in range(_CODE))
    return f"{drawn[:3]}-{drawn[3:]}"


def _open(by: User, lottery_id: UUID) -> Lottery:
    lottery = pick(
        lotteries_visible_to(by).select_for_update(of=("self",)).select_related("edition", "site"),
        pk=lottery_id,
    )
    if lottery.cancelled_on is not None:
        raise DomainError(_("Este sorteo se canceló."), hint=_("Anuncia uno nuevo."))
    return lottery


def _refuse_days(said: Announced, today: date) -> None:
    wrong = rules.days_in_order(today, said.closes_on, said.beacon_on)
    if wrong is not Days.FINE:
        raise DomainError(str(lottery_words.DAYS[wrong]), hint=_("Cambia las fechas."))


def _refuse_reason(reason: str) -> None:
    if reason not in Ticket.Exempt.values or reason in FOUND_OUT:
        raise DomainError(_("Falta por qué no espera."), hint=_("Elige un motivo de la lista."))


def _of_men(by: User, lottery: Lottery, said: Announced, study: Study, today: date) -> None:
    if study.informant == Study.Informant.WOMEN:
        raise DomainError(
            _("Un estudio con lo que cuentan las mujeres no lleva un sorteo de hombres."),
            hint=_("Su apoyo nunca se compara ni se hace esperar."),
        )
    edition: Edition = pick(
        editions_visible_to(by).filter(signed_at__isnull=False), pk=said.edition_id
    )
    site: Site | None = pick(sites_visible_to(by), pk=said.site_id) if said.site_id else None
    lottery.edition, lottery.site = edition, site
    if lottery.kind == Lottery.Kind.WAIT:
        _of_seats(lottery, edition, site, today)
    elif len(men_in(edition, site)) < _FEWEST_MEN:
        raise DomainError(
            _("Son muy pocos hombres en grupo para sortear a quién se llama además."),
            hint=_("Hacen falta al menos cuatro."),
        )


def _of_seats(lottery: Lottery, edition: Edition, site: Site | None, today: date) -> None:
    line = queue(edition, site, today)
    if line.offer is not Offer.YES:
        raise DomainError(
            f"{lottery_words.counted(line.now)} {lottery_words.OFFER[line.offer]}",
            hint=_("Mira las otras maneras de comparar."),
        )
    if not 1 <= lottery.max_delay_days <= line.longest_wait:
        raise DomainError(
            _("Nadie espera por un sorteo más que lo que dura una edición: %(n)s días.")
            % {"n": line.longest_wait},
            hint=_("Escribe ese número o uno menor."),
        )
    _refuse_a_second(edition, today)
    lottery.basis = {
        "waiting": line.now.waiting,
        "seats": line.now.seats,
        "exempt": line.now.exempt,
        "months": [[month.on.isoformat(), month.waiting, month.seats] for month in line.months],
    }


def _refuse_a_second(edition: Edition, today: date) -> None:
    """One lottery at a time: nobody is made to wait twice in a row."""
    other = in_course(Lottery.objects.filter(edition=edition), today).get(edition.pk)
    if other is not None:
        raise DomainError(
            _("Esta edición ya tiene un sorteo en curso: %(code)s.") % {"code": other.code},
            hint=_("Espera a que termine, o cancélalo con su motivo."),
        )


def _calendar(said: Announced, today: date) -> list[str]:
    days = sorted(set(said.calendar))
    if len(days) < _FEWEST_PLACES or days[0] <= said.beacon_on:
        raise DomainError(
            _("Faltan los días en que se empieza: al menos dos, y todos después del sorteo."),
            hint=_("Escribe un día por renglón."),
        )
    return [day.isoformat() for day in days]


def _places(by: User, lottery: Lottery, said: Announced) -> None:
    sites = lottery.kind == Lottery.Kind.SITES
    keys = list(dict.fromkeys(said.places))
    if len(keys) < max(len(lottery.calendar), _FEWEST_PLACES):
        raise DomainError(
            _("Hacen falta al menos tantas sedes o grupos como días de inicio."),
            hint=_("Elige más, o quita días."),
        )
    if sites:
        found: list[Turn] = [
            Turn(lottery=lottery, site=one, code=new_code())
            for one in sites_visible_to(by).filter(pk__in=keys)
        ]
    else:
        groups = Group.objects.filter(organisation=by.organisation_id, pk__in=keys)
        found = [Turn(lottery=lottery, group=one, code=new_code()) for one in groups]
    if len(found) != len(keys):
        raise DomainError(_("Alguna de esas sedes o grupos no es de tu organización."))
    Turn.objects.bulk_create(found)
