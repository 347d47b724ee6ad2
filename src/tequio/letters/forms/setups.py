"""The agreement with an ally, as it is copied from paper."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.ui.forms import DatePick


class AllyForm(forms.Form):
    """The address of an ally's slot, and what was signed."""

    address = forms.CharField(
        label=_("Dirección de su buzón"),
        help_text=_("Quince grupos de letras y números. Se puede pegar; los espacios no importan."),
        max_length=200,
        widget=forms.Textarea(
            attrs={"rows": 3, "autocomplete": "off", "autocapitalize": "characters"}
        ),
        error_messages={"required": _("Escribe la dirección que te dieron.")},
    )
    signed_on = forms.DateField(
        label=_("Día en que firmaron el convenio"),
        widget=DatePick,
        error_messages={"required": _("Falta el día en que firmaron.")},
    )
    signed_by = forms.CharField(
        label=_("Quién firmó por tu organización"),
        max_length=120,
        error_messages={"required": _("Falta quién firmó por tu organización.")},
    )
    signed_by_ally = forms.CharField(
        label=_("Quién firmó por la aliada"),
        max_length=120,
        error_messages={"required": _("Falta quién firmó por la aliada.")},
    )
    ends_on = forms.DateField(
        label=_("Día en que termina"),
        help_text=_("Desde el día siguiente ya no se guarda nada de las parejas."),
        widget=DatePick,
        error_messages={"required": _("Falta el día en que termina.")},
    )


class NothingForm(forms.Form):
    """That nothing is kept from today on: one press would silence every letter."""

    use_required_attribute = False

    sure = forms.BooleanField(
        label=_("Ya lo hablamos con quien acompaña a las mujeres"),
        help_text=_(
            "Desde hoy no les llega ninguna carta, y en la página pública nadie puede pedir que la "
            "llamen. Ellas lo verán al abrir el muro."
        ),
        error_messages={"required": _("Háblenlo antes con ellas, y márcalo.")},
    )
