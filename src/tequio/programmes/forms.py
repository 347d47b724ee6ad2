"""What people type about editions and sites."""

from __future__ import annotations

from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

# Mexico's zones first; the programme runs elsewhere too.
_MEXICO = [
    ("America/Mexico_City", _("Centro (Ciudad de México)")),
    ("America/Cancun", _("Quintana Roo")),
    ("America/Hermosillo", _("Sonora")),
    ("America/Mazatlan", _("Pacífico (Sinaloa, Nayarit, Baja California Sur)")),
    ("America/Chihuahua", _("Chihuahua")),
    ("America/Ciudad_Juarez", _("Ciudad Juárez")),
    ("America/Tijuana", _("Baja California")),
    ("America/Monterrey", _("Noreste (Monterrey)")),
    ("America/Merida", _("Península (Mérida)")),
]


def zone_name(zone: str) -> str:
    """Return a zone as people call it."""
    return str(dict(_MEXICO).get(zone, zone.replace("_", " ")))


def _zones() -> list[tuple[str, object]]:
    known = {zone for zone, _name in _MEXICO}
    others = sorted(zone for zone in available_timezones() if "/" in zone and zone not in known)
    return [*_MEXICO, *((zone, zone_name(zone)) for zone in others)]


class SignForm(forms.Form):
    """Who answers for how the organisation works."""

    signed_by = forms.CharField(
        label=_("Nombre de quien firma"),
        max_length=100,
        error_messages={"required": _("Falta el nombre de quien firma.")},
    )
    signed_as = forms.CharField(
        label=_("Su formación y su cargo"),
        max_length=120,
        help_text=_("Por ejemplo: psicóloga, coordinadora de masculinidades."),
        error_messages={"required": _("Falta la formación y el cargo de quien firma.")},
    )


class SiteForm(forms.Form):
    """A place where the organisation works."""

    name = forms.CharField(
        label=_("Nombre de la sede"),
        max_length=80,
        error_messages={"required": _("Falta el nombre de la sede.")},
    )
    timezone = forms.ChoiceField(label=_("Hora local"), choices=_zones)
