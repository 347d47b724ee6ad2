"""Opens the sealed file of an import and reads it again: nothing of it is kept in memory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from tequio.circles.importing import files, marks, parts
from tequio.circles.importing.choices import Choices, Layout, from_dict, layout_of
from tequio.circles.models import RegisterImport, RememberedMapping
from tequio.circles.registers import (
    Examination,
    Form,
    Mapping,
    RegisterPlan,
    build_plan,
    examine,
    mapping_from_dict,
)
from tequio.core import clock
from tequio.core.errors import DomainError
from tequio.core.tabular import Workbook, read_workbook


@dataclass(frozen=True, slots=True)
class Reading:
    """A file with what was decided about it, and what an import would therefore do."""

    name: str
    workbook: Workbook
    choices: Choices
    plan: RegisterPlan
    parts: tuple[parts.Part, ...]
    examination: Examination


def read(register: RegisterImport) -> Reading:
    """Read the file of an import as somebody decided."""
    name = files.name_of(register)
    workbook = read_workbook(files.unseal(register, "file", register.sealed_file), name)
    today = clock.today(register.organisation.timezone)
    return reading_of(name, workbook, choices_of(register), today)


def reading_of(
    name: str, workbook: Workbook, choices: Choices, today: date | None = None
) -> Reading:
    """Return the plan of a workbook under choices."""
    plan = plan_of(workbook, choices, today)
    split = parts.split(plan, choices.mapping)
    return Reading(name, workbook, choices, plan, split, examine(workbook))


def choices_of(register: RegisterImport) -> Choices:
    """Return what was decided about an import."""
    return from_dict(files.unseal_json(register, "choices", register.sealed_choices))


def first_choices(workbook: Workbook, remembered: Iterable[Mapping] = ()) -> Choices:
    """Return what we propose for a file, with what was decided before for the same layout."""
    known = tuple(remembered)
    found = examine(workbook, known)
    layouts = tuple(
        _layout(index, found.mapping, known) for index in range(len(found.mapping.sheets))
    )
    return Choices(found.mapping, layouts=layouts, remembered=found.remembered)


def settled(workbook: Workbook, choices: Choices) -> Choices:
    """Return the choices with meanings for marks that came in with a change of columns."""
    plan = plan_of(workbook, choices)
    mapping = marks.completed(workbook, choices.mapping, plan, choices.undecided)
    layouts = tuple(
        layout or layout_of(table)
        for layout, table in zip(choices.layouts, mapping.sheets, strict=True)
    )
    return replace(choices, mapping=mapping, layouts=layouts)


def plan_of(workbook: Workbook, choices: Choices, today: date | None = None) -> RegisterPlan:
    """Return what an import would do."""
    return build_plan(workbook, choices.mapping, same_people=choices.same_people, today=today)


def remembered_mappings(organisation_id: UUID) -> list[Mapping]:
    """Return the layouts that this organisation has brought in before, the latest first."""
    found = []
    rows = RememberedMapping.objects.filter(organisation=organisation_id)
    for row in rows.order_by("-remembered_at", "-pk")[:100]:
        try:
            found.append(mapping_from_dict(row.mapping))
        except DomainError:
            continue  # Another version wrote it: the questions are simply asked again.
    return found


def _layout(index: int, mapping: Mapping, known: tuple[Mapping, ...]) -> Layout:
    """Return the layout of a table; what the file does not say, an earlier import may have said."""
    table = mapping.sheets[index]
    layout = layout_of(table)
    if layout is not Layout.ASK:
        return layout
    before = [t for m in known for t in m.sheets if t.signature == table.signature]
    if not before:
        return Layout.ASK
    return Layout.ONE if before[0].form is Form.LONG else Layout.PEOPLE
