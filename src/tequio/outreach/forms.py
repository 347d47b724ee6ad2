"""What people type into this room's forms. Forms parse and check; they never save."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.access.models import User
from tequio.core import clock
from tequio.core.text import fold
from tequio.outreach.actions.calls import LONGEST_NOTE
from tequio.outreach.actions.emergencies import Decision
from tequio.outreach.models import Emergency
from tequio.programmes.models import Site
from tequio.programmes.policies import sites_visible_to
from tequio.territory import places
from tequio.ui.forms import DatePick, OneChip

# Long enough to see how things go, short enough to decide again.
_USUAL = timedelta(days=14)


class NoteForm(forms.Form):
    """What to remember of a call, and when to try again."""

    next_on = forms.DateField(
        label=_("Próximo intento"),
        required=False,
        widget=DatePick(),
        error_messages={"invalid": _("Esa fecha no se entiende. Elígela en el calendario.")},
    )
    note = forms.CharField(
        label=_("Nota"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        help_text=_(
            "Sin nombres, sin lo que ella dijo. Se guarda cifrada y se borra a los 90 días."
        ),
    )


class EmergencyForm(forms.Form):
    """What happened, where, what changes, from when until when, and who decided."""

    kind = forms.ChoiceField(
        label=_("Qué pasó"),
        choices=Emergency.Kind.choices,
        widget=OneChip(),
        error_messages={"required": _("Falta decir qué pasó. Elige una opción.")},
    )
    site = forms.ModelChoiceField(
        label=_("Dónde"),
        queryset=Site.objects.none(),
        required=False,
        empty_label=_("Todas las sedes"),
    )
    municipality = forms.CharField(
        label=_("Municipio o alcaldía"),
        required=False,
        max_length=80,
        help_text=_("Su nombre, o su clave del INEGI si hay varios que se llaman igual."),
    )
    sessions = forms.ChoiceField(
        label=_("Qué pasa con las sesiones"),
        choices=Emergency.Sessions.choices,
        widget=OneChip(),
        error_messages={"required": _("Falta qué pasa con las sesiones. Elige una opción.")},
    )
    forgive = forms.BooleanField(
        label=_("Las faltas de estos días no cuentan"), required=False, initial=True
    )
    care_calls = forms.BooleanField(
        label=_("Las llamadas son de cuidado: se pregunta cómo está, no por qué faltó"),
        required=False,
        initial=True,
    )
    numbers = forms.CharField(
        label=_("Números que conviene tener a la mano"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Uno por línea, con para qué sirve. Comprueba que contesten."),
    )
    starts_on = forms.DateField(
        label=_("Desde"),
        widget=DatePick(),
        error_messages={"required": _("Falta desde qué día. Elígelo.")},
    )
    ends_on = forms.DateField(
        label=_("Hasta"),
        widget=DatePick(),
        help_text=_("Ese día termina sola. Sesenta días como mucho; si sigue, se decide de nuevo."),
        error_messages={"required": _("Falta hasta qué día. Elígelo.")},
    )
    decided_by = forms.CharField(
        label=_("Quién lo decidió"),
        max_length=80,
        help_text=_("Nombre y cargo."),
        error_messages={"required": _("Falta quién lo decidió. Escribe su nombre y su cargo.")},
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        today = clock.today(user.organisation.timezone)
        kwargs["initial"] = {
            "starts_on": today,
            "ends_on": today + _USUAL,
            "decided_by": user.name,
            "numbers": "911 · emergencias",
            **kwargs.get("initial", {}),
        }
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Site]", self.fields["site"])
        field.queryset = sites_visible_to(user).order_by("name", "pk")

    def clean_municipality(self) -> str:
        """Return the key of what was typed; several of one name are told apart by their keys."""
        typed: str = self.cleaned_data["municipality"].strip()
        if not typed:
            return ""
        if (known := places.find(typed)) is not None:
            return known.key
        matches = (places.match(state.key, typed).exact for state in places.states())
        found = [one for one in matches if one is not None and fold(one.name) == fold(typed)]
        if len(found) == 1:
            return found[0].key
        if not found:
            raise forms.ValidationError(
                _("No encontramos ese municipio. Revisa cómo se escribe o déjalo vacío.")
            )
        raise forms.ValidationError(
            _("Hay varios con ese nombre. Escribe la clave del tuyo: %(places)s."),
            params={"places": "; ".join(f"{one.key} {one.label}" for one in found)},
        )

    def decision(self) -> Decision:
        """Return what was typed, as the action takes it."""
        given = self.cleaned_data
        starts, ends = cast("date", given["starts_on"]), cast("date", given["ends_on"])
        return Decision(
            kind=given["kind"],
            sessions=given["sessions"],
            starts_on=starts,
            ends_on=ends,
            decided_by=given["decided_by"],
            site=given["site"],
            municipality=given["municipality"],
            absences_count=not given["forgive"],
            care_calls=given["care_calls"],
            numbers=given["numbers"],
        )
