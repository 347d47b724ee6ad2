"""Words, codes and reasons as they are typed at the door and by the team."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.survivors.forms import NOT_SAVED

_OFF = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}


class TypedBackForm(forms.Form):
    """The passphrase, typed back from paper."""

    passphrase = forms.CharField(
        label=_("Escribe tu frase, mirando tu papel"),
        help_text=_("Siete palabras, sin importar acentos ni mayúsculas."),
        max_length=200,
        widget=forms.TextInput(attrs=_OFF),
        error_messages={"required": _("Escribe las siete palabras.")},
    )


class PaperBackForm(forms.Form):
    """One word of each envelope of a paper key, typed back from paper."""

    word_5 = forms.CharField(
        label=_("Palabra 5 de la llave de papel"),
        max_length=30,
        widget=forms.TextInput(attrs=_OFF),
        error_messages={"required": _("Escribe la palabra 5.")},
    )
    word_18 = forms.CharField(
        label=_("Palabra 18 de la llave de papel"),
        max_length=30,
        widget=forms.TextInput(attrs=_OFF),
        error_messages={"required": _("Escribe la palabra 18.")},
    )


class FoundingBackForm(PaperBackForm):
    """Both: whoever founds a wall has a passphrase and a paper key."""

    passphrase = TypedBackForm.base_fields["passphrase"]
    field_order = ("passphrase", "word_5", "word_18")


class CodeForm(forms.Form):
    """The printed recovery code."""

    secret_code = forms.CharField(
        label=_("Tu código impreso"),
        help_text=_("Seis grupos de cinco letras y números, con guiones o sin ellos."),
        max_length=60,
        widget=forms.TextInput(attrs=_OFF),
        error_messages={"required": _("Escribe el código de tu hoja.")},
    )


class PaperForm(forms.Form):
    """The 24 words of both envelopes."""

    paper = forms.CharField(
        label=_("Las 24 palabras, en su orden"),
        help_text=_("Primero las doce del sobre 1 y después las doce del sobre 2."),
        max_length=400,
        widget=forms.Textarea(attrs={**_OFF, "rows": 5}),
        error_messages={"required": _("Escribe las 24 palabras.")},
    )


class OldPassphraseForm(forms.Form):
    """The passphrase of now, before another takes its place."""

    passphrase = forms.CharField(
        label=_("Tu frase de ahora"),
        max_length=200,
        widget=forms.PasswordInput(attrs=NOT_SAVED),
        error_messages={"required": _("Escribe las siete palabras.")},
    )


class ReasonForm(forms.Form):
    """Why a case is to leave the wall."""

    reason = forms.CharField(
        label=_("¿Para qué hace falta sacarlo?"),
        help_text=_("Lo lee quien lo permite, y queda en la bitácora del muro."),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Escribe para qué.")},
    )
