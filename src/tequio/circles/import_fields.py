"""The fields of an import's form, made from what the file holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.circles.import_queries import Preview
from tequio.circles.importing.choices import Layout, Target, token
from tequio.circles.importing.marks import MOST_SHOWN
from tequio.circles.importing.words import GAPS, LAYOUTS, ROLES, STATUSES
from tequio.circles.registers import Role, SheetMapping
from tequio.core.tabular import column_letters
from tequio.core.text import fold

MOST_COLUMNS = 120
_MOST_PAIRS = 60
_MOST_NAMESAKES = 300
_INVALID = {"invalid_choice": gettext_lazy("Esa opción no está en la lista. Elige otra.")}
# What stands for an empty answer: an answer all the same, and not an optional field.
_NONE = "-"
Fields = dict[str, forms.Field]


def all_fields(preview: Preview) -> Fields:
    """Return every field; each begins with what was decided before."""
    fields: Fields = {}
    for index, table in enumerate(preview.reading.choices.mapping.sheets):
        fields |= _table(preview, index, table)
    for seen in preview.marks[:MOST_SHOWN]:
        fields[f"m-{token(seen.mark)}"] = _select(
            f"«{seen.mark}»", STATUSES, seen.status, blank=_("No se sabe: queda como problema")
        )
    fields["gap"] = _radio(
        _("Si no hay nada escrito"),
        [(gap.value, label) for gap, label in GAPS.items()],
        preview.reading.choices.mapping.gap.value,
    )
    # A list of people alone has no marks: there the page does not ask, and nothing comes back.
    fields["gap"].required = has_marks(preview)
    return fields | _order(preview) | _people(preview) | _targets(preview)


def _table(preview: Preview, index: int, table: SheetMapping) -> Fields:
    fields: Fields = {}
    layouts, own = preview.reading.choices.layouts, f"t{index}"
    layout = layouts[index] if index < len(layouts) else Layout.ASK
    fields[f"{own}-layout"] = _select(_("Qué es esta hoja"), LAYOUTS, layout)
    if not names_sessions(table):
        fields[f"{own}-session"] = _text(
            _("De qué sesión es"), table.session, _("Por ejemplo «Sesión 3» o «14/11/2026».")
        )
    fields[f"{own}-group"] = _text(
        _("Grupo de esta hoja"), table.group, _("Vacío si el archivo es de un solo grupo.")
    )
    fields[f"{own}-year"] = forms.IntegerField(
        label=_("Año de las fechas que no lo dicen"),
        required=False,
        min_value=1990,
        max_value=2099,
        initial=table.year,
        error_messages={
            "invalid": _("Escribe el año con cuatro números, por ejemplo 2025."),
            "min_value": _("Escribe un año entre 1990 y 2099."),
            "max_value": _("Escribe un año entre 1990 y 2099."),
        },
    )
    titles = _titles(preview, index)
    for column in table.columns[:MOST_COLUMNS]:
        letters = column_letters(column.index)
        label = f"{letters} · {titles.get(column.index, '')}".rstrip(" ·")
        fields[f"{own}-c{column.index}"] = _select(label, ROLES, column.role)
    return fields


def has_marks(preview: Preview) -> bool:
    """Whether some sheet has marks to give a meaning to, as it is read now."""
    sheets = preview.reading.choices.mapping.sheets
    return any(sheet.columns_of(Role.MARK) or sheet.columns_of(Role.MEETING) for sheet in sheets)


def names_sessions(table: SheetMapping) -> bool:
    """Whether the table itself says which session each mark belongs to."""
    return any(table.columns_of(role) for role in (Role.MEETING, Role.SESSION, Role.DATE))


def _order(preview: Preview) -> Fields:
    """Offer the order of the meetings where the file does not give a date to each."""
    sessions = preview.reading.plan.sessions
    titles = list(dict.fromkeys(session.label.text for session in sessions))
    if len(titles) < 2 or all(session.label.on for session in sessions):
        return {}
    return {
        f"o-{token(title)}": forms.IntegerField(
            label=title,
            initial=place,
            required=False,
            min_value=1,
            max_value=999,
            error_messages={"invalid": _("Escribe un número, por ejemplo 3.")},
        )
        for place, title in enumerate(titles[:MOST_COLUMNS], start=1)
    }


def _titles(preview: Preview, index: int) -> dict[int, str]:
    found = [g for d in preview.reading.examination.detections for g in d.guesses]
    return dict(found[index].titles) if index < len(found) else {}


def _people(preview: Preview) -> Fields:
    fields: Fields = {}
    choices = preview.reading.choices
    plan = preview.reading.plan
    shown = {person.key: person for person in plan.people}
    for pair in plan.possible_duplicates[:_MOST_PAIRS]:
        one, two = shown[pair.first].identity.display, shown[pair.second].identity.display
        fields[f"same-{token(pair.first, pair.second)}"] = forms.BooleanField(
            label=_("«%(one)s» y «%(two)s» son la misma persona") % {"one": one, "two": two},
            help_text=pair.reason,
            required=False,
        )
    for first, second in choices.same_people:
        fields[f"joined-{token(first, second)}"] = forms.BooleanField(
            label=_("«%(one)s» y «%(two)s» son la misma persona")
            % {"one": _shown(first), "two": _shown(second)},
            initial=True,
            required=False,
        )
    if preview.by_number:
        fields["codes"] = _radio(
            _("Las claves que ya existen"),
            [
                ("yes", _("Son las mismas personas de antes")),
                ("no", _("Son otras personas: este archivo tiene su propia numeración")),
            ],
            "yes" if choices.codes_shared else "no",
        )
    return fields | _namesakes(preview)


def _namesakes(preview: Preview) -> Fields:
    fields: Fields = {}
    said = dict(preview.reading.choices.known)
    if preview.namesakes:
        fields["all_known"] = forms.BooleanField(
            label=_("Todas estas personas son las mismas que ya están registradas"),
            help_text=_("Vale para los nombres que solo tiene una persona registrada."),
            required=False,
        )
    for namesake in preview.namesakes[:_MOST_NAMESAKES]:
        key = namesake.person.key
        men = [(str(man.pk), f"{man.alias} · {man.folio}") for man in namesake.men]
        fields[f"k-{token(key)}"] = _Choice(
            namesake.person.identity.display,
            [("", _("Es otra persona: se le abre un expediente")), *men],
            said.get(key, ""),
        )
    return fields


def _targets(preview: Preview) -> Fields:
    fields: Fields = {}
    choices = preview.reading.choices
    groups = [(str(group.pk), group.name) for group in preview.groups]
    by_name = {fold(name): key for key, name in groups}
    for part in preview.reading.parts:
        said = choices.target(part.source) or Target(
            part.source, by_name.get(part.source, ""), part.name
        )
        own = token(part.source)
        where = _("A qué grupo va «%(name)s»") % {"name": part.name}
        fields[f"w-{own}"] = _Choice(
            where if part.name else _("A qué grupo va"),
            [("", _("A un grupo nuevo")), *groups],
            said.group_id,
        )
        fields[f"n-{own}"] = _text(_("Nombre del grupo nuevo"), said.new_name)
        _depends(fields[f"n-{own}"])
    fields["site"] = _place(_("Sede del grupo nuevo"), preview.sites, choices.site_id)
    fields["edition"] = _place(_("Programa del grupo nuevo"), preview.editions, choices.edition_id)
    return fields


def _place(label: str, rows: Sequence[Any], said: str) -> _Choice:
    only = str(rows[0].pk) if len(rows) == 1 else ""
    options = [("", _("Elige de la lista")), *((str(row.pk), row.name) for row in rows)]
    return _Choice(label, options, said or only)


class _Choice(forms.ChoiceField):
    """A list in which «none of these» is an answer: the browser sends a dash, we read nothing."""

    def __init__(self, label: str, options: Sequence[tuple[str, Any]], initial: str) -> None:
        super().__init__(
            label=label,
            choices=[(value or _NONE, words) for value, words in options],
            initial=initial or _NONE,
            error_messages=_INVALID,
        )
        self._has_none = any(not value for value, _words in options)

    def clean(self, value: Any) -> str:
        """Return the choice, empty for the dash or where nothing came."""
        cleaned = str(super().clean(_NONE if self._has_none and not value else value))
        return "" if cleaned == _NONE else cleaned


def _select(label: str, options: Any, initial: Any, *, blank: str | None = None) -> _Choice:
    choices = [(key.value, words) for key, words in options.items()]
    if blank is not None:
        choices.insert(0, ("", blank))
    return _Choice(label, choices, initial.value if initial is not None else "")


def _radio(label: str, options: Sequence[tuple[str, Any]], initial: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=options,
        initial=initial,
        widget=forms.RadioSelect,
        error_messages=_INVALID,
    )


def _depends(field: forms.Field) -> None:
    """Let a field go unanswered without calling it optional: what else is chosen decides."""
    field.required, field.depends = False, True  # type: ignore[attr-defined]


def _shown(key: str) -> str:
    """Return the name or number inside a key of the plan («name:josé pérez|martes»)."""
    return key.partition(":")[2].partition("|")[0]


def _text(label: str, initial: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        initial=initial,
        help_text=help_text,
        required=False,
        max_length=80,
        error_messages={"max_length": _("Es más largo de 80 letras. Acórtalo.")},
    )
