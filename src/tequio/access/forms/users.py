"""The forms of whoever administers."""

from __future__ import annotations

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from tequio.access.roles import ROLES


def _roles() -> list[tuple[str, str]]:
    return [
        (
            role.slug,
            format_html(
                '<span><strong>{}</strong><br><span class="muted">{}</span></span>',
                role.name,
                role.sentence,
            ),
        )
        for role in ROLES.values()
    ]


class RolesForm(forms.Form):
    """Any of the roles, each with its sentence."""

    roles = forms.MultipleChoiceField(
        label=_("¿Qué hace en la organización?"),
        choices=_roles,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class NewUserForm(RolesForm):
    """Somebody who comes to work here."""

    field_order = ("name", "handle", "roles")
    name = forms.CharField(
        label=_("Nombre"),
        help_text=_("Como le dicen en la organización."),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Escribe cómo se llama.")},
    )
    handle = forms.CharField(
        label=_("Nombre de usuario"),
        help_text=_("Sin acentos ni espacios, como «maru». Lo que sigue a la @ se agrega solo."),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
        error_messages={"required": _("Escribe un nombre de usuario.")},
    )


class IssueCodeForm(forms.Form):
    """What the code is to reset."""

    resets_authenticator = forms.BooleanField(
        label=_("También perdió su teléfono: que vincule uno nuevo"), required=False
    )
