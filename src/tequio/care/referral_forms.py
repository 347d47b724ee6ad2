"""What is typed when a man is passed on. A field is shared only if he chose it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.care.actions.referrals import WILL_STAY, Sending
from tequio.care.referring import FIELDS
from tequio.network.needs import Need
from tequio.network.rules.referrals import AFTER, WITH_REASON, Reason, State
from tequio.ui.forms import DatePick, OneChip

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    Words = str | StrPromise

_OFF = {"autocomplete": "off"}
_ASKS = [pair for pair in Need.choices if pair[0] != Need.MEN]


def _day(label: Words, hint: Words = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=hint,
        widget=DatePick,
        error_messages={
            "required": _("Falta el día."),
            "invalid": _("Ese día no se entiende. Elige uno en el calendario."),
        },
    )


class SendForm(forms.Form):
    """To whom, for what, and each thing that he lets them know."""

    use_required_attribute = False

    to = forms.CharField(
        label=_("¿A dónde?"),
        max_length=160,
        help_text=_("La organización o el servicio, y con quién si se sabe."),
        widget=forms.TextInput(_OFF),
        error_messages={"required": _("Falta a dónde.")},
    )
    what_for = forms.ChoiceField(
        label=_("¿Para qué?"),
        choices=_ASKS,
        widget=OneChip,
        error_messages={"required": _("Falta para qué.")},
    )
    agreed_on = _day(_("¿Qué día dijo que sí?"))
    agreed_until = _day(
        _("¿Hasta qué día vale su permiso?"), _("A lo más sesenta días. Después no se ve nada.")
    )
    with_link = forms.BooleanField(
        label=_("Hacer una liga para que la abran y contesten sin tener cuenta"), required=False
    )
    call = forms.CharField(
        label=_("A quién llaman si tienen dudas"),
        required=False,
        max_length=120,
        help_text=_("Tu organización y su teléfono. No el de él."),
        widget=forms.TextInput(_OFF),
    )

    def __init__(self, data: Any = None, *, today: date, alias: str = "", to: str = "") -> None:
        super().__init__(data)
        for code, label in FIELDS.items():
            self.fields[f"share_{code}"] = forms.BooleanField(label=str(label), required=False)
            self.fields[f"value_{code}"] = forms.CharField(
                label=_("%(what)s: lo que verán") % {"what": label},
                required=False,
                max_length=300,
                initial=alias if code == "alias" else "",
                widget=forms.TextInput(_OFF),
            )
        self.initial = {"agreed_on": today, "agreed_until": today + WILL_STAY, "to": to}

    @property
    def shares(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return each mark with its value."""
        return [(self[f"share_{code}"], self[f"value_{code}"]) for code in FIELDS]

    def clean(self) -> dict[str, Any]:
        """Ask for the value of what was marked."""
        said = super().clean() or {}
        for code in FIELDS:
            if said.get(f"share_{code}") and not said.get(f"value_{code}", "").strip():
                self.add_error(f"value_{code}", _("Escríbelo, o quita la marca."))
        return said

    def sending(self) -> Sending:
        """Return what was typed as the action takes it."""
        said = self.cleaned_data
        return Sending(
            to=said["to"],
            what_for=said["what_for"],
            shown=tuple((code, said[f"value_{code}"]) for code in FIELDS if said[f"share_{code}"]),
            agreed_on=said["agreed_on"],
            agreed_until=said["agreed_until"],
            with_link=said["with_link"],
            call=said["call"],
        )


class StepForm(forms.Form):
    """What happened."""

    use_required_attribute = False

    state = forms.ChoiceField(
        label=_("¿Qué pasó?"),
        choices=State.choices,
        widget=OneChip,
        error_messages={"required": _("Elige qué pasó.")},
    )
    on = _day(_("¿Qué día?"))
    why = forms.ChoiceField(
        label=_("Si no se pudo: ¿por qué?"),
        choices=Reason.choices,
        required=False,
        widget=OneChip,
    )

    def __init__(self, state: str, data: Any = None, *, today: date | None = None) -> None:
        super().__init__(data, initial={"on": today})
        field = self.fields["state"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
        field.choices = [pair for pair in State.choices if pair[0] in AFTER[state]]
        if not WITH_REASON & set(AFTER[state]):
            del self.fields["why"]


class EscortForm(forms.Form):
    """Who went along."""

    use_required_attribute = False

    who = forms.CharField(
        label=_("¿Quién lo acompañó?"),
        max_length=80,
        help_text=_("Del equipo, por su puesto o su nombre."),
        widget=forms.TextInput(_OFF),
        error_messages={"required": _("Falta quién lo acompañó.")},
    )
    on = _day(_("¿Qué día?"))


class ToldForm(forms.Form):
    """How it went, as he tells it."""

    use_required_attribute = False

    words = forms.CharField(
        label=_("Cómo le fue, como lo cuenta él"),
        max_length=1500,
        help_text=_("Sin nombres, sin lo que ella dijo."),
        widget=forms.Textarea({**_OFF, "rows": 3}),
        error_messages={"required": _("Falta escribir cómo le fue.")},
    )
