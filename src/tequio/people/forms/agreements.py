"""What he agrees to, purpose by purpose, and how he was told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.people.catalogues.agreements import Purpose
from tequio.people.models import Consent
from tequio.ui.forms import DatePick, Segmented

_ASKED = (
    (Consent.Decision.GIVEN.value, _("Sí")),
    (Consent.Decision.REFUSED.value, _("No")),
)
_HEARD = (("given", _("Sí, lo entendió")), ("refused", _("Todavía no")))


class HearingForm(forms.Form):
    """The day, how he was told, and who else was there."""

    decided_on = forms.DateField(
        label=_("¿Qué día lo dijo?"),
        widget=DatePick,
        error_messages={"required": _("Falta el día en que lo dijo.")},
    )
    heard = forms.ChoiceField(
        label=_("¿Cómo lo supo?"), choices=Consent.Heard.choices, widget=Segmented
    )
    witness = forms.CharField(
        label=_("¿Quién más estuvo presente?"),
        max_length=100,
        required=False,
        help_text=_(
            "Solo si se le leyó: alguien del equipo o quien lo interpretó. Nunca su pareja."
        ),
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a witness where he did not read it himself."""
        data = super().clean() or self.cleaned_data
        if data.get("heard") == Consent.Heard.ALOUD and not data.get("witness"):
            self.add_error(
                "witness", _("Si se le leyó en voz alta, falta quién más estuvo presente.")
            )
        return data


class AgreementsForm(HearingForm):
    """One question for each purpose, in the order in which it is told."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        purposes: Sequence[Purpose],
        said: Mapping[str, str],
        today: date,
        reads: str,
    ) -> None:
        initial = {"decided_on": today, "heard": "aloud" if reads == "no" else "read"}
        super().__init__(data, initial={**initial, **said})
        self.purposes = purposes
        for purpose in purposes:
            limits = purpose.kind == "limits"
            self.fields[purpose.code] = forms.ChoiceField(
                label=_("¿Lo entendió?") if limits else _("¿Acepta?"),
                choices=_HEARD if limits else _ASKED,
                widget=Segmented,
                error_messages={"required": _("Falta su respuesta.")},
            )

    def answers(self) -> dict[str, str]:
        """Return what he said to each purpose."""
        return {purpose.code: self.cleaned_data[purpose.code] for purpose in self.purposes}

    def asked(self) -> list[tuple[Purpose, Any]]:
        """Pair each purpose with its field, for the page."""
        return [(purpose, self[purpose.code]) for purpose in self.purposes]
