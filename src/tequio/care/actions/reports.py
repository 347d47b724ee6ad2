"""Whether an authority is told: one person decides with reasons, another looks within a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import forbidden, pick
from tequio.audit.record import record, record_read
from tequio.care import vault
from tequio.care.models import Report
from tequio.care.policies import man_for, may_review, reports_visible_to
from tequio.core import clock
from tequio.core.errors import Conflict, DomainError
from tequio.territory import law, places


@dataclass(frozen=True, slots=True)
class Decided:
    """What somebody decided, as it was typed."""

    about: str
    decision: str
    state: str
    why: str
    authority: str = ""
    authority_folio: str = ""
    told_at: datetime | None = None


@transaction.atomic
def decide(*, by: User, folio: str, said: Decided, again_of: UUID | None = None) -> Report:
    """Write down a decision to tell an authority or not. It waits for a second person."""
    man = man_for(by, folio, Permission.REPORT_DECIDE)
    _refuse_thin(said)
    text = law.newest(by.organisation_id, said.state, said.about)
    report = Report(
        organisation_id=man.organisation_id,
        participant=man,
        about=said.about,
        decision=said.decision,
        state=said.state,
        law=text,
        told_at=said.told_at,
        decided_by=by,
        again_of=_asked_again(by, man.pk, again_of),
    )
    body = {
        "why": said.why.strip(),
        "authority": said.authority.strip(),
        "folio": said.authority_folio.strip(),
    }
    report.sealed = vault.seal(report.organisation_id, "report", report.pk, body)
    report.save(force_insert=True)
    record("report.decide", by=by, subject=man, detail={"decision": said.decision})
    return report


@transaction.atomic
def read(*, by: User, report_id: UUID) -> Report:
    """Return a decision and write down who read it."""
    rows = reports_visible_to(by).select_related(
        "participant", "decided_by", "reviewer", "law", "decided_again"
    )
    report = pick(rows, pk=report_id)
    record_read("report.read", by=by, subject=report.participant)
    return report


@transaction.atomic
def told(*, by: User, report_id: UUID, at: datetime, authority_folio: str = "") -> Report:
    """Add when the authority was told, and the folio that it gave; once."""
    pick(reports_visible_to(by), pk=report_id)
    rows = Report.objects.select_for_update(of=("self",)).select_related("participant")
    report = rows.get(pk=report_id)
    if report.decision != Report.Decision.TELL or report.told_at is not None:
        raise Conflict(_("Ya estaba anotado que se avisó."), hint=_("Abre la página otra vez."))
    if at > clock.now():
        raise DomainError(_("Esa hora todavía no llega."), hint=_("Escribe cuándo se avisó."))
    place = (report.organisation_id, "report", report.pk)
    said = vault.unseal(*place, bytes(report.sealed))
    folio = authority_folio.strip() or said["folio"]
    report.sealed = vault.seal(*place, {**said, "folio": folio})
    report.told_at = at
    report.save(update_fields=["sealed", "told_at"])
    record("report.told", by=by, subject=report.participant)
    return report


@transaction.atomic
def review(*, by: User, report_id: UUID, verdict: str, words: str) -> Report:
    """Say as a second person that it was rightly decided, or that it has to be decided again."""
    pick(reports_visible_to(by), pk=report_id)
    report = (
        Report.objects.select_for_update(of=("self",))
        .select_related("participant", "decided_by")
        .get(pk=report_id)
    )
    if not may_review(by, report):
        raise forbidden()
    if report.verdict:
        raise Conflict(_("Otra persona ya la revisó."), hint=_("Abre la página otra vez."))
    if verdict not in Report.Verdict.values:
        raise DomainError(_("Falta tu respuesta."), hint=_("Elige una de las dos."))
    if verdict == Report.Verdict.AGAIN and not words.strip():
        raise DomainError(
            _("Falta decir por qué hay que decidirlo otra vez."), hint=_("Una frase basta.")
        )
    report.verdict, report.reviewer, report.reviewed_at = verdict, by, clock.now()
    report.sealed_review = vault.seal(
        report.organisation_id, "report_review", report.pk, {"words": words.strip()}
    )
    report.save(update_fields=["verdict", "reviewer", "reviewed_at", "sealed_review"])
    record("report.review", by=by, subject=report.participant, detail={"verdict": verdict})
    return report


def _asked_again(by: User, man: UUID, again_of: UUID | None) -> Report | None:
    if again_of is None:
        return None
    before = pick(reports_visible_to(by), pk=again_of, participant=man)
    if before.verdict != Report.Verdict.AGAIN or hasattr(before, "decided_again"):
        raise Conflict(_("Esto ya se decidió otra vez."), hint=_("Abre su página de nuevo."))
    return before


def _refuse_thin(said: Decided) -> None:
    if said.about not in Report.About.values or said.decision not in Report.Decision.values:
        raise DomainError(_("Falta qué se decidió."), hint=_("Elige avisar o no avisar."))
    if said.state not in {state.key for state in places.states()}:
        raise DomainError(_("Falta en qué estado."), hint=_("La obligación cambia de uno a otro."))
    if not said.why.strip():
        raise DomainError(
            _("Una decisión así lleva siempre sus razones."),
            hint=_("Escribe qué se supo y por qué se decide esto, sin nombres."),
        )
    if said.told_at is not None and said.told_at > clock.now():
        raise DomainError(_("Esa hora todavía no llega."), hint=_("Escribe cuándo se avisó."))
    if said.decision == Report.Decision.TELL and not said.authority.strip():
        raise DomainError(
            _("Falta a qué autoridad."), hint=_("Por ejemplo, la procuraduría de protección.")
        )
