"""What is typed about a telephone."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class DeviceForm(forms.Form):
    """A telephone that will collect."""

    label = forms.CharField(
        label=_("Cómo le dicen"),
        help_text=_("Para reconocerlo en la lista: «teléfono azul», «tableta 2». Sin nombres."),
        max_length=60,
        error_messages={"required": _("Falta cómo le dicen al teléfono.")},
    )
