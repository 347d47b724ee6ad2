"""Fields as the sheets ask for them, and the way from what was typed to a sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.survivors.rules.sheets import Body
from tequio.survivors.words import Choices
from tequio.ui.forms import Chips, DatePick, OneChip, Segmented

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    Words = str | StrPromise

HERS = _("Con sus palabras. Sin el nombre de él.")
LONGEST = 3000
_DAY = _("Ese día no se entiende. Elige uno en el calendario.")


def line(
    label: Words, hint: Words = "", *, required: bool = False, longest: int = 160
) -> forms.CharField:
    """Ask for a short line; the browser remembers none of it."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=longest,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Falta escribir esto.")},
    )


def text(label: Words, hint: Words = HERS, *, required: bool = False) -> forms.CharField:
    """Ask for some sentences."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        error_messages={"required": _("Falta escribir esto. Una o dos frases bastan.")},
    )


def day(label: Words, hint: Words = "", *, required: bool = False) -> forms.DateField:
    """Ask for a day."""
    return forms.DateField(
        label=label,
        help_text=hint,
        required=required,
        widget=DatePick,
        error_messages={"required": _("Falta el día."), "invalid": _DAY},
    )


def one(
    label: Words, choices: Choices, hint: Words = "", *, required: bool = True, few: bool = False
) -> forms.ChoiceField:
    """Ask for one of several."""
    return forms.ChoiceField(
        label=label,
        choices=choices,
        help_text=hint,
        required=required,
        widget=Segmented if few else OneChip,
        error_messages={"required": _("Falta elegir una.")},
    )


def several(label: Words, choices: Choices, hint: Words = "") -> forms.MultipleChoiceField:
    """Ask for any of several."""
    return forms.MultipleChoiceField(
        label=label, choices=choices, help_text=hint, required=False, widget=Chips
    )


def tick(label: Words, hint: Words = "") -> forms.BooleanField:
    """Ask for a mark."""
    return forms.BooleanField(label=label, help_text=hint, required=False)


class SheetForm(forms.Form):
    """What is typed on one kind of sheet. The names of its fields are those of the sheet."""

    use_required_attribute = False
    SHEET: ClassVar[type[Body]]
    # Days of what has happened already.
    PAST: ClassVar[tuple[str, ...]] = ()

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, today: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        """Refuse days that have not come of what has happened."""
        given = super().clean() or self.cleaned_data
        if self.today is not None:
            for name in self.PAST:
                not_after(self, name, self.today)
        return given

    @classmethod
    def shown(cls, body: Body) -> dict[str, Any]:
        """Return what the form shows of a sheet that lies there."""
        return {field.name: getattr(body, field.name) for field in fields(body)}

    def says(self) -> dict[str, Any]:
        """Return what was typed as the sheet holds it."""
        names = {field.name for field in fields(self.SHEET)}
        return {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in self.cleaned_data.items()
            if name in names
        }

    def body(self, before: Body | None, given: Mapping[str, Any]) -> Body:
        """Return the sheet; `given` is what the page knows by itself where it is new."""
        if before is not None:
            return replace(before, **self.says())
        return self.SHEET(**{**given, **self.says()})

    def clean_version(self) -> int | None:
        """Keep which version was read; a form that was never shown has none."""
        found: int | None = self.cleaned_data["version"]
        return found


def not_after(form: forms.Form, name: str, today: date) -> None:
    """Refuse a day that has not come."""
    found = form.cleaned_data.get(name)
    if found is not None and found > today:
        form.add_error(name, _("Esa fecha todavía no llega."))


def holds(form: forms.Form, name: str, today: date) -> bool:
    """Tell whether a form is filled in well and one day of it has come."""
    if form.is_valid():
        not_after(form, name, today)
    return form.is_valid()
