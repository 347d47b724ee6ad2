"""Beginning to work with a community, and taking it from one phase to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import pick, require_everywhere
from tequio.audit.record import record
from tequio.core.errors import Conflict, DomainError
from tequio.core.text import fold, squeeze
from tequio.network import definitions
from tequio.network.actions.days import happened
from tequio.network.models import Community, PhaseReview
from tequio.network.policies.learning import communities_visible_to
from tequio.network.queries.counting import counted
from tequio.network.rules import cycle


@dataclass(frozen=True, slots=True)
class Beginning:
    """A community as it was typed: where, with which model, and who answers for it."""

    name: str
    model_slug: str
    started_on: date
    signed_by: str
    signed_as: str
    municipality: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """What was seen before a phase ends, and who says so."""

    on: date
    looks: Mapping[str, cycle.Look]
    decided_by: str


@transaction.atomic
def begin(*, by: User, beginning: Beginning) -> Community:
    """Begin with a community, in the first phase of the newest version of its model."""
    require_everywhere(by, Permission.NETWORK_WRITE)
    shipped = definitions.newest().get(beginning.model_slug)
    if shipped is None:
        raise DomainError(_("Falta con qué modelo se trabaja. Elige uno de la lista."))
    if not squeeze(beginning.signed_by) or not squeeze(beginning.signed_as):
        raise DomainError(_("Falta quién responde por este trabajo y con qué cargo."))
    happened(by, beginning.started_on)
    made = Community(
        organisation_id=by.organisation_id,
        name=squeeze(beginning.name),
        name_key=fold(beginning.name),
        municipality=beginning.municipality,
        model_slug=shipped.model.slug,
        model_version=shipped.model.version,
        model_sha256=shipped.sha256,
        started_on=beginning.started_on,
        signed_by=squeeze(beginning.signed_by),
        signed_as=squeeze(beginning.signed_as),
        phase=shipped.model.phases[0].key,
        phase_since=beginning.started_on,
        written_by=by,
    )
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as error:
        raise Conflict(
            _("Ya trabajan con «%(name)s».") % {"name": made.name},
            hint=_("Búscala en la lista; si es otra, agrega algo que las distinga."),
        ) from error
    record("community.begin", by=by, subject=made, detail={"model": made.model_slug})
    return made


@transaction.atomic
def review_phase(*, by: User, community_id: UUID, review: Review) -> PhaseReview:
    """Write down what was seen. If all of it was, the community goes on; if not, it is kept too."""
    require_everywhere(by, Permission.NETWORK_WRITE)
    found = pick(communities_visible_to(by).select_for_update(of=("self",)), pk=community_id)
    model, phase = _where(found)
    following = cycle.phase_after(model, phase.key)
    if following is None:
        raise DomainError(
            _("Esta es la última fase: no hay otra después."),
            hint=_("El trabajo sigue: escribe lo hallado y cambia el plan del año que viene."),
        )
    happened(by, review.on, found)
    _not_before(found, review.on)
    numbers = counted(found)
    lacking = cycle.missing(phase, review.looks, numbers)
    wrong = [one for one in lacking if one.contradicts]
    if wrong:
        raise DomainError(
            _("Dice que ya se vio «%(what)s», y aquí hay %(n)s de %(least)s.")
            % {
                "what": wrong[0].criterion.seen.value.rstrip("."),
                "n": wrong[0].counted,
                "least": wrong[0].criterion.least,
            },
            hint=_("Anota primero lo que falta, o di que todavía no se ve."),
        )
    outcome = PhaseReview.Outcome.NOT_YET if lacking else PhaseReview.Outcome.PASSED
    made = PhaseReview.objects.create(
        community=found,
        from_phase=phase.key,
        to_phase=following.key,
        on=review.on,
        outcome=outcome,
        answers={
            one.key: _kept(review.looks.get(one.key), numbers.get(one.counts or ""))
            for one in phase.before_leaving
        },
        decided_by=_who(review.decided_by),
        written_by=by,
    )
    if not lacking:
        _move(found, following.key, review.on)
    record("community.review", by=by, subject=found, detail={"outcome": str(outcome)})
    return made


@transaction.atomic
def go_back(
    *, by: User, community_id: UUID, on: date, because: str, decided_by: str
) -> PhaseReview:
    """Go back one phase, because what had been seen is no longer there."""
    require_everywhere(by, Permission.NETWORK_WRITE)
    found = pick(communities_visible_to(by).select_for_update(of=("self",)), pk=community_id)
    model, phase = _where(found)
    earlier = cycle.phase_before(model, phase.key)
    if earlier is None:
        raise DomainError(_("Esta es la primera fase: no hay otra antes."))
    if not squeeze(because):
        raise DomainError(_("Falta por qué se vuelve. Escribe qué dejó de verse."))
    happened(by, on, found)
    _not_before(found, on)
    made = PhaseReview.objects.create(
        community=found,
        from_phase=phase.key,
        to_phase=earlier.key,
        on=on,
        outcome=PhaseReview.Outcome.BACK,
        because=squeeze(because),
        decided_by=_who(decided_by),
        written_by=by,
    )
    _move(found, earlier.key, on)
    record("community.review", by=by, subject=found, detail={"outcome": "back"})
    return made


def _where(found: Community) -> tuple[definitions.CommunityModel, definitions.Phase]:
    model = definitions.find(found.model_slug, found.model_version)
    phase = model.phase(found.phase) if model else None
    if model is None or phase is None:
        raise DomainError(_("El modelo con que empezó esta comunidad ya no viene con el sistema."))
    return model, phase


def _move(found: Community, phase: str, on: date) -> None:
    found.phase, found.phase_since = phase, on
    found.save(update_fields=["phase", "phase_since"])


def _not_before(found: Community, on: date) -> None:
    if on < found.phase_since:
        raise DomainError(_("Esa fecha es anterior al inicio de esta fase. Revisa la fecha."))


def _who(decided_by: str) -> str:
    if not squeeze(decided_by):
        raise DomainError(_("Falta quién lo decidió: el equipo, el comité, una asamblea."))
    return squeeze(decided_by)


def _kept(look: cycle.Look | None, number: int | None) -> dict[str, object]:
    said = look or cycle.Look(False, "")
    return {"seen": said.seen, "what": squeeze(said.what), "counted": number}
