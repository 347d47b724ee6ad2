"""The ceremony: the list is closed, two people say the number, the seed becomes public."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from evidencia.planning import lottery as drawing
from evidencia.words import Refusal
from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import pick, require_everywhere
from tequio.audit.record import record
from tequio.core import clock
from tequio.core.errors import DomainError
from tequio.studies import lottery_vault, lottery_words
from tequio.studies.actions.lotteries import new_code, who_stands
from tequio.studies.models import Lottery, Ticket, Turn
from tequio.studies.policies.lotteries import lotteries_visible_to
from tequio.studies.queries.lotteries import outside
from tequio.studies.queries.waiting import queue
from tequio.studies.rules import lotteries as rules

_DIGITS: Final = range(4, 9)


@transaction.atomic
def close(*, by: User, lottery_id: UUID) -> Lottery:
    """Close the list on a later day than the promise, and before the number is known."""
    lottery = _going_on(by, lottery_id)
    today = clock.today(by.organisation.timezone)
    if lottery.closed_on is not None:
        raise DomainError(_("La lista ya está cerrada."), hint=_("No hace falta nada más."))
    if today < lottery.closes_on:
        raise DomainError(
            _("La lista se cierra otro día, como se publicó."),
            hint=_("Vuelve ese día: quien llegue hasta entonces también entra."),
        )
    if today >= lottery.beacon_on:
        raise DomainError(
            _("El número ya se conoce: con la lista abierta alguien podría acomodarla."),
            hint=_("Cancela este sorteo y anuncia otro con otra fecha."),
        )
    rows = _tickets(lottery) if lottery.of_men else _turns(lottery)
    lottery.seats = _seats(lottery, rows)
    lottery.closed_on = today
    lottery.listed = rules.listing(rows)
    lottery.list_sha256 = drawing.list_digest(_people(lottery))
    calendar = [str(day) for day in lottery.calendar]
    lottery.title = lottery_words.title(lottery.code, lottery.beacon_on, lottery.seats, calendar)
    _as_drawn(lottery)  # refuses what could never be drawn
    fields = ["seats", "closed_on", "listed", "list_sha256", "title"]
    lottery.save(update_fields=fields)
    record("lottery.close", by=by, subject=lottery, detail={"listed": len(rows)})
    return lottery


@transaction.atomic
def say_number(*, by: User, lottery_id: UUID, number: str) -> Lottery:
    """Write the number that came out; another person has to write the same one."""
    lottery = _going_on(by, lottery_id)
    said = "".join(number.split())
    if lottery.closed_on is None or lottery.beacon:
        raise DomainError(
            _("El número ya está confirmado, o la lista sigue abierta."),
            hint=_("Vuelve a abrir la página del sorteo."),
        )
    if clock.today(by.organisation.timezone) < lottery.beacon_on:
        raise DomainError(_("Ese número todavía no sale."), hint=_("Espera al día acordado."))
    if not (said.isascii() and said.isdigit() and len(said) in _DIGITS):
        raise DomainError(
            _("El premio mayor es un número de cuatro a ocho cifras."),
            hint=_("Escríbelo con sus ceros, como 08543."),
        )
    if lottery.said_by_id in (None, by.pk):
        lottery.said, lottery.said_by = said, by
    elif lottery.said != said:
        raise DomainError(
            _("No es el número que escribió la otra persona. No se guardó."),
            hint=_(
                "Mírenlo juntos en el sitio de la Lotería Nacional; quien se equivocó lo "
                "escribe otra vez."
            ),
        )
    else:
        lottery.beacon, lottery.beacon_by = said, by
    lottery.save(update_fields=["said", "said_by", "beacon", "beacon_by"])
    record("lottery.confirm" if lottery.beacon else "lottery.number", by=by, subject=lottery)
    return lottery


@transaction.atomic
def draw(*, by: User, lottery_id: UUID) -> Lottery:
    """Draw: open the seed, repeat what anybody can repeat, and write it all down once."""
    lottery = _going_on(by, lottery_id)
    if lottery.record:
        raise DomainError(_("Ya se sorteó."), hint=_("El resultado está en su página."))
    if not lottery.beacon or lottery.closed_on is None:
        raise DomainError(
            _("Falta el número de la Lotería Nacional, confirmado por dos personas."),
            hint=_("Escríbanlo los dos."),
        )
    drawn = drawing.Record.of(
        _as_drawn(lottery),
        seed=lottery_vault.open_seed(lottery),
        committed_on=lottery.committed_on.isoformat(),
        closed_on=lottery.closed_on.isoformat(),
        beacon=lottery.beacon,
    )
    if drawn.commitment != lottery.commitment or drawn.list_sha256 != lottery.list_sha256:
        raise DomainError(
            _("Lo guardado no es lo que se publicó: no se sortea."),
            hint=_("Alguien cambió la base de datos. Avisa a quien administra."),
        )
    lottery.record = drawing.as_text(drawn)
    lottery.record_sha256 = sha256(lottery.record.encode()).hexdigest()
    lottery.drawn_on = clock.today(by.organisation.timezone)
    lottery.save(update_fields=["record", "record_sha256", "drawn_on"])
    _write_down(lottery, drawn.result)
    record("lottery.draw", by=by, subject=lottery)
    return lottery


def _going_on(by: User, lottery_id: UUID) -> Lottery:
    require_everywhere(by, Permission.LOTTERY_RUN)
    lottery = pick(
        lotteries_visible_to(by).select_for_update(of=("self",)).select_related("edition", "site"),
        pk=lottery_id,
    )
    if lottery.cancelled_on is not None:
        raise DomainError(_("Este sorteo se canceló."), hint=_("Anuncia uno nuevo."))
    return lottery


def _tickets(lottery: Lottery) -> list[tuple[str, bool]]:
    """Give everybody who stands his code; whoever may not be delayed is outside the draw."""
    men = {one.pk for one in who_stands(lottery)}
    known = list(lottery.tickets.all())
    # Exempted, and gone since: to another place, or his own way.
    gone = [one.pk for one in known if one.participant_id not in men]
    Ticket.objects.filter(pk__in=gone).delete()
    kept = [one for one in known if one.participant_id in men]
    fresh = sorted(men - {one.participant_id for one in kept})
    free = outside(lottery, fresh)
    made = [
        Ticket(
            lottery=lottery,
            participant_id=man,
            code=code,
            exempt=free.get(man, ""),
        )
        for man, code in zip(fresh, _codes(len(fresh), kept), strict=True)
    ]
    Ticket.objects.bulk_create(made)
    # In the order of the codes, which tells nothing of who waited longest.
    return sorted((one.code, bool(one.exempt)) for one in [*kept, *made])


def _codes(how_many: int, kept: list[Ticket]) -> list[str]:
    taken = {one.code for one in kept}
    found: list[str] = []
    while len(found) < how_many:
        code = new_code()
        if code not in taken:
            taken.add(code)
            found.append(code)
    return found


def _turns(lottery: Lottery) -> list[tuple[str, bool]]:
    return sorted((one.code, False) for one in lottery.turns.all())


def _seats(lottery: Lottery, rows: list[tuple[str, bool]]) -> int:
    """Count the seats to draw for: nobody types them, so that nobody makes them scarce."""
    exempt = sum(free for _code, free in rows)
    if lottery.kind == Lottery.Kind.CALLS:
        return rules.half(len(rows) - exempt)
    if lottery.kind != Lottery.Kind.WAIT or lottery.edition is None:
        return 1
    now = queue(lottery.edition, lottery.site, clock.today(lottery.organisation.timezone)).now
    left = max(now.seats - exempt, 0)
    if not left:
        raise DomainError(
            _("Quienes no pueden esperar ocupan todos los lugares libres: no queda qué sortear."),
            hint=_("Abre un grupo, o cancela el sorteo: entran por orden de espera."),
        )
    return left


def _people(lottery: Lottery) -> list[drawing.Person]:
    return [
        drawing.Person(code, exempt=rules.HIDDEN if exempt else "")
        for code, exempt in rules.of_listing(lottery.listed)
    ]


def _as_drawn(lottery: Lottery) -> drawing.Lottery:
    try:
        return drawing.Lottery(
            lottery.title,
            tuple(_people(lottery)),
            lottery.max_delay_days,
            {"": lottery.seats or 0},
        )
    except Refusal as refusal:
        raise DomainError(
            _("Ya hay lugar para todos los de la lista: no hace falta sortear."),
            hint=_("Cancela el sorteo y dales su lugar."),
        ) from refusal


def _write_down(lottery: Lottery, result: tuple[drawing.Place, ...]) -> None:
    places = {place.code: place for place in result}
    if lottery.of_men:
        tickets = list(lottery.tickets.all())
        for ticket in tickets:
            ticket.start = places[ticket.code].start
            ticket.rank = places[ticket.code].rank
        Ticket.objects.bulk_update(tickets, ["start", "rank"])
        return
    turns = list(lottery.turns.all())
    order = sorted(places, key=lambda code: places[code].rank)
    days = rules.start_days(order, [_day(text) for text in lottery.calendar])
    for turn in turns:
        turn.rank, turn.starts_on = places[turn.code].rank, days[turn.code]
    Turn.objects.bulk_update(turns, ["rank", "starts_on"])


def _day(text: object) -> date:
    return date.fromisoformat(str(text))
