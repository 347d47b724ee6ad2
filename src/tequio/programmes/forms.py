"""What people type about editions and sites."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.access.models import User
from tequio.programmes.models import Edition, Site
from tequio.programmes.policies import editions_visible_to, sites_visible_to
from tequio.programmes.states import State, desk_states, reasons_for
from tequio.territory import places
from tequio.ui.forms import DatePick

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
    diagnosis_title = forms.CharField(
        label=_("Diagnóstico del contexto en que se apoya"),
        max_length=160,
        help_text=_("Cómo se llama. El programa se diseña después de conocer el lugar y su gente."),
        error_messages={"required": _("Falta el diagnóstico del contexto. Escribe cómo se llama.")},
    )
    diagnosis_on = forms.DateField(
        label=_("De qué día es"), required=False, widget=DatePick(), help_text=_("Si se sabe.")
    )
    diagnosis_kept = forms.CharField(
        label=_("Dónde se puede leer"),
        max_length=160,
        required=False,
        help_text=_("Una carpeta, una dirección, la persona que lo guarda."),
    )

    diagnosis_place = forms.CharField(
        label=_("De qué municipio es"),
        max_length=80,
        required=False,
        help_text=_("Si está en Territorio, esta edición llevará a él. Ejemplo: Iztapalapa."),
    )

    def __init__(self, *args: Any, asks_diagnosis: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_diagnosis:
            for name in [one for one in self.fields if one.startswith("diagnosis_")]:
                del self.fields[name]

    def clean_diagnosis_place(self) -> str:
        """Return the key of the only municipality that is called so; never a guess."""
        typed = str(self.cleaned_data["diagnosis_place"]).strip()
        if not typed:
            return ""
        found = places.search(typed)
        if len(found) == 1:
            return found[0].key
        if found:
            raise forms.ValidationError(
                _("Hay varios que se llaman así. Agrega el estado, por ejemplo: %(one)s."),
                params={"one": found[0].label},
            )
        raise forms.ValidationError(
            _("No hay un municipio que se llame así. Escribe su nombre o su clave de 5 números.")
        )


class SiteForm(forms.Form):
    """A place where the organisation works."""

    name = forms.CharField(
        label=_("Nombre de la sede"),
        max_length=80,
        error_messages={"required": _("Falta el nombre de la sede.")},
    )
    timezone = forms.ChoiceField(label=_("Hora local"), choices=_zones)


_NOTE = _("Sin nombres, sin lo que ella dijo. Se guarda cifrado.")


def _note() -> forms.CharField:
    return forms.CharField(
        label=_("Algo más que haga falta saber"),
        required=False,
        max_length=1000,
        help_text=_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _day() -> forms.DateField:
    return forms.DateField(
        label=_("Día"), widget=DatePick(), error_messages={"required": _("Falta el día.")}
    )


class EnquiryForm(forms.Form):
    """A man asks about the programme."""

    edition = forms.ModelChoiceField(
        label=_("Programa"),
        queryset=Edition.objects.none(),
        empty_label=_("Elige uno"),
        error_messages={"required": _("Falta el programa. Elige uno.")},
    )
    site = forms.ModelChoiceField(
        label=_("Dónde le queda bien"),
        queryset=Site.objects.none(),
        required=False,
        empty_label=_("En cualquier sede"),
    )
    reason = forms.ChoiceField(label=_("Cómo llegó"), choices=())
    on = _day()
    note = _note()

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        signed = (
            editions_visible_to(user)
            .filter(signed_at__isnull=False)
            .order_by("name", "model_version", "pk")
        )
        cast("forms.ModelChoiceField[Edition]", self.fields["edition"]).queryset = signed
        sites = sites_visible_to(user).order_by("name", "pk")
        cast("forms.ModelChoiceField[Site]", self.fields["site"]).queryset = sites
        reasons = reasons_for("", State.ENQUIRY)
        cast("forms.ChoiceField", self.fields["reason"]).choices = reasons


class StepForm(forms.Form):
    """The next step of a man's way: where to and why, in one question."""

    step = forms.ChoiceField(
        label=_("Qué sigue y por qué"),
        choices=(),
        error_messages={"required": _("Falta qué sigue. Elige uno de la lista.")},
    )
    on = _day()
    note = _note()

    def __init__(self, *args: Any, state: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [
            (end.label, [(f"{end}:{code}", label) for code, label in reasons_for(state, end)])
            for end in desk_states(state)
        ]
        field = cast("forms.ChoiceField", self.fields["step"])
        field.choices = [("", _("Elige uno")), *[group for group in offered if group[1]]]

    def clean_step(self) -> tuple[State, str]:
        """Return where he goes and why."""
        end, reason = self.cleaned_data["step"].split(":")
        return State(end), reason


class TrainingForm(forms.Form):
    """Somebody was trained in a model."""

    person = forms.ModelChoiceField(
        label=_("Quién"),
        queryset=User.objects.none(),
        empty_label=_("Elige una persona"),
        error_messages={"required": _("Falta la persona. Elige una.")},
    )
    model_slug = forms.ChoiceField(label=_("En qué modelo"), choices=())
    on = _day()
    where = forms.CharField(
        label=_("Dónde o con quién"),
        max_length=120,
        help_text=_("Por ejemplo: taller interno de 40 horas, con Carmen Solís."),
        error_messages={"required": _("Falta dónde o con quién se formó.")},
    )

    def __init__(self, *args: Any, user: User, models: Sequence[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        people = User.objects.filter(
            organisation=user.organisation_id, is_active=True, grants__role="facilitator"
        ).order_by("name", "pk")
        cast("forms.ModelChoiceField[User]", self.fields["person"]).queryset = people
        cast("forms.ChoiceField", self.fields["model_slug"]).choices = models
