"""A man answers alone: whoever may look for him gives him a link, and never reads what he says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TypedDict
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import pick
from tequio.audit.record import record
from tequio.core import clock
from tequio.core.errors import DomainError
from tequio.instruments import definitions
from tequio.instruments.actions import links
from tequio.instruments.actions.links import Given
from tequio.instruments.definitions import Flag, Shipped
from tequio.instruments.rules.answered import clean
from tequio.instruments.rules.flags import raised
from tequio.instruments.stores import Filled
from tequio.people import concerns, moments, sealed_answers
from tequio.people.actions.assessments import At
from tequio.people.asked import asked_in, flag_in_words
from tequio.people.models import Assessment, Participant
from tequio.people.moments import DueMoment
from tequio.people.policies import visible_to

OWNER: Final = "people"
# Beside a link stands which rows it answers; in a row's sealed draft, which link answers it.
ROWS: Final = "rows"
LINK: Final = "link"


@transaction.atomic
def give(*, by: User, folio: str, at: At, language: str = "es") -> Given:
    """Give him a link for all that is open at a moment. An earlier one opens no more."""
    man = pick(visible_to(by, Permission.ASSESSMENT_DUE), folio=folio)
    man = Participant.objects.select_for_update().get(pk=man.pk)
    moment = _open_moment(by, man, at)
    asks = [definitions.newest(slug) for slug in moment.open_slugs]
    rows = [_row(by, man, one, at, language) for one in asks]
    for row in rows:
        links.take_back(by=OWNER, row=_link_of(row))
    given = links.give(
        by=OWNER,
        organisation_id=man.organisation_id,
        about={ROWS: " ".join(str(row.pk) for row in rows)},
        asks=asks,
        language=language,
    )
    for row in rows:
        row.draft = sealed_answers.seal_draft(row, {LINK: given.row})
        row.how = Assessment.How.ALONE
        row.asked_by = by
        row.save(update_fields=["draft", "how", "asked_by"])
    record("assessment.give_link", by=by, subject=man, detail={"wave": at.wave})
    return given


def wanted(*, rows: Sequence[UUID], link: str) -> bool:
    """Tell whether anything is still to be answered by this link, and in no other way."""
    return any(_link_of(row) == link for row in Assessment.objects.filter(pk__in=rows))


@transaction.atomic
def take(*, by: str, rows: Sequence[UUID], filled: Sequence[Filled]) -> tuple[Flag, ...]:
    """Seal what he answered alone, by his link; what he left out altogether stays due."""
    there = Assessment.objects.select_for_update(of=("self",)).filter(pk__in=rows)
    # What somebody of the team asked him meanwhile stands.
    of_link = [
        row for row in there.select_related("participant", "asked_by") if _link_of(row) == by
    ]
    open_rows = {row.instrument: row for row in of_link}
    flags: list[Flag] = []
    for one in filled:
        row = open_rows.pop(one.form.slug, None)
        found = () if row is None else _sealed(row, one)
        if row is not None and found:
            _look_at_him(row, found)
        flags += found
    _forget(open_rows.values())
    return tuple(flags)


@transaction.atomic
def locked(*, by: str, rows: Sequence[UUID]) -> None:
    """Write down that a link closed by itself; the moment stays due, and a person goes on."""
    drafts = Assessment.objects.filter(
        pk__in=rows, state=Assessment.State.DRAFT, how=Assessment.How.ALONE
    )
    there = [row for row in drafts.select_related("participant") if _link_of(row) == by]
    for row in there[:1]:
        record("assessment.link_locked", **_of_nobody(row, {"wave": row.wave}))
    _forget(there)


def _open_moment(by: User, man: Participant, at: At) -> DueMoment:
    today = clock.today(by.organisation.timezone)
    for one in moments.of_man(by, today, man.pk):
        if (one.way_id, one.wave) == (at.way_id, at.wave) and not one.closed and one.open_slugs:
            if one.may_be_sought:
                return one
            raise DomainError(
                _("No aceptó que lo busquen después de irse, y un enlace es buscarlo."),
                hint=_("Si él viene, se le puede preguntar aquí mismo."),
            )
    raise DomainError(
        _("En ese momento ya no hay nada que preguntarle."),
        hint=_("Mira la lista: quizá ya contestó, o ya pasó su tiempo."),
    )


def _row(by: User, man: Participant, asked: Shipped, at: At, language: str) -> Assessment:
    one = asked.instrument
    before = Assessment.objects.select_for_update().filter(
        participant=man, instrument=one.slug, wave=at.wave, way_id=at.way_id
    )
    row = before.first()
    if row is not None and (row.version, row.sha256) == (one.version, asked.sha256):
        return row
    if row is not None:  # begun with a version that is not asked any more, and never finished
        row.delete()
    return Assessment.objects.create(
        organisation_id=man.organisation_id,
        participant=man,
        instrument=one.slug,
        version=one.version,
        sha256=asked.sha256,
        wave=at.wave,
        way_id=at.way_id,
        language=language if language in one.languages else "es",
        how=Assessment.How.ALONE,
        asked_by=by,
    )


def _link_of(row: Assessment) -> str:
    if row.state != Assessment.State.DRAFT or row.how != Assessment.How.ALONE:
        return ""
    return str((sealed_answers.draft_of(row) or {}).get(LINK, ""))


def _sealed(row: Assessment, filled: Filled) -> tuple[Flag, ...]:
    asked = asked_in(row)
    said = clean(asked, filled.answers)
    if not said:
        row.delete()
        return ()
    row.answers = sealed_answers.seal_answers(row, said)
    row.draft, row.state = None, Assessment.State.DONE
    row.instance_id = filled.instance_id
    row.finished_at = max(filled.finished_at, row.started_at)
    row.save()
    detail = {"instrument": row.instrument, "wave": row.wave}
    record("assessment.finish_alone", **_of_nobody(row, detail))
    return raised(asked, said)


class _OfNobody(TypedDict):
    by: None
    organisation_id: UUID
    subject: Participant
    detail: Mapping[str, object]


def _of_nobody(row: Assessment, detail: Mapping[str, object]) -> _OfNobody:
    """Return what the log says of it: by nobody of the team, it came on a link."""
    return {
        "by": None,
        "organisation_id": row.organisation_id,
        "subject": row.participant,
        "detail": detail,
    }


def _look_at_him(row: Assessment, flags: tuple[Flag, ...]) -> None:
    kinds = ", ".join(flag_in_words(flag.kind) for flag in flags)
    concerns.raise_concern(
        by=_who_hears(row),
        participant=row.participant,
        trigger=concerns.Trigger.FLAG,
        said=_("Al contestar solo «%(name)s» hubo una alerta: %(kinds)s.")
        % {"name": asked_in(row).name.now(), "kinds": kinds},
    )


def _who_hears(row: Assessment) -> User:
    """Return who opens the review: whoever gave the link, or, gone by now, who coordinates."""
    man = row.participant
    if visible_to(row.asked_by, Permission.REVIEW_OPEN).filter(pk=man.pk).exists():
        return row.asked_by
    house = User.objects.filter(organisation=man.organisation_id, is_active=True)
    for user in house.filter(grants__role__in=("coordinator", "therapist")).order_by("pk"):
        if visible_to(user, Permission.REVIEW_OPEN).filter(pk=man.pk).exists():
            return user
    return row.asked_by


def _forget(rows: Iterable[Assessment]) -> None:
    """Let go of what was never answered: it is due again as if no link had been."""
    Assessment.objects.filter(pk__in=[row.pk for row in rows]).delete()
