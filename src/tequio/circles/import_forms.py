"""The forms of an import: the file, and everything that may be corrected about its reading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.circles.import_fields import MOST_COLUMNS, all_fields
from tequio.circles.import_queries import Preview
from tequio.circles.importing.choices import Choices, Layout, Target, token, with_layout
from tequio.circles.importing.marks import MOST_SHOWN, Seen
from tequio.circles.importing.parts import Part
from tequio.circles.registers import ColumnMapping, Gap, Mapping, Role, SheetMapping, Status
from tequio.core.text import fold, squeeze
from tequio.ui.forms import FilePick


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
    session: forms.BoundField | None
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
        self.fields.update(all_fields(preview))

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
                session=self[f"{own}-session"] if f"{own}-session" in self.fields else None,
                group=self[f"{own}-group"],
                year=self[f"{own}-year"],
                columns=tuple(
                    self[f"{own}-c{column.index}"] for column in table.columns[:MOST_COLUMNS]
                ),
                hidden_columns=max(0, len(table.columns) - MOST_COLUMNS),
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
            asked = f"t{index}-session" in self.fields
            if asked and layout == Layout.ONE and not self.cleaned_data.get(f"t{index}-session"):
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
            gap=Gap(values["gap"] or before.gap),
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
            session=squeeze(values.get(f"{own}-session", table.session)),
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
