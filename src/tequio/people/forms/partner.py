"""What a man says of whoever is or was with him. It goes into a sealed letter and stays nowhere.

Hers to confirm: nobody here knows whether it is so. Whom he lives with is not assumed to be one
person, nor a woman.
"""

from __future__ import annotations

from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.people.words import YES_NO_NOT_SAID
from tequio.ui.forms import OneChip, Segmented

_OFF: Final = {"autocomplete": "off"}
RELATIONS: Final = (
    ("partner", _("Su pareja")),
    ("ex_partner", _("Su expareja")),
    ("spouse", _("Su cónyuge")),
    ("co_parent", _("Con quien tiene hijas o hijos")),
    ("other", _("Otra relación")),
)


class PartnerForm(forms.Form):
    """Name, relation, a safe way, and whether there are children."""

    name = forms.CharField(
        label=_("¿Cómo se llama?"),
        max_length=80,
        widget=forms.TextInput(_OFF),
        error_messages={
            "required": _("Falta el nombre. Si no lo quiere decir, no se entrega nada.")
        },
    )
    relation = forms.ChoiceField(
        label=_("¿Qué relación tienen?"),
        choices=RELATIONS,
        widget=OneChip,
        error_messages={"required": _("Falta qué relación tienen.")},
    )
    way = forms.CharField(
        label=_("¿Por dónde se le puede hablar?"),
        max_length=200,
        required=False,
        help_text=_("Teléfono, y quién más lo usa. El equipo de mujeres decide si es seguro."),
        widget=forms.TextInput(_OFF),
    )
    lives_together = forms.ChoiceField(
        label=_("¿Viven juntos ahora?"), choices=YES_NO_NOT_SAID, widget=Segmented
    )
    children = forms.ChoiceField(
        label=_("¿Hay niñas, niños o adolescentes?"), choices=YES_NO_NOT_SAID, widget=Segmented
    )

    def says(self) -> dict[str, object]:
        """Return what lies in the letter."""
        return {name: value for name, value in self.cleaned_data.items() if value}
