"""Opening literacy circles and writing what happened in them. Nobody's name goes in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import forbidden, pick, require
from tequio.audit.record import record
from tequio.core import clock
from tequio.core.errors import Conflict, DomainError
from tequio.core.text import squeeze
from tequio.network import guides, vault
from tequio.network.models import (
    CircleOutcome,
    Community,
    Domain,
    Learning,
    LiteracyCircle,
    LiteracyMeeting,
)
from tequio.network.policies.literacy import (
    WOMENS,
    circles_visible_to,
    meetings_visible_to,
    works_with_men,
)

ALIASES_STAY: Final = timedelta(days=90)
# As long as a plan of three years looks back.
WORDS_STAY: Final = timedelta(days=1095)
MOST: Final = 400


@dataclass(frozen=True, slots=True)
class Opening:
    """A circle as it was typed."""

    name: str
    theme: str
    audience: str
    chosen: str = ""
    place: str = ""
    when: str = ""
    community_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What happened in a meeting, as it was typed."""

    came: int = 0
    children: int = 0
    aliases: tuple[str, ...] = ()
    words: str = ""
    dialogue: str = ""
    objective: str = ""
    action: str = ""
    action_due_on: date | None = None


@transaction.atomic
def open_circle(*, by: User, opening: Opening, on: date) -> LiteracyCircle:
    """Open a circle."""
    require(by, Permission.LITERACY_WRITE)
    if opening.audience == WOMENS and works_with_men(by):
        raise forbidden()
    circle = LiteracyCircle(organisation_id=by.organisation_id, opened_on=on, opened_by=by)
    _put(by, circle, opening)
    record("literacy.open", by=by, subject=circle)
    return circle


@transaction.atomic
def change_circle(*, by: User, circle_id: UUID, opening: Opening) -> LiteracyCircle:
    """Change how a circle is called, what it is about, where or when it meets."""
    circle = _circle(by, circle_id)
    if opening.audience == WOMENS and works_with_men(by):
        raise forbidden()
    _put(by, circle, opening)
    record("literacy.change", by=by, subject=circle)
    return circle


@transaction.atomic
def close_circle(*, by: User, circle_id: UUID, on: date) -> LiteracyCircle:
    """Close a circle that has come to its end."""
    circle = _circle(by, circle_id)
    if circle.closed_on is not None:
        raise Conflict(_("Este círculo ya se había cerrado."))
    _not_later(by, on)
    if on < circle.opened_on:
        raise DomainError(_("Ese día el círculo no había empezado. Revisa la fecha."))
    circle.closed_on = on
    circle.save(update_fields=["closed_on"])
    record("literacy.close", by=by, subject=circle)
    return circle


@transaction.atomic
def plan_meeting(*, by: User, circle_id: UUID, on: date, guide: str = "") -> LiteracyMeeting:
    """Put a meeting on its day, with a guide or with what the group brings."""
    circle = _circle(by, circle_id)
    if circle.closed_on is not None:
        raise Conflict(_("Este círculo ya se cerró. Abre otro para seguir."))
    if on < circle.opened_on:
        raise DomainError(_("Ese día el círculo no había empezado. Revisa la fecha."))
    found = guides.find(guide) if guide else None
    if guide and found is None:
        raise DomainError(_("Esa guía no existe. Elige una de la lista."))
    meeting = LiteracyMeeting(circle=circle, on=on, written_by=by)
    if found is not None:
        meeting.guide, meeting.guide_version = found.guide.slug, found.guide.version
        meeting.guide_sha256 = found.sha256
    try:
        with transaction.atomic():
            meeting.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict(
            _("Ese día este círculo ya tiene un encuentro."), hint=_("Ábrelo y anota ahí.")
        ) from error
    record("literacy.plan", by=by, subject=circle)
    return meeting


@transaction.atomic
def hold(*, by: User, meeting_id: UUID, told: Told) -> LiteracyMeeting:
    """Write what happened in a meeting; writing it again puts it right."""
    meeting = _meeting(by, meeting_id)
    _not_later(by, meeting.on)
    aliases = tuple(squeeze(one) for one in told.aliases if one.strip())
    came = max(told.came, len(aliases))
    if not came:
        raise DomainError(
            _("Falta cuántas personas vinieron."),
            hint=_("Si no llegó nadie, anota «No se hizo» y por qué."),
        )
    if came > MOST or told.children > MOST:
        raise DomainError(_("Son demasiadas personas para un círculo. Revisa el número."))
    meeting.state, meeting.why = LiteracyMeeting.State.HELD, ""
    meeting.came, meeting.children = came, told.children
    meeting.sealed_aliases = _sealed(by, meeting, "aliases", {"aliases": aliases}, aliases)
    body = {
        "words": squeeze(told.words),
        "dialogue": told.dialogue.strip(),
        "objective": squeeze(told.objective),
        "action": squeeze(told.action),
    }
    meeting.sealed_words = _sealed(by, meeting, "words", body, any(body.values()))
    meeting.action_due_on = told.action_due_on if body["action"] else None
    if not body["action"]:
        meeting.action_done_on = None
    meeting.save()
    record("literacy.hold", by=by, subject=meeting.circle, detail={"count": came})
    return meeting


@transaction.atomic
def not_held(*, by: User, meeting_id: UUID, why: str) -> LiteracyMeeting:
    """Write that a meeting was not held, and why. Then nobody was missing."""
    meeting = _meeting(by, meeting_id)
    if why not in LiteracyMeeting.Why.values:
        raise DomainError(_("Falta por qué no se hizo. Elige una razón."))
    if meeting.state == LiteracyMeeting.State.HELD:
        raise Conflict(_("Ese encuentro ya está anotado como hecho."))
    meeting.state, meeting.why = LiteracyMeeting.State.NOT_HELD, why
    meeting.save(update_fields=["state", "why"])
    record("literacy.not_held", by=by, subject=meeting.circle)
    return meeting


@transaction.atomic
def action_done(*, by: User, meeting_id: UUID, on: date) -> LiteracyMeeting:
    """Write that the group did what it had set out to do."""
    meeting = _meeting(by, meeting_id)
    _not_later(by, on)
    if meeting.sealed_words is None or not words_of(by, meeting).get("action"):
        raise DomainError(_("Ese encuentro no dejó ninguna acción anotada."))
    if on < meeting.on:
        raise DomainError(_("Ese día todavía no se había acordado. Revisa la fecha."))
    meeting.action_done_on = on
    meeting.save(update_fields=["action_done_on"])
    record("literacy.action_done", by=by, subject=meeting.circle)
    return meeting


@transaction.atomic
def learn(*, by: User, meeting_id: UUID, domain: str, words: str) -> Learning:
    """Write what somebody said that they learned, in their words and without a name."""
    meeting = _meeting(by, meeting_id)
    if meeting.state != LiteracyMeeting.State.HELD:
        raise DomainError(_("Primero anota que el encuentro se hizo y cuántas personas vinieron."))
    if domain not in Domain.values or not words.strip():
        raise DomainError(_("Falta la frase, o de qué habla."))
    learned = Learning(meeting=meeting, domain=domain, written_by=by)
    learned.sealed = vault.seal(
        by.organisation_id, "learning", learned.pk, {"words": words.strip()}
    )
    learned.save(force_insert=True)
    record("literacy.learn", by=by, subject=meeting.circle)
    return learned


@transaction.atomic
def count_outcome(
    *, by: User, circle_id: UUID, moment: str, domain: str, on: date, cards: tuple[int, int, int]
) -> CircleOutcome:
    """Write a show of cards (not yet, partly, yes); counting again puts the count right."""
    circle = _circle(by, circle_id)
    _not_later(by, on)
    if moment not in CircleOutcome.Moment.values or domain not in Domain.values:
        raise DomainError(_("Falta de qué se preguntó y cuándo."))
    if not sum(cards) or sum(cards) > MOST:
        raise DomainError(
            _("Falta contar las tarjetas."), hint=_("Cuántas de «todavía no», «algo» y «sí».")
        )
    no, partly, yes = cards
    counted, _made = CircleOutcome.objects.update_or_create(
        circle=circle,
        moment=moment,
        domain=domain,
        defaults={"on": on, "no": no, "partly": partly, "yes": yes, "counted_by": by},
    )
    record("literacy.count", by=by, subject=circle, detail={"count": sum(cards)})
    return counted


def forget() -> int:
    """Let aliases go after ninety days and words after three years; counts stay."""
    today = clock.now().date()
    old = LiteracyMeeting.objects.filter(on__lte=today - WORDS_STAY)
    gone = LiteracyMeeting.objects.filter(
        on__lte=today - ALIASES_STAY, sealed_aliases__isnull=False
    ).update(sealed_aliases=None)
    gone += old.filter(sealed_words__isnull=False).update(sealed_words=None)
    return gone + Learning.objects.filter(meeting__in=old).delete()[0]


def words_of(by: User, meeting: LiteracyMeeting) -> dict[str, str]:
    """Open what a group said; nothing once its time is over."""
    if meeting.sealed_words is None:
        return {}
    return vault.unseal(by.organisation_id, "words", meeting.pk, meeting.sealed_words)


def _sealed(
    by: User, meeting: LiteracyMeeting, table: str, body: vault.Body, there: Iterable[str] | bool
) -> bytes | None:
    return vault.seal(by.organisation_id, table, meeting.pk, body) if there else None


def _put(by: User, circle: LiteracyCircle, opening: Opening) -> None:
    if opening.theme == LiteracyCircle.Theme.OWN and not opening.chosen.strip():
        raise DomainError(_("Falta qué tema escogió el grupo."))
    if opening.community_id is not None:
        mine = Community.objects.filter(organisation=by.organisation_id)
        pick(mine, pk=opening.community_id)
    circle.name, circle.theme = squeeze(opening.name), opening.theme
    circle.audience, circle.chosen = opening.audience, squeeze(opening.chosen)
    circle.community_id = opening.community_id
    body = {"place": squeeze(opening.place), "when": squeeze(opening.when)}
    circle.sealed = vault.seal(by.organisation_id, "circle", circle.pk, body)
    try:
        with transaction.atomic():
            circle.save()
    except IntegrityError as error:
        raise Conflict(
            _("Ya hay un círculo que se llama «%(name)s».") % {"name": circle.name},
            hint=_("Ponle otro nombre: el de una flor, una calle, un año."),
        ) from error


def _circle(by: User, circle_id: UUID) -> LiteracyCircle:
    found = pick(circles_visible_to(by), pk=circle_id)
    require(by, Permission.LITERACY_WRITE)
    return LiteracyCircle.objects.select_for_update().get(pk=found.pk)


def _meeting(by: User, meeting_id: UUID) -> LiteracyMeeting:
    found = pick(meetings_visible_to(by), pk=meeting_id)
    require(by, Permission.LITERACY_WRITE)
    rows = LiteracyMeeting.objects.select_for_update(of=("self",)).select_related("circle")
    return rows.get(pk=found.pk)


def _not_later(by: User, day: date) -> None:
    if day > clock.today(by.organisation.timezone):
        raise DomainError(_("Esa fecha todavía no llega. Anota lo que ya pasó."))
