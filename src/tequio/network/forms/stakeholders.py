"""What is typed of the network."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.network.actions.stakeholders import Agreed, Who
from tequio.network.models import Commitment, Stakeholder
from tequio.network.needs import Need
from tequio.network.tie_words import ways
from tequio.territory import places
from tequio.ui.forms import Chips, DatePick, OneChip


def day_field(label: Any, *, required: bool = True, hint: Any = "") -> forms.DateField:
    """A day, with the browser's calendar."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=hint,
        widget=DatePick,
        error_messages={
            "required": _("Falta la fecha."),
            "invalid": _("Esa fecha no existe. Escríbela como 2026-11-21."),
        },
    )


class PlaceForm(forms.Form):
    """A state and a municipality, matched kindly and never guessed."""

    state = forms.ChoiceField(label=_("Estado"), required=False)
    municipality = forms.CharField(
        label=_("Municipio o alcaldía"),
        max_length=80,
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "list": "municipalities"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options = [("", _("Elige")), *((one.key, one.name) for one in places.states())]
        self.fields["state"].choices = options  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Turn the name of a municipality into its key."""
        said = super().clean() or {}
        typed, state = said.get("municipality", ""), said.get("state", "")
        said["municipality"] = ""
        if not typed:
            return said
        if not state and len(alone := places.search(typed)) == 1:
            # One place of the whole country is called so: the state is known.
            said |= {"state": alone[0].key[:2], "municipality": alone[0].key}
            return said
        if not state:
            self.add_error(
                "state", _("Elige primero el estado: hay municipios que se llaman igual.")
            )
            return said
        found = places.match(state, typed)
        if found.exact is None:
            offered = ", ".join(one.name for one in found.offered)
            unknown = _("No se encontró ese municipio. Revisa cómo se escribe.")
            several = _("Hay varios parecidos: %(names)s. Escribe uno completo.")
            self.add_error("municipality", several % {"names": offered} if offered else unknown)
            return said
        said["municipality"] = found.exact.key
        return said

    @staticmethod
    def typed(key: str) -> dict[str, str]:
        """Return a stored key as it is typed."""
        found = places.find(key)
        return {"state": key[:2], "municipality": found.name} if found else {}


class StakeholderForm(PlaceForm):
    """Somebody in the network."""

    name = forms.CharField(
        label=_("Nombre"),
        max_length=120,
        help_text=_(
            "De la organización, la autoridad o el grupo. Nunca de una mujer que busca ayuda."
        ),
        error_messages={"required": _("Falta el nombre.")},
    )
    kind = forms.ChoiceField(
        label=_("Qué es"),
        choices=Stakeholder.Kind.choices,
        widget=OneChip,
        error_messages={"required": _("Falta qué es. Elige una.")},
    )
    does = forms.CharField(label=_("Qué hace"), max_length=300, required=False)
    needs = forms.MultipleChoiceField(
        label=_("Qué necesidades atiende"), choices=Need.choices, widget=Chips, required=False
    )
    telephone = forms.CharField(
        label=_("Teléfono de la institución"), max_length=60, required=False
    )
    field_order = ("name", "kind", "does", "needs", "state", "municipality", "telephone")

    def who(self) -> Who:
        """Return what the action takes."""
        said = self.cleaned_data
        return Who(
            said["name"],
            said["kind"],
            said["does"],
            tuple(said["needs"]),
            said["municipality"],
            said["telephone"],
        )

    @classmethod
    def of(cls, one: Stakeholder) -> dict[str, Any]:
        """Return what is known of somebody, as it was typed."""
        fields = ("name", "kind", "does", "needs", "telephone")
        return {name: getattr(one, name) for name in fields} | cls.typed(one.municipality)


class CommitmentForm(forms.Form):
    """How far somebody goes along."""

    level = forms.ChoiceField(
        label=_("Hasta dónde se compromete"),
        choices=Commitment.Level.choices,
        widget=OneChip,
        error_messages={"required": _("Falta hasta dónde. Elige una.")},
    )
    since = day_field(_("Desde cuándo"))
    because = forms.CharField(label=_("En qué se ve"), max_length=200, required=False)


class AgreementForm(forms.Form):
    """What was agreed."""

    what = forms.CharField(
        label=_("Qué se acordó"),
        max_length=300,
        error_messages={"required": _("Falta qué se acordó.")},
    )
    starts_on = day_field(_("Empieza"))
    ends_on = day_field(_("Termina"), required=False, hint=_("Vacío si no tiene fecha."))
    signed_on = day_field(_("Se firmó el"), required=False, hint=_("Vacío si aún no se firma."))
    signed_by_them = forms.CharField(
        label=_("Quién firmó por ellos"),
        max_length=120,
        required=False,
        help_text=_("Con su cargo."),
    )
    signed_by_us = forms.CharField(
        label=_("Quién firmó por nosotros"), max_length=120, required=False
    )

    def agreed(self) -> Agreed:
        """Return what the action takes."""
        return Agreed(**self.cleaned_data)


class TieForm(forms.Form):
    """How one stands to another."""

    way = forms.ChoiceField(
        label=_("Qué se ve"), error_messages={"required": _("Falta qué se ve. Elige una.")}
    )
    other = forms.ChoiceField(
        label=_("Con quién"), error_messages={"required": _("Falta con quién. Elige de la lista.")}
    )
    observed_on = day_field(_("Cuándo se vio"))
    told_by = forms.CharField(
        label=_("Quién lo dijo"),
        max_length=80,
        help_text=_("Su cargo o su parte en el barrio; sin nombres de mujeres."),
        error_messages={"required": _("Falta quién lo dijo.")},
    )

    def __init__(self, *args: Any, others: Sequence[Stakeholder], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["way"].choices = [("", _("Elige")), *ways()]  # type: ignore[attr-defined]
        self.fields["other"].choices = [  # type: ignore[attr-defined]
            ("", _("Elige")),
            *((str(one.pk), one.name) for one in others),
        ]


class EndForm(forms.Form):
    """The day on which something ended."""

    on = day_field(_("Terminó el"))
    because = forms.CharField(label=_("Por qué"), max_length=200, required=False)


class DatesForm(forms.Form):
    """Two days to compare."""

    before = day_field(_("Antes"))
    after = day_field(_("Después"))

    def clean(self) -> dict[str, Any]:
        """The first day comes first."""
        said = super().clean() or {}
        one, other = said.get("before"), said.get("after")
        if isinstance(one, date) and isinstance(other, date) and one >= other:
            self.add_error("after", _("El segundo día va después del primero."))
        return said
