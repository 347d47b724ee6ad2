"""What is typed of literacy circles. No form has a field for anybody's name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.network import guides
from tequio.network.actions.literacy import MOST, Opening, Told
from tequio.network.forms.stakeholders import day_field
from tequio.network.models import CircleOutcome, Domain, LiteracyCircle, LiteracyMeeting
from tequio.ui.forms import OneChip, Segmented

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    Words = str | StrPromise

NO_NAMES: Final = _("Sin nombres, sin señas de nadie.")
_OFF: Final = {"autocomplete": "off"}


def _line(
    label: Words, hint: Words = "", *, longest: int = 120, need: Words = ""
) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=longest,
        required=bool(need),
        widget=forms.TextInput(_OFF),
        error_messages={"required": need},
    )


def _text(label: Words, hint: Words = NO_NAMES, *, need: Words = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=1500,
        required=bool(need),
        widget=forms.Textarea({**_OFF, "rows": 3}),
        error_messages={"required": need},
    )


def _number(label: Words, hint: Words = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=hint,
        required=False,
        min_value=0,
        max_value=MOST,
        widget=forms.NumberInput({"inputmode": "numeric"}),
        error_messages={
            "invalid": _("Escribe un número."),
            "min_value": _("Escribe un número, de cero en adelante."),
            "max_value": _("Son demasiadas personas para un círculo. Revisa el número."),
        },
    )


class CircleForm(forms.Form):
    """A circle."""

    use_required_attribute = False

    name = _line(
        _("Cómo se llama el círculo"),
        _("Una flor, una calle, un año. Que no diga quiénes vienen ni por qué."),
        longest=80,
        need=_("Falta cómo se llama."),
    )
    audience = forms.ChoiceField(
        label=_("¿Para quién?"),
        choices=LiteracyCircle.Audience.choices,
        widget=OneChip,
        error_messages={"required": _("Falta para quién es.")},
    )
    theme = forms.ChoiceField(
        label=_("¿De qué trata?"),
        choices=LiteracyCircle.Theme.choices,
        widget=OneChip,
        error_messages={"required": _("Falta de qué trata.")},
    )
    chosen = _line(_("Si lo escogió el grupo: ¿qué tema?"))
    place = _line(
        _("Dónde se reúne"),
        _("Se guarda cifrado. Solo lo ven promoción y acompañamiento."),
        longest=200,
    )
    when = _line(_("Qué días y a qué hora"), _("También cifrado."))

    def opening(self) -> Opening:
        """Return what was typed as the action takes it."""
        return Opening(**self.cleaned_data)


class MeetingForm(forms.Form):
    """A day and a guide."""

    use_required_attribute = False

    on = day_field(_("¿Qué día?"))
    guide = forms.ChoiceField(
        label=_("¿Con qué guía?"),
        required=False,
        help_text=_("Vacío: con lo que traiga el grupo."),
    )

    def __init__(self, circle: LiteracyCircle, data: Any = None) -> None:
        super().__init__(data)
        fitting = [
            (one.guide.slug, one.guide.title)
            for one in guides.every()
            if circle.audience in one.guide.audiences
        ]
        field = self.fields["guide"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
        field.choices = [("", _("Sin guía")), *fitting]


class HeldForm(forms.Form):
    """What happened."""

    use_required_attribute = False

    came = _number(_("¿Cuántas personas vinieron?"), _("Contar basta: no hace falta lista."))
    children = _number(_("¿Cuántas niñas y niños se cuidaron?"))
    aliases = forms.CharField(
        label=_("Si el grupo quiso, cómo se dijeron hoy"),
        required=False,
        max_length=1500,
        help_text=_(
            "Un alias por renglón, que no se use en otra parte. Cifrado; a los 90 días se borra y "
            "queda la cuenta."
        ),
        widget=forms.Textarea({**_OFF, "rows": 3}),
    )
    words = _line(_("Palabras que salieron"), _("Separadas por comas."), longest=300)
    dialogue = _text(_("Qué se dijo"))
    objective = _line(_("El objetivo que se pusieron"), NO_NAMES, longest=300)
    action = _line(_("Lo que van a hacer"), NO_NAMES, longest=300)
    action_due_on = day_field(_("¿Para qué día?"), required=False)

    def told(self) -> Told:
        """Return what was typed as the action takes it."""
        said = self.cleaned_data
        return Told(
            **{
                **said,
                "came": said["came"] or 0,
                "children": said["children"] or 0,
                "aliases": tuple(one for one in said["aliases"].splitlines() if one.strip()),
            }
        )


class NotHeldForm(forms.Form):
    """Why it was not held."""

    use_required_attribute = False

    why = forms.ChoiceField(
        label=_("¿Por qué no se hizo?"),
        choices=LiteracyMeeting.Why.choices,
        widget=OneChip,
        error_messages={"required": _("Falta por qué no se hizo.")},
    )


class LearnedForm(forms.Form):
    """What somebody learned, in their words."""

    use_required_attribute = False

    domain = forms.ChoiceField(
        label=_("¿De qué habla?"),
        choices=Domain.choices,
        widget=OneChip,
        error_messages={"required": _("Falta de qué habla.")},
    )
    words = _text(
        _("Con sus palabras"),
        _("Como lo dijo, sin decir quién. Que nadie de la colonia pueda adivinarlo."),
        need=_("Falta la frase."),
    )


class DoneForm(forms.Form):
    """The day on which something was done."""

    use_required_attribute = False

    on = day_field(_("¿Qué día se hizo?"))


class OutcomeForm(forms.Form):
    """A show of cards."""

    use_required_attribute = False

    moment = forms.ChoiceField(
        label=_("¿Cuándo se preguntó?"),
        choices=CircleOutcome.Moment.choices,
        widget=Segmented,
        error_messages={"required": _("Falta cuándo se preguntó.")},
    )
    domain = forms.ChoiceField(
        label=_("¿De qué?"),
        choices=Domain.choices,
        widget=OneChip,
        error_messages={"required": _("Falta de qué se preguntó.")},
    )
    on = day_field(_("¿Qué día?"))
    no = _number(_("«Todavía no»"))
    partly = _number(_("«Algo»"))
    yes = _number(_("«Sí»"))

    def counted(self) -> dict[str, Any]:
        """Return what was asked and when, with the three counts as `cards`."""
        said = self.cleaned_data
        cards = tuple(said[answer] or 0 for answer in ("no", "partly", "yes"))
        return {name: said[name] for name in ("moment", "domain", "on")} | {"cards": cards}
