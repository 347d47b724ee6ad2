"""What one unit would be worth: chosen by whoever asks, and kept nowhere."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class WorthForm(forms.Form):
    """A worth to try out."""

    vale = forms.DecimalField(
        label=_("¿Cuánto valdría cada punto, o cada hombre de diferencia?"),
        min_value=0,
        max_digits=12,
        decimal_places=2,
        help_text=_("No es un dato: lo eliges tú, y no se guarda."),
        error_messages={
            "required": _("Escribe una cantidad, como 5000."),
            "invalid": _("Escribe una cantidad, como 5000."),
            "min_value": _("Escribe cero o más."),
        },
    )
