"""What somebody types who wants to be called, on a page that nobody else should understand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.letters.actions.calling import CallBack
from tequio.ui.forms import Chips

DAYS = [
    ("0", _("Lunes")),
    ("1", _("Martes")),
    ("2", _("Miércoles")),
    ("3", _("Jueves")),
    ("4", _("Viernes")),
    ("5", _("Sábado")),
]
HOURS = [(f"{hour:02}:00", f"{hour}:00") for hour in range(8, 21)]
IF_OTHER = [
    ("hang_up", _("Cuelguen sin decir nada")),
    ("wrong_number", _("Digan que se equivocaron de número")),
    ("say", _("Digan lo que escribo aquí abajo")),
]
_FEWEST_DIGITS = 8


class CallBackForm(forms.Form):
    """How, when, and what is said if somebody else answers."""

    telephone = forms.CharField(
        label=_("Un teléfono donde sea seguro llamarte"),
        help_text=_("Puede ser el de otra persona."),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
        error_messages={"required": _("Falta el teléfono.")},
    )
    days = forms.MultipleChoiceField(
        label=_("Qué días"),
        choices=DAYS,
        widget=Chips,
        error_messages={"required": _("Elige por lo menos un día.")},
    )
    begin = forms.ChoiceField(label=_("Desde qué hora"), choices=HOURS, initial="10:00")
    end = forms.ChoiceField(label=_("Hasta qué hora"), choices=HOURS, initial="12:00")
    if_other = forms.ChoiceField(
        label=_("Si contesta otra persona"),
        choices=IF_OTHER,
        widget=forms.RadioSelect,
        initial="hang_up",
    )
    say = forms.CharField(
        label=_("Qué decimos entonces"),
        help_text=_("Por ejemplo: «Hablo de la papelería, ya está su pedido»."),
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    name = forms.CharField(
        label=_("Por quién preguntamos"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    word = forms.CharField(
        label=_("Una palabra clave"),
        help_text=_("La decimos al principio; así sabes que somos nosotras."),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_telephone(self) -> str:
        """Enough digits to be one."""
        typed = str(self.cleaned_data["telephone"])
        if sum(c.isdigit() for c in typed) < _FEWEST_DIGITS:
            raise forms.ValidationError(_("Faltan números. Escríbelo con los diez dígitos."))
        return typed

    def clean(self) -> dict[str, Any]:
        """Hours in order, and words where she wants us to say them."""
        said = super().clean() or {}
        if said.get("begin") and said.get("end") and said["begin"] >= said["end"]:
            self.add_error("end", _("La segunda hora tiene que ser después de la primera."))
        if said.get("if_other") == "say" and not said.get("say"):
            self.add_error("say", _("Falta qué decimos si contesta otra persona."))
        return said

    def call_back(self) -> CallBack:
        """Return what was typed."""
        said = self.cleaned_data
        return CallBack(
            telephone=said["telephone"],
            days=tuple(said["days"]),
            begin=said["begin"],
            end=said["end"],
            if_other=said["if_other"],
            say=said["say"],
            name=said["name"],
            word=said["word"],
        )
