"""The forms of one's own account."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tequio.access.forms.signing_in import CodeForm, CurrentPassword, NewPasswordForm


class ChangePasswordForm(NewPasswordForm):
    """The password of now and the new one."""

    field_order = ("current", "password", "repeated")
    current = CurrentPassword(_("Contraseña actual"))


class ShowPasswordForm(forms.Form):
    """The password again, before something that opens the account."""

    current = CurrentPassword(_("Contraseña actual"))


class ShowBothForm(CodeForm):
    """Both factors again, before the second one is replaced."""

    field_order = ("current", "code")
    current = CurrentPassword(_("Contraseña actual"))


class LanguageForm(forms.Form):
    """The language of the pages."""

    language = forms.ChoiceField(label=_("Idioma"), choices=settings.LANGUAGES)


class PinForm(forms.Form):
    """The digits that open a screen which locked itself during a session."""

    field_order = ("current", "pin")
    current = CurrentPassword(_("Contraseña actual"))
    pin = forms.CharField(
        label=_("PIN nuevo"),
        help_text=_("De 4 a 8 números. Solo abre la pantalla que se bloquea en una sesión."),
        max_length=8,
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("Escribe el PIN.")},
    )
