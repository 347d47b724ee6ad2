"""By which way she gets a link."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.survivors import words
from tequio.survivors.forms.fields import tick
from tequio.ui.forms import OneChip


class InvitationForm(forms.Form):
    """Only the ways that she approved stand here."""

    use_required_attribute = False

    how = forms.ChoiceField(
        label=_("¿Por dónde le das el enlace?"),
        help_text=_("Nada se manda desde aquí: lo haces tú, por el canal que ella aprobó."),
        widget=OneChip,
        error_messages={
            "required": _("Falta elegir por dónde."),
            "invalid_choice": _("Ella no ha dicho que ese canal sea seguro."),
        },
    )
    rules_read = tick(
        _("Leí otra vez sus reglas de contacto y siguen valiendo"),
        _("Hace falta si se lo mandas. Queda con tu nombre y la fecha de hoy."),
    )

    def __init__(self, ways: Collection[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["how"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
        field.choices = [pair for pair in words.CHANNELS if pair[0] in ways]
