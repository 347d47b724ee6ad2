"""What is typed of what was seen and asked, found, decided and planned."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.network import definitions
from tequio.network.actions.cycle import Seen, Sheet
from tequio.network.actions.learning import Decided, Found, Planned
from tequio.network.forms.fields import NO_NAMES, number, one_of, words
from tequio.network.forms.stakeholders import day_field
from tequio.network.learning_words import ANSWERS, SCORES, TRAITS
from tequio.network.models import Decision, Finding, PlanLine, Sighting
from tequio.network.rules import survey


class SightingForm(forms.Form):
    """What was seen after an activity."""

    activity = words(_("Qué actividad fue"), 120, missing=_("Falta qué actividad fue."))
    on = day_field(_("Qué día"))
    how_many = number(_("Cuántas personas había"), missing=_("Falta cuántas había."))
    domain = one_of(
        _("Qué se vio cambiar"), Sighting.Domain.choices, missing=_("Falta qué se vio.")
    )
    score = one_of(_("Cuánto"), SCORES, missing=_("Falta cuánto, de 1 a 5."))
    heard = words(
        _("Qué se oyó o se vio"),
        300,
        rows=3,
        missing=_("Falta qué se oyó o se vio: un número solo es una opinión."),
        hint=NO_NAMES,
    )

    def seen(self) -> Seen:
        """Return what the action takes."""
        said = self.cleaned_data
        return Seen(**{**said, "score": int(said["score"])})


class RoundForm(forms.Form):
    """A survey that begins."""

    started_on = day_field(_("Desde qué día"))
    how = words(
        _("Cómo se escoge a quién preguntar"),
        200,
        missing=_("Falta cómo se escoge."),
        hint=_(
            "Por ejemplo: una de cada cinco puertas, sábado y martes. "
            "Dice de quién hablan los números."
        ),
    )


class SheetForm(forms.Form):
    """One person's sheet. Every question may be left open."""

    def __init__(self, model: definitions.CommunityModel, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = [question.key for question in model.survey]
        for question in model.survey:
            self.fields[f"q_{question.key}"] = one_of(question.asks.value, ANSWERS)
        self.fields["reached"] = one_of(
            _("En el último año, ¿fue a alguna actividad nuestra?"), ANSWERS[:2]
        )
        for trait, (label, options) in TRAITS.items():
            self.fields[trait] = one_of(label, options)

    def sheet(self) -> Sheet:
        """Return what the action takes."""
        said = self.cleaned_data
        return Sheet(
            {key: said[f"q_{key}"] for key in self.keys},
            {trait: said[trait] for trait in survey.TRAITS},
            said["reached"],
        )


class CloseForm(forms.Form):
    """A survey that ends, with who would not answer."""

    refused = number(
        _("Cuántas personas no quisieron contestar"),
        missing=_("Falta cuántas no quisieron. Sin eso ninguna cifra se puede leer."),
        hint=_("Si nadie se negó, escribe 0."),
    )
    on = day_field(_("Qué día terminó"))


class FindingForm(forms.Form):
    """What the year taught."""

    what = words(_("Qué se halló"), 300, rows=3, missing=_("Falta qué se halló."), hint=NO_NAMES)
    source = one_of(_("De dónde se sabe"), Finding.Source.choices, missing=_("Falta de dónde."))
    limits = words(
        _("Qué no se puede concluir"),
        300,
        rows=2,
        missing=_("Falta qué no se puede concluir."),
        hint=_("De quién no se sabe nada, qué más pudo causarlo."),
    )
    on = day_field(_("Qué día"))

    def found(self) -> Found:
        """Return what the action takes."""
        return Found(**self.cleaned_data)


class DecisionForm(forms.Form):
    """What was decided about a finding."""

    acts = one_of(
        _("¿Se hará algo?"),
        (("yes", _("Sí, algo cambia")), ("no", _("No se hará nada"))),
        missing=_("Falta si se hará algo."),
    )
    what = words(_("Qué se decidió, y por qué"), 300, rows=3, missing=_("Falta qué se decidió."))
    decided_by = words(
        _("Quién lo decidió"),
        120,
        missing=_("Falta quién lo decidió."),
        hint=_("El comité, la asamblea, el equipo."),
    )
    on = day_field(_("Qué día"))

    def decided(self) -> Decided:
        """Return what the action takes."""
        said = self.cleaned_data
        return Decided(said["on"], said["acts"] == "yes", said["what"], said["decided_by"])


class PlanForm(forms.Form):
    """A line of a year's plan."""

    year = forms.TypedChoiceField(label=_("Del plan de qué año"), coerce=int)
    change = one_of(
        _("Qué pasa con esto"), PlanLine.Change.choices, missing=_("Falta si es nuevo o si cambia.")
    )
    before = forms.ChoiceField(
        label=_("Qué línea del año anterior"), required=False, help_text=_("Si no es nuevo.")
    )
    what = words(_("Qué se hará ese año"), 200, missing=_("Falta qué se hará, o qué se deja."))
    sign = words(
        _("En qué se verá"), 160, hint=_("Un número y qué cuenta: «8 círculos», «3 servicios».")
    )
    because = forms.ChoiceField(
        label=_("Por qué decisión"),
        required=False,
        help_text=_("Hace falta si cambia o si se deja."),
    )

    def __init__(
        self,
        years: Sequence[int],
        lines: Sequence[PlanLine],
        decisions: Sequence[Decision],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, _("Año %s") % year) for year in years]  # type: ignore[attr-defined]
        self.fields["before"].choices = [  # type: ignore[attr-defined]
            ("", _("Ninguna")),
            *(
                (one.pk, _("Año %(n)s: %(what)s") % {"n": one.year, "what": one.what})
                for one in lines
            ),
        ]
        self.fields["because"].choices = [  # type: ignore[attr-defined]
            ("", _("Ninguna")),
            *((one.pk, one.what) for one in decisions),
        ]

    def clean(self) -> dict[str, Any]:
        """What changes has a before and a reason."""
        said = super().clean() or {}
        change = said.get("change")
        if change and change != PlanLine.Change.NEW and not said.get("before"):
            self.add_error("before", _("Falta qué línea del año anterior sigue, cambia o se deja."))
        if change in {PlanLine.Change.CHANGED, PlanLine.Change.DROPPED} and not said.get("because"):
            self.add_error("because", _("Falta por qué decisión cambia o se deja."))
        return said

    def planned(self) -> Planned:
        """Return what the action takes."""
        said = self.cleaned_data
        new = said["change"] == PlanLine.Change.NEW
        return Planned(
            year=said["year"],
            what=said["what"],
            change=said["change"],
            sign=said["sign"],
            before_id=UUID(said["before"]) if said["before"] and not new else None,
            because_id=UUID(said["because"]) if said["because"] else None,
        )
