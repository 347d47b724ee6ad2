"""Testimonies: keeping one with its consent, taking it back, and letting it go in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import forbidden, pick, require_everywhere
from tequio.audit.record import record
from tequio.core import clock, ids, wiping
from tequio.core.errors import DomainError
from tequio.core.text import fold, squeeze
from tequio.people import vault
from tequio.people.models import Identity, Participant
from tequio.people.policies import visible_to as people_visible_to
from tequio.reports.accounts import consent, sealed
from tequio.reports.accounts.policies import may_keep_of_men, testimonies_visible_to
from tequio.reports.accounts.sealed import Told
from tequio.reports.models import Account, Quoted, Testimony

LONGEST = 1500


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody told, and what they agreed to."""

    given_by: str
    words: str
    called: str
    way: str
    uses: tuple[str, ...]
    agreed_on: date
    until: date
    folio: str = ""


@transaction.atomic
def keep(*, by: User, given: Given) -> Testimony:
    """Keep a testimony, sealed, with what was read to whoever gave it."""
    require_everywhere(by, Permission.TESTIMONY_KEEP)
    man = _man(by, given)
    _check(by, given)
    called = squeeze(given.called) or default_name(given.given_by)
    if man is not None:
        _refuse_his_name(man, called)
    text = consent.current()
    row = Testimony(
        id=ids.new_id(),
        organisation_id=by.organisation_id,
        folio=ids.new_folio(),
        given_by=given.given_by,
        participant=man,
        way=given.way,
        uses=sorted(given.uses),
        text_version=text.content.version,
        text_sha256=text.sha256,
        agreed_on=given.agreed_on,
        until=given.until,
        kept_by=by,
    )
    row.sealed = sealed.seal(row, Told(given.words.strip(), called))
    row.save(force_insert=True)
    record("testimony.keep", by=by, subject=row, detail={"of": given.given_by})
    return row


def default_name(given_by: str) -> str:
    """Return how somebody is called who did not say how: never by a name."""
    if given_by == Testimony.From.MAN:
        return _("Un participante")
    return _("Una persona de la comunidad")


def _man(by: User, given: Given) -> Participant | None:
    if given.given_by != Testimony.From.MAN:
        return None
    if not may_keep_of_men(by):
        raise forbidden()
    return pick(people_visible_to(by), folio=given.folio)


def _check(by: User, given: Given) -> None:
    if not given.words.strip():
        raise DomainError(_("Faltan sus palabras."), hint=_("Escríbelas como las dijo."))
    if len(given.words) > LONGEST:
        raise DomainError(_("Es demasiado largo."), hint=_("Déjalo en menos de 1,500 letras."))
    if not given.uses or set(given.uses) - {code for code, _label in consent.USES}:
        raise DomainError(
            _("Falta en qué informes lo permite."), hint=_("Marca al menos uno, o no lo guardes.")
        )
    if given.agreed_on > clock.today(by.organisation.timezone):
        raise DomainError(_("Esa fecha todavía no llega."), hint=_("Escribe el día en que lo dio."))
    if not given.agreed_on < given.until <= consent.latest_day(given.agreed_on):
        raise DomainError(
            _("El permiso vale hasta un día después de darlo y tres años como mucho."),
            hint=_("Pregúntale hasta cuándo."),
        )


def _refuse_his_name(man: Participant, called: str) -> None:
    """His name, or what his circle calls him, says also who his family is."""
    identity = Identity.objects.filter(participant=man).first()
    known = fold(man.alias).split()
    if identity is not None:
        known += fold(vault.unseal(identity).full_name).split()
    if {word for word in known if len(word) > 2}.intersection(fold(called).split()):
        raise DomainError(
            _("Así se llama, o así le dicen en el grupo: quien lo conozca sabría de quién habla."),
            hint=_("Pregúntale por otro nombre, o déjalo vacío."),
        )


@transaction.atomic
def withdraw(*, by: User, testimony_id: UUID) -> Testimony:
    """Take it back: its words go, drafts lose it, and later prints leave it out and say so."""
    require_everywhere(by, Permission.TESTIMONY_KEEP)
    row = pick(testimonies_visible_to(by).select_for_update(of=("self",)), pk=testimony_id)
    if row.ended:
        raise DomainError(_("Este testimonio ya no se muestra."), hint=_("No hace falta más."))
    _end(row, Testimony.Ended.WITHDRAWN, clock.today(by.organisation.timezone))
    record("testimony.withdraw", by=by, subject=row)
    return row


def forget_old() -> None:
    """Let go of the words whose consent is over. The line stays: in which accounts it stood."""
    today = clock.now().date()
    for row in Testimony.objects.filter(ended="", until__lt=today):
        with transaction.atomic():
            _end(row, Testimony.Ended.OVER, today)
            record("testimony.over", by=None, subject=row, organisation_id=row.organisation_id)


def _end(row: Testimony, why: str, on: date) -> None:
    row.ended, row.ended_on, row.sealed = why, on, None
    row.save(update_fields=["ended", "ended_on", "sealed"])
    Quoted.objects.filter(testimony=row, account__state=Account.State.DRAFT).delete()
    wiping.after_commit()
