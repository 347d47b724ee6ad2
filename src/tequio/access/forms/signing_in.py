"""The forms in front of the door."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.access.rules import passwords
from tequio.ui.forms import Code


class LoginField(forms.CharField):
    """A user name with its organisation; a telephone must not correct it."""

    widget = forms.TextInput(
        attrs={
            "autocomplete": "username",
            "autocapitalize": "none",
            "autocorrect": "off",
            "spellcheck": "false",
        }
    )

    def __init__(self) -> None:
        super().__init__(
            label=_("Usuario"),
            help_text=_("Lleva una @, como «maru@mi-organizacion»."),
            max_length=100,
            error_messages={"required": _("Escribe tu usuario.")},
        )


class CurrentPassword(forms.CharField):
    """A password that exists already. Never stripped: a space may belong to it."""

    widget = forms.PasswordInput(attrs={"autocomplete": "current-password"})

    def __init__(self, label: object = _("Contraseña")) -> None:
        super().__init__(
            label=label,  # type: ignore[arg-type]  # django-stubs: a lazy text is a label
            strip=False,
            max_length=passwords.LONGEST,
            error_messages={"required": _("Escribe tu contraseña.")},
        )


class SignInForm(forms.Form):
    """The first step."""

    login = LoginField()
    password = CurrentPassword()
    siguiente = forms.CharField(required=False, widget=forms.HiddenInput)


class CodeForm(forms.Form):
    """The second step: digits from the telephone or from paper."""

    code = forms.CharField(
        label=_("Código"),
        help_text=_("Los 6 números que muestra tu teléfono, o uno de tus códigos de respaldo."),
        max_length=30,
        widget=Code,
        error_messages={"required": _("Escribe el código.")},
    )


class ConfirmForm(forms.Form):
    """The first code of a new authenticator."""

    code = forms.CharField(
        label=_("Los 6 números que muestra tu teléfono"),
        max_length=12,
        widget=Code,
        error_messages={"required": _("Escribe el código.")},
    )


class KeptForm(forms.Form):
    """That the recovery codes are on paper."""

    kept = forms.BooleanField(
        label=_("Ya guardé mis códigos fuera de este equipo"),
        error_messages={
            "required": _("Guarda los códigos y marca la casilla. No se vuelven a mostrar.")
        },
    )


class NewPasswordForm(forms.Form):
    """A new password, typed twice so that a slip does not shut its owner out."""

    password = forms.CharField(
        label=_("Contraseña nueva"),
        help_text=_("Al menos 15 caracteres. Puedes usar espacios y pegarla."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Escribe una contraseña nueva.")},
    )
    repeated = forms.CharField(
        label=_("Escríbela otra vez"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Escribe otra vez la contraseña nueva.")},
    )

    def clean(self) -> dict[str, object]:
        """Refuse two different passwords, and one that is short or common."""
        given = self.cleaned_data
        if "password" in given and "repeated" in given:
            if given["password"] != given["repeated"]:
                self.add_error("repeated", _("Las dos contraseñas no son iguales."))
            for problem in passwords.problems(given["password"]):
                self.add_error("password", problem)
        return given


class ResetForm(NewPasswordForm):
    """A code from the administrator and the password that it lets one choose."""

    field_order = ("login", "code", "password", "repeated")
    login = LoginField()
    code = forms.CharField(
        label=_("Código de entrada"),
        help_text=_("Te lo da quien administra tu organización; como 7K2M-9QXC-40HV."),
        max_length=30,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "class": "code"}
        ),
        error_messages={"required": _("Escribe el código.")},
    )
