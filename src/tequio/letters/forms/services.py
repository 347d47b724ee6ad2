"""What is typed about a service."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.letters.actions.services import Said
from tequio.letters.models import PublicService


class ServiceForm(forms.Form):
    """One service of the public page."""

    kind = forms.ChoiceField(
        label=_("Para qué es"),
        choices=[("", _("Elige")), *PublicService.Kind.choices],
        error_messages={"required": _("Falta para qué es. Elige una.")},
    )
    name = forms.CharField(
        label=_("Nombre"),
        max_length=100,
        error_messages={"required": _("Falta el nombre.")},
    )
    what_for = forms.CharField(
        label=_("Qué hacen ahí"),
        help_text=_("Una frase, con palabras que cualquiera pueda leer sin llamar la atención."),
        max_length=200,
        error_messages={"required": _("Falta qué hacen ahí.")},
    )
    telephone = forms.CharField(
        label=_("Teléfono"), max_length=60, error_messages={"required": _("Falta el teléfono.")}
    )
    hours = forms.CharField(
        label=_("Horario"), max_length=100, error_messages={"required": _("Falta el horario.")}
    )
    cost = forms.CharField(
        label=_("Cuánto cuesta"),
        max_length=80,
        initial=_("Gratis"),
        error_messages={"required": _("Falta cuánto cuesta; escribe «Gratis» si lo es.")},
    )
    place = forms.CharField(
        label=_("Dónde está"),
        help_text=_("Nunca la dirección de un lugar donde alguien se queda a vivir."),
        max_length=160,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """A place to stay has no address, whoever wrote it with good intentions."""
        said = super().clean() or {}
        if said.get("kind") == PublicService.Kind.REFUGE and said.get("place"):
            self.add_error(
                "place",
                _("De un lugar donde quedarse no se escribe la dirección. Déjalo vacío."),
            )
        return said

    def said(self) -> Said:
        """Return what was typed."""
        return Said(**self.cleaned_data)
