"""What the pages of an import show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import pick, require_everywhere
from tequio.circles.importing import files
from tequio.circles.importing.marks import Seen, marks_in
from tequio.circles.importing.match import known, match
from tequio.circles.importing.reading import Reading, read
from tequio.circles.models import Group, ImportProblem, RegisterImport, Session
from tequio.circles.policies import groups_visible_to, imports_visible_to
from tequio.circles.registers import Problem, Severity
from tequio.circles.registers.people import Person
from tequio.core import clock
from tequio.people.models import Participant
from tequio.people.policies import visible_to as people_visible_to
from tequio.people.queries import by_codes, by_names
from tequio.programmes.models import Edition, Site
from tequio.programmes.policies import editions_visible_to, sites_visible_to

_LIST = ("pk", "organisation", "sealed_name", "file_sha256", "state", "summary", "created_at")

_EARLIER = "registro-previo"


@dataclass(frozen=True, slots=True)
class Listed:
    """One import in the list."""

    register: RegisterImport
    name: str


@dataclass(frozen=True, slots=True)
class Namesake:
    """A person of the file who may be a man already known: somebody has to say so."""

    person: Person
    men: tuple[Participant, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """A file as read, beside what the organisation already has."""

    register: RegisterImport
    reading: Reading
    marks: tuple[Seen, ...]
    by_number: tuple[tuple[Person, Participant], ...]
    namesakes: tuple[Namesake, ...]
    groups: tuple[Group, ...]
    sites: tuple[Site, ...]
    editions: tuple[Edition, ...]
    earlier: RegisterImport | None
    # By part that goes to an existing group: which of its meetings the group already has.
    there: Mapping[str, frozenset[int]]


def imports(user: User) -> QuerySet[RegisterImport]:
    """Return the imports of the organisation, the latest first, without their files."""
    require_everywhere(user, Permission.ATTENDANCE_IMPORT)
    return imports_visible_to(user).only(*_LIST).order_by("-created_at", "-pk")


def listed(registers: Iterable[RegisterImport]) -> list[Listed]:
    """Return imports with the names of their files."""
    return [Listed(register, files.name_of(register)) for register in registers]


def one(user: User, import_id: UUID) -> RegisterImport:
    """Return one import without its file, or 404."""
    require_everywhere(user, Permission.ATTENDANCE_IMPORT)
    light = imports_visible_to(user).defer("sealed_file", "sealed_choices")
    return pick(light.select_related("job"), pk=import_id)


def preview(user: User, register: RegisterImport) -> Preview:
    """Return everything that the preview shows. The file is read anew each time."""
    reading = read(register)
    plan = reading.plan
    codes = by_codes(user.organisation_id, [person.identity.id for person in plan.people])
    numbered = [(p, codes[p.identity.id]) for p in plan.people if p.identity.id in codes]
    signed = editions_visible_to(user).filter(signed_at__isnull=False)
    return Preview(
        register=register,
        reading=reading,
        marks=marks_in(reading.workbook, reading.choices.mapping, plan),
        by_number=tuple(numbered),
        namesakes=_namesakes(user, plan.people, {p.key for p, _man in numbered}),
        groups=tuple(groups_visible_to(user).filter(closed_on__isnull=True).order_by("name", "pk")),
        sites=tuple(sites_visible_to(user).order_by("name", "pk")),
        # A register kept before this system followed whatever was followed then: that comes first.
        editions=tuple(
            sorted(signed.order_by("name", "pk"), key=lambda e: e.model_slug != _EARLIER)
        ),
        earlier=_earlier(user, register),
        there=_there(user, reading),
    )


def _namesakes(user: User, people: Sequence[Person], numbered: set[str]) -> tuple[Namesake, ...]:
    """Return who has the name of a man already known, or his alias where there is no name."""
    open_ones = [person for person in people if person.key not in numbered]
    names = by_names(user.organisation_id, [p.identity.full_name for p in open_ones])
    aliases = _by_alias(user, [p for p in open_ones if not p.identity.full_name])
    found = []
    for person in open_ones:
        full = person.identity.full_name
        men = names.get(full, []) if full else aliases.get(person.identity.alias, [])
        if men:
            found.append(Namesake(person, tuple(men)))
    return tuple(found)


def _there(user: User, reading: Reading) -> dict[str, frozenset[int]]:
    into = {t.source: t.group_id for t in reading.choices.targets if t.group_id}
    if not into:
        return {}
    groups = groups_visible_to(user).filter(pk__in=set(into.values()))
    sessions = list(Session.objects.filter(group__in=groups).order_by("position"))
    today = clock.today(user.organisation.timezone)
    found = {}
    for part in reading.parts:
        if part.source in into:
            own = [known(s, today) for s in sessions if str(s.group_id) == into[part.source]]
            found[part.source] = frozenset(match(part.meetings, own))
    return found


def _by_alias(user: User, people: Sequence[Person]) -> dict[str, list[Participant]]:
    wanted = {person.identity.alias for person in people if person.identity.alias}
    found: dict[str, list[Participant]] = {}
    if wanted:
        for man in people_visible_to(user).filter(alias__in=wanted).order_by("folio"):
            found.setdefault(man.alias, []).append(man)
    return found


def _earlier(user: User, register: RegisterImport) -> RegisterImport | None:
    """Return an import of this very file that still stands."""
    same = imports_visible_to(user).filter(
        file_sha256=register.file_sha256, state=RegisterImport.State.DONE
    )
    light = same.exclude(pk=register.pk).only("pk", "finished_at", "created_by")
    return light.order_by("-finished_at", "-pk").first()


def groups_of(user: User, register: RegisterImport) -> list[Group]:
    """Return the groups that an import went to, as far as they still exist."""
    keys = register.summary.get("groups", [])
    return list(groups_visible_to(user).filter(pk__in=keys).order_by("name", "pk")) if keys else []


def problems_of(register: RegisterImport) -> QuerySet[ImportProblem]:
    """Return the problems of an import, the gravest first."""
    return register.problems.order_by("position")


def in_words(register: RegisterImport, rows: Iterable[ImportProblem]) -> list[Problem]:
    """Open the words of some problems."""
    return [_problem(register.organisation_id, row) for row in rows]


def _problem(organisation_id: UUID, row: ImportProblem) -> Problem:
    said = files.words_of(organisation_id, row)
    level = Severity(row.severity)
    return Problem(level, row.code, said.sheet, said.cell, said.sentence, said.hint)
