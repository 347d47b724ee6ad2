"""A review's way: opened, judged by a person with reasons, closed by one or by two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import forbidden, pick
from tequio.audit.record import record, record_read
from tequio.care import rules, vault
from tequio.care.models import Judgement, Level, Review, Signal, Step
from tequio.care.policies import man_for, may_be_second, office_of, reviews_visible_to
from tequio.core import clock, ids
from tequio.core.errors import DomainError
from tequio.letters import slot
from tequio.letters.kinds import Kind
from tequio.people.models import Participant

State = Review.State


@transaction.atomic
def open_review(*, by: User, participant: Participant, trigger: str, said: str = "") -> Review:
    """Ask for a look at a man's situation; where one is open for the same, add to it.

    What is added after somebody judged asks for a new judgement.
    """
    man = man_for(by, participant.folio, Permission.REVIEW_OPEN)
    if trigger not in Review.Trigger.values:
        raise DomainError(_("Ese motivo de revisión no existe."), hint=_("Elige uno de la lista."))
    review = _open_one(man, trigger)
    if review is None:
        review, made = _begin(by, man, trigger)
    else:
        made = False
    _add_signal(by, review, said)
    if review.state != State.OPEN:
        review.due_on = rules.due_on(trigger, _today(by))
        _step(by, review, State.OPEN, said)
    record(
        "review.open" if made else "review.add",
        by=by,
        subject=review.participant,
        detail={"trigger": trigger},
    )
    return review


@transaction.atomic
def ask_for(*, by: User, participant: Participant, trigger: str, said: str = "") -> Review:
    """Open a review because a person says so; what happened in a circle has told its letter."""
    review = open_review(by=by, participant=participant, trigger=trigger, said=said)
    if review.trigger == Review.Trigger.DISCLOSURE:
        _tell(review.participant, Kind.DISCLOSURE, {"where": "review"})
    return review


@transaction.atomic
def read(*, by: User, review_id: UUID) -> Review:
    """Return a review and write down who read it, and the diagnosis that stands beside it."""
    rows = reviews_visible_to(by).select_related("participant", "reviewer", "closed_by", "second")
    review = pick(rows, pk=review_id)
    record_read("review.read", by=by, subject=review.participant)
    return review


@transaction.atomic
def judge(
    *,
    by: User,
    review_id: UUID,
    level: str,
    why: str,
    reasons: Sequence[str],
    measures: Sequence[str] = (),
    agreed: str = "",
    again_on: date | None = None,
) -> Review:
    """Write down how much somebody worries and why; the level is that person's and no sum.

    `again_on` says until when it is looked at once more if it stays open.
    """
    review = _held(by, review_id)
    _refuse_thin(level, why, reasons)
    _refuse_past(again_on, _today(by))
    before = _level_before(review)
    judgement = Judgement(review=review, level=level, by=by)
    body = {
        "why": why.strip(),
        "reasons": list(reasons),
        "measures": list(measures),
        "agreed": agreed.strip(),
    }
    judgement.sealed = _seal(review, "judgement", judgement.pk, body)
    judgement.save()
    review.level, review.reviewer, review.judged_at = level, by, clock.now()
    review.needs_second = review.needs_second or level == Level.HIGH
    review.due_on = again_on or rules.again_on(level, _today(by))
    _step(by, review, State.JUDGED, "")
    if rules.rises(level, before):
        _tell(review.participant, Kind.RISK_RAISED, {"level": level, "before": before})
    record("review.judge", by=by, subject=review.participant, detail={"level": level})
    return review


@transaction.atomic
def close(*, by: User, review_id: UUID, words: str) -> Review:
    """Close a judged review; one that was ever judged high waits for a second person."""
    review = _held(by, review_id)
    _refuse_wordless(words)
    if review.state != State.JUDGED:
        raise DomainError(
            _("Antes de cerrar hace falta una valoración."),
            hint=_("Valora la revisión con sus razones, y luego ciérrala."),
        )
    review.closed_by = by
    if review.needs_second:
        _step(by, review, State.TO_CONFIRM, words)
        record("review.ask_to_close", by=by, subject=review.participant)
        return review
    review.closed_at = clock.now()
    _step(by, review, State.CLOSED, words)
    record("review.close", by=by, subject=review.participant, detail={"trigger": review.trigger})
    return review


@transaction.atomic
def confirm(*, by: User, review_id: UUID, words: str) -> Review:
    """Close as the second person what somebody else asked to close."""
    review = _asked(by, review_id)
    _refuse_wordless(words)
    review.second, review.second_office = by, office_of(by)
    review.closed_at = clock.now()
    _step(by, review, State.CLOSED, words)
    office = str(Review.Office(review.second_office).label)
    record("review.close_second", by=by, subject=review.participant, detail={"office": office})
    return review


@transaction.atomic
def send_back(*, by: User, review_id: UUID, words: str) -> Review:
    """Leave open, as the second person, what somebody else asked to close."""
    review = _asked(by, review_id)
    _refuse_wordless(words)
    _step(by, review, State.JUDGED, words)
    record("review.send_back", by=by, subject=review.participant)
    return review


def _level_before(review: Review) -> str:
    """Return how much somebody worried the last time that anybody looked at him."""
    if review.level:
        return review.level
    judged = review.participant.reviews.exclude(level="").order_by("-judged_at", "-pk")
    return judged.values_list("level", flat=True).first() or ""


def _tell(man: Participant, kind: Kind, says: Mapping[str, object]) -> None:
    slot.deposit(organisation_id=man.organisation_id, kind=kind, folio=man.folio, says=says)


def _open_one(man: Participant, trigger: str) -> Review | None:
    open_ones = man.reviews.exclude(state=State.CLOSED).select_for_update(of=("self",))
    return open_ones.filter(trigger=trigger).select_related("participant").first()


def _begin(by: User, man: Participant, trigger: str) -> tuple[Review, bool]:
    review = Review(
        organisation_id=man.organisation_id,
        participant=man,
        trigger=trigger,
        opened_by=by,
        due_on=rules.due_on(trigger, _today(by)),
    )
    try:
        with transaction.atomic():
            review.save(force_insert=True)
    except IntegrityError:  # somebody opened it a moment ago
        return pick(man.reviews.exclude(state=State.CLOSED), trigger=trigger), False
    return review, True


def _today(by: User) -> date:
    return clock.today(by.organisation.timezone)


def _add_signal(by: User, review: Review, said: str) -> None:
    signal = Signal(review=review, by=by)
    signal.sealed = _seal(review, "signal", signal.pk, {"said": said.strip()})
    signal.save()


def _held(by: User, review_id: UUID) -> Review:
    """Return a review that the person may work on, locked until the transaction ends."""
    allowed = reviews_visible_to(by, Permission.REVIEW_JUDGE).filter(pk=review_id)
    if not allowed.exists():
        pick(reviews_visible_to(by), pk=review_id)
        raise forbidden()
    held = Review.objects.select_for_update(of=("self",)).select_related("participant")
    review = held.get(pk=review_id)
    if review.state == State.CLOSED:
        raise DomainError(
            _("Esta revisión ya está cerrada."), hint=_("Si hay algo nuevo, abre otra.")
        )
    return review


def _asked(by: User, review_id: UUID) -> Review:
    review = _held(by, review_id)
    if review.state != State.TO_CONFIRM:
        raise DomainError(
            _("Nadie ha pedido cerrar esta revisión."), hint=_("Revisa cómo está ahora.")
        )
    if not may_be_second(by, review):
        raise DomainError(
            _("Una revisión alta la cierran dos personas distintas."),
            hint=_("La segunda persona es de coordinación o de psicoterapia, y no quien lo pidió."),
        )
    return review


def _step(by: User, review: Review, state: str, words: str) -> None:
    """Move the review and write down from what to what; the database checks that it follows."""
    step = Step(id=ids.new_id(), review=review, came_from=review.state, went_to=state, by=by)
    step.sealed = _seal(review, "step", step.pk, {"words": words.strip()})
    review.state = state
    if state in (State.OPEN, State.JUDGED):
        review.closed_by = None
    review.save()
    step.save()


def _seal(review: Review, table: str, row: UUID, body: vault.Body) -> bytes:
    return vault.seal(review.organisation_id, table, row, body)


def _refuse_thin(level: str, why: str, reasons: Sequence[str]) -> None:
    if level not in Level.values:
        raise DomainError(
            _("Falta tu valoración: bajo, medio o alto."),
            hint=_("Nadie la calcula: la decides tú, con tus razones."),
        )
    if not why.strip() or not reasons:
        raise DomainError(
            _("Una valoración lleva sus razones."),
            hint=_("Elige en qué te basas y escribe por qué, sin nombres."),
        )


def _refuse_past(again_on: date | None, today: date) -> None:
    if again_on is not None and again_on < today:
        raise DomainError(
            _("El día de volver a mirar ya pasó."), hint=_("Elige hoy o un día que venga.")
        )


def _refuse_wordless(words: str) -> None:
    if not words.strip():
        raise DomainError(
            _("Falta decir por qué."), hint=_("Una o dos frases bastan, sin nombres.")
        )
