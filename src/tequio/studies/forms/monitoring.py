"""What is typed of what is assumed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.studies.models import Expectation
from tequio.ui.forms import DatePick, OneChip

_NUMBER = _("Escríbelo con números, sin letras.")
_NO_DAY = _("Escribe la fecha, por ejemplo 31/01/2027.")


class ExpectForm(forms.Form):
    """How much is assumed of one measure, and from which day on."""

    measure = forms.ChoiceField(
        label=_("De qué"),
        choices=Expectation.Measure.choices,
        widget=OneChip,
        error_messages={
            "required": _("Falta de qué se supone."),
            "invalid_choice": _("Elige una de las opciones."),
        },
    )
    percent = forms.IntegerField(
        label=_("Cuánto se supone, de cada 100"),
        min_value=1,
        max_value=99,
        widget=forms.NumberInput({"inputmode": "numeric"}),
        help_text=_("Lo que dice el plan, o lo que haría falta para que el estudio alcance."),
        error_messages={
            "required": _("Falta cuánto se supone."),
            "invalid": _NUMBER,
            "min_value": _("Escribe de 1 a 99."),
            "max_value": _("Escribe de 1 a 99."),
        },
    )
    session = forms.IntegerField(
        label=_("En cuál de sus sesiones se busca a cada hombre"),
        required=False,
        min_value=1,
        max_value=104,
        widget=forms.NumberInput({"inputmode": "numeric"}),
        help_text=_("Solo para «Hombres que siguen viniendo». Por ejemplo 6, a medio programa."),
        error_messages={
            "invalid": _NUMBER,
            "min_value": _("Escribe 1 o más."),
            "max_value": _("Escribe 104 o menos."),
        },
    )
    since = forms.DateField(
        label=_("Desde qué día se cuenta"),
        widget=DatePick,
        help_text=_("Lo honrado es hoy, o el día en que se congeló el plan."),
        error_messages={"required": _NO_DAY, "invalid": _NO_DAY},
    )

    def clean(self) -> dict[str, Any]:
        """A man is looked for in one of his sessions; a session in none."""
        said = super().clean() or {}
        of_men = said.get("measure") == Expectation.Measure.RETENTION
        if of_men and not said.get("session") and "session" not in self.errors:
            self.add_error("session", _("Falta en cuál de sus sesiones se busca a cada hombre."))
        if not of_men:
            said["session"] = None
        return said
