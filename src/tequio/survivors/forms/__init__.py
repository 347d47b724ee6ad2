"""What is typed at the door and behind it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class UnlockForm(forms.Form):
    """The wall passphrase."""

    passphrase = forms.CharField(
        label=_("Tu frase del muro"),
        help_text=_("Siete palabras, sin importar acentos ni mayúsculas."),
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )


class SearchForm(forms.Form):
    """A search; it is sent by POST so that no address keeps what was looked for."""

    q = forms.CharField(label=_("Buscar"), max_length=80, required=False)


class BeginForm(forms.Form):
    """The least with which a case begins."""

    alias = forms.CharField(
        label=_("Cómo la llamamos aquí"),
        help_text=_("Un nombre que ella elija. No tiene que ser el suyo."),
        max_length=60,
    )
