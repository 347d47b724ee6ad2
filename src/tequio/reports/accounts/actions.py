"""Preparing an account, writing beside it, issuing it once, and letting a draft go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import not_visible, pick, require_everywhere
from tequio.audit.record import record, record_export
from tequio.core import clock, ids
from tequio.core.errors import DomainError
from tequio.programmes.models import Site
from tequio.programmes.policies import sites_visible_to
from tequio.reports.accounts import content, definitions, gathering, periods
from tequio.reports.accounts.counting.scope import Scope
from tequio.reports.accounts.definitions import Template
from tequio.reports.accounts.periods import Period
from tequio.reports.accounts.policies import accounts_visible_to, offered_to
from tequio.reports.models import Account, Quoted

LONGEST_WORDS = 4000


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which template, of which period, and of which site where it is of one."""

    template: str
    period: str
    site: str = ""


@transaction.atomic
def begin(*, by: User, wanted: Wanted) -> Account:
    """Count a closed period by a template, as a draft."""
    require_everywhere(by, Permission.FUNDER_REPORT)
    found = definitions.newest().get(wanted.template)
    if found is None:
        raise not_visible()
    period = _closed(by, wanted.period)
    if found.content.every == "year" and period.months != 12:
        raise DomainError(_("El informe anual es de un año entero."), hint=_("Elige un año."))
    account = Account(
        id=ids.new_id(),
        organisation_id=by.organisation_id,
        folio=ids.new_folio(),
        template=found.content.slug,
        template_version=found.content.version,
        template_sha256=found.sha256,
        first_on=period.first_on,
        last_on=period.last_on,
        site=_site(by, found.content, wanted.site),
        begun_by=by,
    )
    _count(by, account, found.content, period)
    account.save(force_insert=True)
    record("account.begin", by=by, subject=account, detail={"template": account.template})
    return account


def _closed(by: User, key: str) -> Period:
    open_ones = periods.closed(clock.today(by.organisation.timezone))
    period = next((one for one in open_ones if one.key == key), None)
    if period is None:
        raise DomainError(
            _("Ese periodo no ha terminado, o no es de los que se informan."),
            hint=_("Elige un año, un semestre o un trimestre de la lista."),
        )
    return period


def _site(by: User, template: Template, key: str) -> Site | None:
    if template.of == "organisation":
        return None
    if not key:
        raise DomainError(_("Este informe es de una sede, y falta cuál."), hint=_("Elígela."))
    return pick(sites_visible_to(by), pk=key)


def _count(by: User, account: Account, template: Template, period: Period) -> None:
    scope = Scope(by.organisation_id, by.organisation.timezone, period, account.site)
    sources = gathering.sources(by, scope)
    account.content = content.made(template, scope, sources, by.organisation.name)
    account.releases = [one.key for one in sources.releases]
    account.counted_at = clock.now()


@transaction.atomic
def count_again(*, by: User, account_id: UUID) -> Account:
    """Count a draft again; what was written beside it stays."""
    account, template = _draft(by, account_id)
    period = Period(account.first_on, account.last_on)
    _count(by, account, template, period)
    account.save(update_fields=["content", "releases", "counted_at"])
    record("account.count", by=by, subject=account)
    return account


@transaction.atomic
def write(
    *, by: User, account_id: UUID, words: Mapping[str, str], quoted: Sequence[UUID]
) -> Account:
    """Keep what whoever signs says of each section, and which testimonies stand in it."""
    account, template = _draft(by, account_id)
    keys = {section.key for section in template.sections if section.words}
    if set(words) - keys:
        raise not_visible()
    if any(len(text) > LONGEST_WORDS for text in words.values()):
        raise DomainError(
            _("Un texto es demasiado largo."), hint=_("Déjalo en menos de 4,000 letras.")
        )
    account.words = {key: text.strip() for key, text in words.items() if text.strip()}
    account.save(update_fields=["words"])
    _quote(by, account, template, quoted)
    record("account.write", by=by, subject=account, detail={"sections": len(account.words)})
    return account


def _quote(by: User, account: Account, template: Template, keys: Sequence[UUID]) -> None:
    found = {
        one.pk: one for one in offered_to(by).filter(pk__in=keys) if template.audience in one.uses
    }
    if len(found) != len(set(keys)) or (keys and not template.quotes):
        raise not_visible()
    account.quoted.all().delete()
    Quoted.objects.bulk_create(
        Quoted(account=account, testimony=found[key], place=place)
        for place, key in enumerate(dict.fromkeys(keys), start=1)
    )


@transaction.atomic
def issue(*, by: User, account_id: UUID) -> Account:
    """Issue it as it stands. What was issued of the same before gives way to it."""
    account, template = _draft(by, account_id)
    quoted = account.quoted.select_related("testimony").order_by("place")
    standing = [str(one.testimony_id) for one in quoted if not one.testimony.ended]
    account.content = {**account.content, "quoted": len(standing)}
    account.sha256 = content.fingerprint(account.content, account.words, account.releases, standing)
    account.state = Account.State.ISSUED
    account.issued_by = by
    account.issued_at = clock.now()
    account.save(update_fields=["content", "sha256", "state", "issued_by", "issued_at"])
    before = Account.objects.filter(
        organisation=by.organisation_id,
        template=template.slug,
        first_on=account.first_on,
        last_on=account.last_on,
        site=account.site,
        state=Account.State.ISSUED,
    ).exclude(pk=account.pk)
    before.update(state=Account.State.SUPERSEDED, superseded_by=account)
    record("account.issue", by=by, subject=account, detail={"template": account.template})
    return account


@transaction.atomic
def discard(*, by: User, account_id: UUID) -> None:
    """Let a draft go."""
    account, _template = _draft(by, account_id)
    record("account.discard", by=by, subject=account, detail={"template": account.template})
    account.delete()


@transaction.atomic
def note_export(*, by: User, account: Account, kind: str) -> None:
    """Write that it left the system."""
    record_export(f"informe.{kind}", by=by, rows=len(account.content["sections"]), subject=account)


def _draft(by: User, account_id: UUID) -> tuple[Account, Template]:
    rows = accounts_visible_to(by).select_related("site").select_for_update(of=("self",))
    account = pick(rows, pk=account_id)
    if account.state != Account.State.DRAFT:
        raise DomainError(
            _("Este informe ya se emitió, y lo que se emitió no cambia."),
            hint=_("Prepara otro del mismo periodo: al emitirlo toma su lugar."),
        )
    template = definitions.find(account.template, account.template_version)
    if template is None:
        raise DomainError(
            _("La plantilla de este borrador ya no viene con el sistema."),
            hint=_("Descarta el borrador y empieza otro."),
        )
    return account, template
