"""Needs, children, measures, orders, the plan, judgements and referrals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.survivors import words
from tequio.survivors.forms.fields import HERS, SheetForm, day, line, one, several, text
from tequio.survivors.rules.sheets import (
    Body,
    Child,
    Factor,
    Measure,
    Order,
    Part,
    Plan,
    Referral,
    Risk,
    Service,
    Step,
)
from tequio.ui.forms import Segmented

# A form that stands beside another on one page: two controls never share a name.
BESIDE = "beside_%s"


class ServiceForm(SheetForm):
    """Something that she asked for."""

    SHEET = Service
    PAST = ("asked_on", "met_on", "dropped_on")

    need = one(_("¿Qué necesita?"), words.NEEDS)
    asked_on = day(_("¿Qué día lo pidió?"), required=True)
    words = text(_("Qué pidió"), HERS)
    met_on = day(_("¿Qué día se atendió?"), _("Vacío: todavía no."))
    where = line(_("¿Dónde o con quién?"))
    dropped_on = day(_("¿Ya no lo quiere? ¿Desde qué día?"))


class ChildForm(SheetForm):
    """A child of hers."""

    SHEET = Child

    initial_of_name = line(
        _("Inicial"), _("Una inicial. Su nombre no se guarda."), required=True, longest=3
    )
    age = one(_("Edad"), words.AGES)
    lives_with = one(_("¿Con quién vive?"), words.LIVES_WITH, required=False)
    school = line(_("Escuela o guardería"), _("Solo si hace falta para cuidarle."))
    situation = text(_("Cómo está"), HERS)
    measures = several(_("Qué se ha hecho"), words.CHILD_MEASURES)

    @classmethod
    def shown(cls, body: Body) -> dict[str, Any]:
        """A form has an attribute `initial` of its own."""
        found = SheetForm.shown(body)
        return {**found, "initial_of_name": found["initial"]}

    def says(self) -> dict[str, Any]:
        """Return the initial under the sheet's name."""
        return {**super().says(), "initial": self.cleaned_data["initial_of_name"]}


class MeasureForm(SheetForm):
    """Something that keeps him away."""

    SHEET = Measure
    PAST = ("ended_on",)

    what = one(_("¿Qué se hizo?"), words.SEPARATING)
    on = day(_("¿Desde qué día?"), required=True)
    until = day(_("¿Hasta qué día?"), _("Vacío: sin fecha."))
    words = text(_("Lo que hay que saber"), HERS)
    ended_on = day(_("¿Ya terminó? ¿Qué día?"))


class OrderForm(SheetForm):
    """A protection order."""

    SHEET = Order
    PAST = ("issued_on",)

    authority = line(_("¿Qué autoridad la dio?"), required=True)
    kind = one(_("¿De qué tipo?"), words.ORDERS)
    number = line(_("Número o expediente"))
    issued_on = day(_("¿Qué día se dio?"), required=True)
    expires_on = day(_("¿Qué día vence?"), _("Vacío: no dice."))
    terms = several(_("¿Qué ordena?"), words.TERMS)
    words = text(_("Lo que hay que saber"), HERS)
    ended_on = day(_("¿Ya no vale? ¿Desde qué día?"))


class BreachForm(forms.Form):
    """A day on which he did not keep it."""

    use_required_attribute = False

    on = day(_("¿Qué día la violó?"), required=True)
    reported = one(_("¿Se avisó?"), words.REPORTED)
    words = text(_("Qué pasó"), HERS, required=True)
    field_order = ("on", "words", "reported")


class PlanForm(SheetForm):
    """Her plan, part by part, in her words. No part is required, and one is."""

    SHEET = Plan

    review_on = day(
        _("¿Cuándo lo revisan juntas otra vez?"),
        _("Se recuerda aquí dentro, tres días antes. A ella nadie le escribe."),
    )
    copy = line(
        _("¿Quiere una copia? ¿Dónde la guarda?"),
        _("Si no es seguro que la tenga, déjalo vacío."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dates = {name: self.fields.pop(name) for name in ("review_on", "copy")}
        for code, label in words.PLAN_PARTS:
            self.fields[code] = text(str(label), "")
        self.fields.update(dates)

    def clean(self) -> dict[str, Any]:
        """Refuse a plan that says nothing, and a day to look at it again that is over."""
        given = super().clean()
        if not self.errors and not any(given[code] for code, _label in words.PLAN_PARTS):
            self.add_error(
                None, _("El plan está vacío. Escribe con ella una cosa por lo menos, la que sea.")
            )
        again = given.get("review_on")
        if again is not None and self.today is not None and again < self.today:
            self.add_error("review_on", _("Ese día ya pasó. Elige uno que venga."))
        return given

    @classmethod
    def shown(cls, body: Body) -> dict[str, Any]:
        """Spread the parts over their boxes."""
        found = SheetForm.shown(body)
        assert isinstance(body, Plan)  # noqa: S101 -- the view asks for this kind
        return {**found, **{part.part: part.words for part in body.parts}}

    def says(self) -> dict[str, Any]:
        """Put the parts together."""
        parts = tuple(
            Part(code, self.cleaned_data[code])
            for code, _label in words.PLAN_PARTS
            if self.cleaned_data[code]
        )
        return {
            "parts": parts,
            "review_on": self.cleaned_data["review_on"],
            "copy": self.cleaned_data["copy"],
        }


class RiskForm(SheetForm):
    """What was asked, a level, and why. Nothing is chosen beforehand and nothing is added up."""

    SHEET = Risk

    level = one(
        _("Tu valoración"),
        words.LEVELS,
        _("No hay puntos ni suma. Es tu juicio, con tu nombre. Lo que ella teme cuenta."),
        few=True,
    )
    reasons = text(_("¿Por qué?"), _("En qué te basas. Sin el nombre de él."), required=True)
    done_now = text(_("¿Qué se hace hoy?"), "")
    again_on = day(_("¿Cuándo se vuelve a mirar?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        judged = {
            name: self.fields.pop(name) for name in ("level", "reasons", "done_now", "again_on")
        }
        for code, label in words.FACTORS:
            self.fields[code] = forms.ChoiceField(
                label=str(label),
                choices=words.PRESENCE,
                widget=Segmented,
                error_messages={"required": _("Falta. Si no se preguntó, elige «No se sabe».")},
            )
        self.fields.update(judged)

    @property
    def factors(self) -> list[forms.BoundField]:
        """The factors, apart from the judgement."""
        return [self[code] for code, _label in words.FACTORS]

    @property
    def judgement(self) -> list[forms.BoundField]:
        """The judgement, apart from the factors."""
        return [self[name] for name in ("level", "reasons", "done_now", "again_on")]

    def says(self) -> dict[str, Any]:
        """Put the factors together."""
        factors = tuple(Factor(code, self.cleaned_data[code]) for code, _label in words.FACTORS)
        return {**super().says(), "factors": factors}


class ReviewForm(forms.Form):
    """The second person's words."""

    use_required_attribute = False

    words = text(
        _("Qué piensas, y qué falta"), _("La leíste y hablaste con quien la valoró."), required=True
    )


class ReferralForm(SheetForm):
    """To whom, what for, and only what she chose."""

    SHEET = Referral
    PAST = ("agreed_on", "sent_on")

    to = line(_("¿A quién?"), _("La organización o el servicio."), required=True)
    purpose = one(_("¿Para qué?"), words.PURPOSES)
    chosen = several(
        _("¿Qué eligió compartir?"), words.DATA, _("Lo menos que alcance. Lo decide ella.")
    )
    summary = text(_("El resumen, si lo eligió"), _("Léeselo antes. Sin el nombre de él."))
    agreed_on = day(_("¿Qué día dijo que sí?"), required=True)
    agreed_until = day(
        _("¿Hasta qué día vale su permiso?"),
        _("Después, nada más se comparte."),
        required=True,
    )
    sent_on = day(_("¿Qué día se envió?"), _("Si es nueva. Vacío: hoy."))
    told = text(_("Cómo le fue, como lo cuenta ella"), HERS)

    @classmethod
    def shown(cls, body: Body) -> dict[str, Any]:
        """A form has an attribute `data` of its own."""
        found = SheetForm.shown(body)
        return {**found, "chosen": found["data"]}

    def says(self) -> dict[str, Any]:
        """Return what is shared under the sheet's name."""
        return {**super().says(), "data": tuple(self.cleaned_data["chosen"])}

    def body(self, before: Body | None, given: Mapping[str, Any]) -> Body:
        """Begin with the day on which it was sent."""
        known = dict(given)
        sent = self.cleaned_data.get("sent_on") or known.pop("today", None)
        known.pop("today", None)
        if before is None:
            known["steps"] = (Step("sent", sent),)
        return super().body(before, known)


class ReferralStepForm(forms.Form):
    """What became of it."""

    use_required_attribute = False

    state = one(_("¿Qué pasó?"), words.REFERRAL_STATES)
    on = day(_("¿Qué día?"), required=True)
    words = text(_("Como lo cuenta ella"), HERS)

    def __init__(self, after: tuple[str, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": BESIDE, **kwargs})
        field = self.fields["state"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
        field.choices = [pair for pair in words.REFERRAL_STATES if pair[0] in after]
