"""Bringing in a directory as background work, chunk by chunk, and taking the whole of it back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import pick, require_everywhere
from tequio.audit.record import record
from tequio.core import clock
from tequio.core.errors import Conflict
from tequio.core.text import fold, squeeze
from tequio.jobs import actions as jobs
from tequio.jobs.work import Cancelled
from tequio.network import directory_files
from tequio.network.lookup import search_line
from tequio.network.models import (
    DirectoryImport,
    ImportLine,
    Opening,
    Phone,
    Provider,
    Service,
)
from tequio.network.needs import NEEDS
from tequio.network.policies.services import imports_visible_to
from tequio.network.rules.directory.drafts import Draft
from tequio.network.rules.directory.merging import Kept, together

KIND: Final = "directory_import"
# Long enough to compare the report with what came of it.
KEPT: Final = timedelta(days=365)
_CHUNK: Final = 200
Say = Callable[[int, int], None]
_SAME: Final = (
    "name", "what_for", "status", "eligibility", "minimum_age", "maximum_age", "cost",
    "how_to_ask", "bring", "accessibility", "children", "safe_to_call", "refuge", "address",
    "locality", "state", "municipality", "hours", "foreign_key",
)  # fmt: skip


@transaction.atomic
def receive(
    *, by: User, name: str, data: bytes, source: str = "", queued: bool = True
) -> DirectoryImport:
    """Take in a file and begin. Without `queued` whoever calls carries it out with `apply`."""
    require_everywhere(by, Permission.DIRECTORY_WRITE)
    # A file that nobody can read is refused at once, with its reason.
    directory_files.read(data, name)
    brought = DirectoryImport.objects.create(
        organisation_id=by.organisation_id,
        name=squeeze(name)[:120] or _("Directorio"),
        source=squeeze(source)[:200],
        file=data,
        started_by=by,
    )
    record("directory.import", by=by, subject=brought)
    if queued:
        brought.job = jobs.start(by=by, kind=KIND, subject_id=brought.pk)
        brought.save(update_fields=["job"])
    return brought


def apply(*, by: User, import_id: UUID, say: Say = lambda _done, _total: None) -> DirectoryImport:
    """Carry it out. Cancelled or broken, it takes back what it wrote."""
    brought = pick(imports_visible_to(by), pk=import_id)
    if brought.state != DirectoryImport.State.RUNNING or brought.file is None:
        return brought
    try:
        counts = _write(brought, say)
    except Cancelled:
        _take_back(brought, DirectoryImport.State.CANCELLED)
        raise
    except Exception:
        _take_back(brought, DirectoryImport.State.FAILED)
        raise
    brought.counts, brought.state = dict(counts), DirectoryImport.State.DONE
    # Nobody reads the file again, and it may say where a refuge is.
    brought.finished_at, brought.file = clock.now(), None
    with transaction.atomic():
        brought.save(update_fields=["counts", "state", "finished_at", "file"])
        record("directory.imported", by=by, subject=brought, detail={"count": counts["added"]})
    return brought


@transaction.atomic
def undo(*, by: User, import_id: UUID) -> DirectoryImport:
    """Take back what an import brought; what somebody has checked meanwhile stays."""
    require_everywhere(by, Permission.DIRECTORY_WRITE)
    brought = pick(imports_visible_to(by).select_for_update(of=("self",)), pk=import_id)
    if brought.state != DirectoryImport.State.DONE:
        raise Conflict(_("Esta importación no está terminada o ya se deshizo."))
    _take_back(brought, DirectoryImport.State.UNDONE)
    record("directory.undo", by=by, subject=brought)
    return brought


@transaction.atomic
def forget_old() -> int:
    """Erase the words of imports after their year, and files that never came to an end."""
    old = DirectoryImport.objects.filter(started_at__lt=clock.now() - KEPT)
    said = ImportLine.objects.filter(brought_by__in=old).exclude(text="", name="")
    gone = said.update(text="", name="")
    return gone + old.filter(file__isnull=False).update(file=None)


def _write(brought: DirectoryImport, say: Say) -> Counter[str]:
    lines = directory_files.read(bytes(brought.file or b""), brought.name)
    total = len(lines)
    say(0, total)
    usable = [(line.number, draft) for line in lines for draft in line.drafts if draft.reachable]
    kept = together(usable)
    there = _there(brought)
    outcomes: dict[int, ImportLine] = {line.number: _line(brought, line) for line in lines}
    for begin in range(0, len(kept), _CHUNK):
        with transaction.atomic():
            _write_chunk(brought, kept[begin : begin + _CHUNK], there, outcomes)
        done = kept[min(begin + _CHUNK, len(kept)) - 1].line
        say(min(done, total), total)
    with transaction.atomic():
        ImportLine.objects.bulk_create(outcomes.values(), batch_size=500)
    say(total, total)
    counts = Counter(str(line.outcome) for line in outcomes.values())
    counts["mended"] = sum(bool(line.mended) for line in outcomes.values())
    counts["services"] = Service.objects.filter(brought_by=brought).count()
    return counts


def _line(brought: DirectoryImport, line: directory_files.Line) -> ImportLine:
    """What a line is before anything of it is stored; the same line may become a service."""
    outcomes = ImportLine.Outcome
    outcome = outcomes.INCOMPLETE if line.drafts else outcomes.TORN
    return ImportLine(
        brought_by=brought,
        number=line.number,
        outcome=outcomes.UNREADABLE if line.unreadable else outcome,
        name=line.name,
        text=line.text,
        mended=sorted({code for draft in line.drafts for code in draft.mended}),
    )


def _there(brought: DirectoryImport) -> set[tuple[str, ...]]:
    """What the directory has already, by what makes two lines the same."""
    found = Service.objects.filter(organisation=brought.organisation_id)
    found = found.select_related("provider").prefetch_related("phones")
    return {_draft_of(one).identity for one in found}


def _draft_of(one: Service) -> Draft:
    return Draft(
        provider=one.provider.name,
        name=one.name,
        state=one.state,
        municipality=one.municipality,
        locality=one.locality,
        address=one.address,
        numbers=tuple(phone.number for phone in one.phones.all()),
    )


def _write_chunk(
    brought: DirectoryImport,
    kept: Sequence[Kept],
    there: set[tuple[str, ...]],
    outcomes: dict[int, ImportLine],
) -> None:
    new = [one for one in kept if one.draft.identity not in there]
    for one in kept:
        known = one.draft.identity in there
        outcomes[one.line].outcome = "known" if known else "added"
        if one.draft.refuge:
            # The line that said where it is need not be the one that called it a refuge.
            for number in one.also:
                outcomes[number].text = outcomes[number].name
        for number in one.also:
            if outcomes[number].outcome == ImportLine.Outcome.INCOMPLETE:
                outcomes[number].outcome = ImportLine.Outcome.MERGED
    providers = _providers(brought, [one.draft for one in new])
    services = [_service(brought, one.draft, providers) for one in new]
    Service.objects.bulk_create(services)
    for one, service in zip(new, services, strict=True):
        for number in (one.line, *one.also):
            outcomes[number].service = outcomes[number].service or service
        there.add(one.draft.identity)
    pairs = list(zip(new, services, strict=True))
    Phone.objects.bulk_create(
        Phone(
            service=service,
            number=number,
            position=n,
            extension="" if n else one.draft.extension,
        )
        for one, service in pairs
        for n, number in enumerate(one.draft.numbers)
    )
    Opening.objects.bulk_create(
        Opening(service=service, weekday=each.weekday, opens=each.opens, closes=each.closes)
        for one, service in pairs
        for each in one.draft.openings
    )


def _providers(brought: DirectoryImport, drafts: Sequence[Draft]) -> dict[str, Provider]:
    wanted = {fold(draft.provider): draft for draft in reversed(drafts)}
    found = Provider.objects.filter(organisation=brought.organisation_id, name_key__in=list(wanted))
    known = {one.name_key: one for one in found}
    new = [
        Provider(
            organisation_id=brought.organisation_id,
            name=squeeze(draft.provider),
            name_key=key,
            email=draft.email,
            website=draft.website,
            foreign_key=draft.provider_key,
        )
        for key, draft in wanted.items()
        if key not in known
    ]
    Provider.objects.bulk_create(new)
    return known | {one.name_key: one for one in new}


def _service(brought: DirectoryImport, draft: Draft, providers: dict[str, Provider]) -> Service:
    provider = providers[fold(draft.provider)]
    service = Service(
        organisation_id=brought.organisation_id,
        provider=provider,
        brought_by=brought,
        needs=[need for need in NEEDS if need in draft.needs],
        languages=list(draft.languages),
        **{name: getattr(draft, name) for name in _SAME},
    )
    service.search = search_line(service, provider.name)
    return service


def _take_back(brought: DirectoryImport, state: DirectoryImport.State) -> None:
    with transaction.atomic():
        mine = Service.objects.filter(brought_by=brought)
        providers = list(mine.values_list("provider_id", flat=True))
        mine.filter(verified_on=None).delete()
        Provider.objects.filter(pk__in=providers, services=None, stakeholder=None).delete()
        brought.state, brought.finished_at, brought.file = state, clock.now(), None
        brought.save(update_fields=["state", "finished_at", "file"])
