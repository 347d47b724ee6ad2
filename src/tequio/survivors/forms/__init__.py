"""What is typed at the door and behind it."""

from __future__ import annotations

from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

# «off» is not heeded for a password; a code that is used once is offered to be saved nowhere.
NOT_SAVED: Final = {"autocomplete": "one-time-code", "autocapitalize": "none"}


class UnlockForm(forms.Form):
    """The wall passphrase."""

    passphrase = forms.CharField(
        label=_("Tu frase del muro"),
        help_text=_(
            "Siete palabras, sin importar acentos ni mayúsculas. Si el navegador ofrece "
            "guardarla, di que no: quien use después este aparato abriría el muro."
        ),
        max_length=200,
        widget=forms.PasswordInput(attrs=NOT_SAVED),
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
