"""What is typed about a gathering."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.territory.actions.gatherings import Heard
from tequio.territory.models import Gathering
from tequio.ui.forms import DatePick

LONGEST = 600


def _words(label: Any, help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3}),
    )


class GatheringForm(forms.Form):
    """When, among how many, and what they said. Nobody's name."""

    held_on = forms.DateField(
        label=_("Qué día fue"),
        widget=DatePick(),
        error_messages={"required": _("Falta el día.")},
    )
    way = forms.ChoiceField(
        label=_("Cómo se preguntó"),
        choices=Gathering.Way.choices,
        initial=Gathering.Way.ASSEMBLY,
        error_messages={"required": _("Falta cómo se preguntó.")},
    )
    present = forms.IntegerField(
        label=_("Cuántas personas estuvieron"),
        min_value=1,
        max_value=5000,
        error_messages={
            "required": _("Falta cuántas personas estuvieron."),
            "invalid": _("Escribe un número, por ejemplo 24."),
            "min_value": _("Tuvo que estar al menos una persona."),
            "max_value": _("Son más de 5,000: revisa el número."),
        },
    )
    who = forms.CharField(
        label=_("Quiénes eran"),
        max_length=160,
        help_text=_("Sin nombres. Por ejemplo: vecinas y vecinos de la colonia y el comité."),
        error_messages={"required": _("Falta decir quiénes eran, sin nombres.")},
    )
    where = forms.CharField(
        label=_("En qué colonia o pueblo"), max_length=120, required=False,
        help_text=_("Si fue de una parte del municipio."),
    )  # fmt: skip
    work = _words(_("En qué se trabaja"), _("Qué hace la mayoría, a qué horas, y quién cuida."))
    insecurity = _words(
        _("Qué tan insegura se siente la gente"),
        _("Por dónde no se pasa, a qué horas. No escribas casos ni nombres."),
    )
    school = _words(_("Quién deja la escuela y por qué"), _("A qué edad, y qué haría falta."))
    problems = _words(_("Qué problemas hay"), _("Los que la asamblea puso primero."))

    def heard(self) -> Heard:
        """Return what the action takes."""
        return Heard(**self.cleaned_data)

    def clean(self) -> dict[str, Any]:
        """One of the four has to be there: a gathering that said nothing is no diagnosis."""
        found = super().clean() or {}
        topics = ("work", "insecurity", "school", "problems")
        if not self.errors and not any(found.get(name) for name in topics):
            self.add_error("work", _("Escribe al menos una de las cuatro cosas que se preguntan."))
        return found


class WithdrawForm(forms.Form):
    """Why what was said is taken off."""

    why = forms.CharField(
        label=_("Por qué se quita"),
        max_length=160,
        help_text=_("Por ejemplo: se escribió en el municipio equivocado."),
        error_messages={"required": _("Falta decir por qué se quita.")},
    )
