"""The forms of an import: the file, and everything that may be corrected about its reading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.circles.import_queries import Preview
from tequio.circles.importing.choices import Choices, Layout, Target, token, with_layout
from tequio.circles.importing.marks import MOST_SHOWN, Seen
from tequio.circles.importing.parts import Part
from tequio.circles.importing.words import GAPS, LAYOUTS, ROLES, STATUSES
from tequio.circles.registers import ColumnMapping, Gap, Mapping, Role, SheetMapping, Status
from tequio.core.tabular import column_letters
from tequio.core.text import fold, squeeze
from tequio.ui.forms import FilePick

_MOST_COLUMNS = 120
_MOST_PAIRS = 60
_MOST_NAMESAKES = 300
_INVALID = {"invalid_choice": gettext_lazy("Esa opción no está en la lista. Elige otra.")}


class UploadForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label=gettext_lazy("Tu registro de asistencia"),
        widget=FilePick,
        help_text=gettext_lazy(
            "Excel, LibreOffice o CSV, como lo tengas: no hace falta acomodarlo antes. Primero "
            "verás qué se entendió; nada se importa hasta que tú lo digas."
        ),
        error_messages={
            "required": gettext_lazy("Falta el archivo. Elige uno."),
            "missing": gettext_lazy("Falta el archivo. Elige uno."),
            "empty": gettext_lazy(
                "El archivo está vacío. Revisa que sea el archivo correcto y súbelo otra vez."
            ),
        },
    )


@dataclass(frozen=True, slots=True)
class TableFields:
    """The fields of one table of the file, for the template."""

    sheet: str
    reasons: tuple[str, ...]
    layout: forms.BoundField
    session: forms.BoundField
    group: forms.BoundField
    year: forms.BoundField
    columns: tuple[forms.BoundField, ...]
    hidden_columns: int


class ReadingForm(forms.Form):
    """How a file is read and where it goes; every field begins with what was decided before."""

    def __init__(self, *args: Any, preview: Preview, starting: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.preview, self.starting = preview, starting
        self.choices: Choices = preview.reading.choices
        for index, table in enumerate(self.choices.mapping.sheets):
            self._add_table(index, table)
        for seen in preview.marks[:MOST_SHOWN]:
            self.fields[f"m-{token(seen.mark)}"] = _select(
                f"«{seen.mark}»", STATUSES, seen.status, blank=_("No se sabe: queda como problema")
            )
        self.fields["gap"] = forms.ChoiceField(
            label=_("Si no hay nada escrito"),
            choices=[(gap.value, label) for gap, label in GAPS.items()],
            initial=self.choices.mapping.gap.value,
            widget=forms.RadioSelect,
            error_messages=_INVALID,
        )
        self._add_order()
        self._add_people()
        self._add_targets()

    # --- Fields -------------------------------------------------------------------------------

    def _add_table(self, index: int, table: SheetMapping) -> None:
        layouts, own = self.choices.layouts, f"t{index}"
        layout = layouts[index] if index < len(layouts) else Layout.ASK
        self.fields[f"{own}-layout"] = _select(_("Qué es esta hoja"), LAYOUTS, layout)
        self.fields[f"{own}-session"] = _text(
            _("De qué sesión es"), table.session, _("Por ejemplo «Sesión 3» o «14/11/2026».")
        )
        self.fields[f"{own}-group"] = _text(
            _("Grupo de esta hoja"), table.group, _("Vacío si el archivo es de un solo grupo.")
        )
        self.fields[f"{own}-year"] = forms.IntegerField(
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
        titles = self._titles(index)
        for column in table.columns[:_MOST_COLUMNS]:
            letters = column_letters(column.index)
            label = f"{letters} · {titles.get(column.index, '')}".rstrip(" ·")
            self.fields[f"{own}-c{column.index}"] = _select(label, ROLES, column.role)

    def _add_order(self) -> None:
        """Offer the order of the meetings where the file does not give a date to each."""
        sessions = self.preview.reading.plan.sessions
        titles = list(dict.fromkeys(session.label.text for session in sessions))
        if len(titles) < 2 or all(session.label.on for session in sessions):
            return
        for place, title in enumerate(titles[:_MOST_COLUMNS], start=1):
            self.fields[f"o-{token(title)}"] = forms.IntegerField(
                label=title,
                initial=place,
                required=False,
                min_value=1,
                max_value=999,
                error_messages={"invalid": _("Escribe un número, por ejemplo 3.")},
            )

    def _titles(self, index: int) -> dict[int, str]:
        found = [g for d in self.preview.reading.examination.detections for g in d.guesses]
        return dict(found[index].titles) if index < len(found) else {}

    def _add_people(self) -> None:
        plan = self.preview.reading.plan
        shown = {person.key: person for person in plan.people}
        for pair in plan.possible_duplicates[:_MOST_PAIRS]:
            one, two = shown[pair.first].identity.display, shown[pair.second].identity.display
            self.fields[f"same-{token(pair.first, pair.second)}"] = forms.BooleanField(
                label=_("«%(one)s» y «%(two)s» son la misma persona") % {"one": one, "two": two},
                help_text=pair.reason,
                required=False,
            )
        for first, second in self.choices.same_people:
            self.fields[f"joined-{token(first, second)}"] = forms.BooleanField(
                label=_("«%(one)s» y «%(two)s» son la misma persona")
                % {"one": _shown(first), "two": _shown(second)},
                initial=True,
                required=False,
            )
        if self.preview.by_number:
            self.fields["codes"] = forms.ChoiceField(
                label=_("Las claves que ya existen"),
                choices=[
                    ("yes", _("Son las mismas personas de antes")),
                    ("no", _("Son otras personas: este archivo tiene su propia numeración")),
                ],
                initial="yes" if self.choices.codes_shared else "no",
                widget=forms.RadioSelect,
                error_messages=_INVALID,
            )
        said = dict(self.choices.known)
        if self.preview.namesakes:
            self.fields["all_known"] = forms.BooleanField(
                label=_("Todas estas personas son las mismas que ya están registradas"),
                help_text=_("Vale para los nombres que solo tiene una persona registrada."),
                required=False,
            )
        for namesake in self.preview.namesakes[:_MOST_NAMESAKES]:
            key = namesake.person.key
            men = [(str(man.pk), f"{man.alias} · {man.folio}") for man in namesake.men]
            self.fields[f"k-{token(key)}"] = forms.ChoiceField(
                label=namesake.person.identity.display,
                choices=[("", _("Es otra persona: se le abre un expediente")), *men],
                initial=said.get(key, ""),
                required=False,
                error_messages=_INVALID,
            )

    def _add_targets(self) -> None:
        groups = [(str(group.pk), group.name) for group in self.preview.groups]
        by_name = {fold(name): key for key, name in groups}
        for part in self.preview.reading.parts:
            said = self.choices.target(part.source) or Target(
                part.source, by_name.get(part.source, ""), part.name
            )
            own = token(part.source)
            self.fields[f"w-{own}"] = forms.ChoiceField(
                label=_("A qué grupo va «%(name)s»") % {"name": part.name}
                if part.name
                else _("A qué grupo va"),
                choices=[("", _("A un grupo nuevo")), *groups],
                initial=said.group_id,
                required=False,
                error_messages=_INVALID,
            )
            self.fields[f"n-{own}"] = _text(_("Nombre del grupo nuevo"), said.new_name)
        self._add_place("site", _("Sede del grupo nuevo"), self.preview.sites)
        self._add_place("edition", _("Programa del grupo nuevo"), self.preview.editions)

    def _add_place(self, name: str, label: str, rows: tuple[Any, ...]) -> None:
        said = self.choices.site_id if name == "site" else self.choices.edition_id
        only = str(rows[0].pk) if len(rows) == 1 else ""
        self.fields[name] = forms.ChoiceField(
            label=label,
            choices=[("", _("Elige de la lista")), *((str(row.pk), row.name) for row in rows)],
            initial=said or only,
            required=False,
            error_messages=_INVALID,
        )

    # --- For the template ---------------------------------------------------------------------

    def tables(self) -> Iterator[TableFields]:
        """Yield the fields of each table."""
        guesses = [g for d in self.preview.reading.examination.detections for g in d.guesses]
        for index, table in enumerate(self.choices.mapping.sheets):
            own = f"t{index}"
            yield TableFields(
                sheet=table.sheet,
                reasons=guesses[index].reasons if index < len(guesses) else (),
                layout=self[f"{own}-layout"],
                session=self[f"{own}-session"],
                group=self[f"{own}-group"],
                year=self[f"{own}-year"],
                columns=tuple(
                    self[f"{own}-c{column.index}"] for column in table.columns[:_MOST_COLUMNS]
                ),
                hidden_columns=max(0, len(table.columns) - _MOST_COLUMNS),
            )

    def marks(self) -> Iterator[tuple[Seen, forms.BoundField]]:
        """Yield each mark with its field."""
        for seen in self.preview.marks[:MOST_SHOWN]:
            yield seen, self[f"m-{token(seen.mark)}"]

    def pairs(self) -> list[forms.BoundField]:
        """Return the fields of probable duplicates."""
        return [self[name] for name in self.fields if name.startswith(("same-", "joined-"))]

    def namesakes(self) -> list[forms.BoundField]:
        """Return the fields of people whose name is already known."""
        return [self[name] for name in self.fields if name.startswith("k-")]

    def order(self) -> list[forms.BoundField]:
        """Return the fields of the meetings' places."""
        return [self[name] for name in self.fields if name.startswith("o-")]

    def targets(self) -> Iterator[tuple[Part, forms.BoundField, forms.BoundField]]:
        """Yield each part of the file with where it goes."""
        for part in self.preview.reading.parts:
            own = token(part.source)
            yield part, self[f"w-{own}"], self[f"n-{own}"]

    # --- What was decided ---------------------------------------------------------------------

    def clean(self) -> dict[str, Any]:
        """Ask for what is missing, but only where somebody wants to begin."""
        if self.starting:
            self._ask_for_tables()
            self._ask_for_targets()
        return self.cleaned_data

    def _ask_for_tables(self) -> None:
        for index, _table in enumerate(self.choices.mapping.sheets):
            layout = self.cleaned_data.get(f"t{index}-layout", Layout.SKIP)
            if layout == Layout.ASK:
                self.add_error(
                    f"t{index}-layout",
                    _("No se encontró de qué sesión es. Di si es la lista de una sesión."),
                )
            if layout == Layout.ONE and not self.cleaned_data.get(f"t{index}-session"):
                self.add_error(
                    f"t{index}-session", _("Falta de qué sesión es. Escribe su número o su fecha.")
                )

    def _ask_for_targets(self) -> None:
        taken = {fold(group.name) for group in self.preview.groups}
        new = False
        for _part, where, name in self.targets():
            if where.name not in self.cleaned_data or self.cleaned_data[where.name]:
                continue
            new = True
            written = squeeze(self.cleaned_data.get(name.name, ""))
            if not written:
                self.add_error(name.name, _("Falta el nombre del grupo. Escríbelo."))
            elif fold(written) in taken:
                self.add_error(
                    name.name,
                    _("Ya hay un grupo que se llama así. Elígelo de la lista o cambia el nombre."),
                )
        for field, sentence in (
            ("site", _("Falta la sede. Elige una.")),
            ("edition", _("Falta el programa. Elige uno.")),
        ):
            if new and not self.cleaned_data.get(field) and field not in self.errors:
                self.add_error(field, sentence)

    def decided(self) -> Choices:
        """Return the choices as the form now says them."""
        values, plan = self.cleaned_data, self.preview.reading.plan
        layouts = tuple(
            Layout(values[f"t{index}-layout"]) for index in range(len(self.choices.mapping.sheets))
        )
        joined = [pair for pair in self.choices.same_people if values.get(f"joined-{token(*pair)}")]
        joined += [
            (pair.first, pair.second)
            for pair in plan.possible_duplicates
            if values.get(f"same-{token(pair.first, pair.second)}")
        ]
        return replace(
            self.choices,
            mapping=self._mapping(layouts),
            layouts=layouts,
            same_people=tuple(joined),
            undecided=tuple(s.mark for s, field in self.marks() if not values[field.name]),
            known=self._known(),
            codes_shared=values.get("codes", "yes") == "yes",
            targets=tuple(
                Target(part.source, values[where.name], squeeze(values[name.name]))
                for part, where, name in self.targets()
            ),
            site_id=values["site"],
            edition_id=values["edition"],
        )

    def _mapping(self, layouts: tuple[Layout, ...]) -> Mapping:
        values, before = self.cleaned_data, self.choices.mapping
        shown = {seen.mark: values[field.name] for seen, field in self.marks()}
        meanings = {m: s for m, s in before.meanings().items() if m not in shown}
        meanings |= {mark: Status(said) for mark, said in shown.items() if said}
        return replace(
            before,
            sheets=tuple(
                self._table(index, table, layouts[index])
                for index, table in enumerate(before.sheets)
            ),
            marks=tuple(sorted(meanings.items())),
            gap=Gap(values["gap"]),
            session_order=self._session_order(),
        )

    def _session_order(self) -> tuple[str, ...]:
        """Return the titles in the wanted order, or what was decided before if nobody moved one."""
        fields = self.order()
        last = len(fields) + 1
        wanted = sorted(fields, key=lambda field: self.cleaned_data[field.name] or last)
        titles = tuple(str(field.label) for field in wanted)
        moved = titles != tuple(str(field.label) for field in fields)
        return titles if moved else self.choices.mapping.session_order

    def _table(self, index: int, table: SheetMapping, layout: Layout) -> SheetMapping:
        values, own = self.cleaned_data, f"t{index}"
        columns = tuple(
            ColumnMapping(column.index, Role(values.get(f"{own}-c{column.index}", column.role)))
            for column in table.columns
        )
        changed = replace(
            table,
            columns=columns,
            session=squeeze(values[f"{own}-session"]),
            group=squeeze(values[f"{own}-group"]),
            year=values[f"{own}-year"],
        )
        return with_layout(changed, layout)

    def _known(self) -> tuple[tuple[str, str], ...]:
        values, found = self.cleaned_data, []
        for namesake in self.preview.namesakes:
            said = values.get(f"k-{token(namesake.person.key)}", "")
            if not said and values.get("all_known") and len(namesake.men) == 1:
                said = str(namesake.men[0].pk)
            if said:
                found.append((namesake.person.key, said))
        return tuple(found)


def _select(
    label: str, options: Any, initial: Any, *, blank: str | None = None
) -> forms.ChoiceField:
    choices = [(key.value, words) for key, words in options.items()]
    if blank is not None:
        choices.insert(0, ("", blank))
    may_be_empty = any(value == "" for value, _words in choices)
    return forms.ChoiceField(
        label=label,
        choices=choices,
        initial=initial.value if initial is not None else "",
        required=not may_be_empty,
        error_messages=_INVALID,
    )


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
