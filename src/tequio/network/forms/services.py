"""What is typed of the directory, and what somebody looks for."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.network.actions.services import Said
from tequio.network.entries import Entry
from tequio.network.forms.stakeholders import PlaceForm, day_field
from tequio.network.models import Failure, Service
from tequio.network.needs import Need
from tequio.network.rules.directory import hours, telephones
from tequio.network.rules.directory.drafts import SENTENCES
from tequio.network.rules.directory.meanings import names_a_street
from tequio.ui.forms import Chips, FilePick, OneChip

_LANGUAGES: Final = (
    "Español", "Náhuatl", "Maya", "Tseltal", "Tsotsil", "Mixteco", "Zapoteco", "Otomí", "Totonaco",
    "Mazateco", "Ch'ol", "Mazahua", "Purépecha", "Tlapaneco", "Rarámuri", "Lengua de señas",
)  # fmt: skip
# As long as the words of a service's hours may be.
_HOURS: Final = 200
_ADDRESS: Final = ("address", "locality", "municipality")


def _line(label: Any, length: int, hint: Any = "", *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=length,
        help_text=hint,
        required=required,
        error_messages={"required": _("Falta este dato.")},
    )


class ServiceForm(PlaceForm):
    """One service at one place."""

    provider = _line(_("Quién lo da"), 160, _("La institución u organización."), required=True)
    name = _line(_("Nombre del servicio"), 160, required=True)
    needs = forms.MultipleChoiceField(
        label=_("Para qué sirve"),
        choices=Need.choices,
        widget=Chips,
        error_messages={"required": _("Falta para qué sirve. Elige al menos una.")},
    )
    what_for = _line(_("Qué hacen ahí"), 300, _("Con palabras que cualquiera entienda."))
    refuge = forms.BooleanField(
        label=_("Es un refugio o un lugar donde alguien se esconde"),
        help_text=_("Entonces no se escribe la dirección: se llega por teléfono."),
        required=False,
    )
    telephones = _line(
        _("Teléfonos"), 160, _("Diez dígitos, con lada y sin 01; varios, separados con coma.")
    )
    safe_to_call = _line(
        _("Qué pasa al llamar"),
        300,
        _("Qué dicen al contestar; si devuelven la llamada, desde qué número."),
    )
    address = _line(_("Domicilio"), 300)
    locality = _line(_("Colonia o localidad"), 120)
    hours = _line(
        _("Horario"),
        300,
        _(
            "Como «Lunes a viernes de 9:00 a 15:00; sábado de 9:00 a 13:00». Así la página pública "
            "dice si está abierto a esa hora."
        ),
    )
    cost = _line(_("Cuánto cuesta"), 120, _("«Gratis», si lo es."))
    eligibility = _line(_("A quién atienden"), 300)
    minimum_age = forms.IntegerField(
        label=_("Edad mínima"), min_value=0, max_value=120, required=False
    )
    maximum_age = forms.IntegerField(
        label=_("Edad máxima"), min_value=0, max_value=120, required=False
    )
    how_to_ask = _line(_("Cómo se pide"), 300, _("Cita, fila, llamada, canalización."))
    bring = _line(_("Qué llevar"), 300)
    languages = forms.MultipleChoiceField(
        label=_("En qué lenguas atienden"),
        choices=[(one, one) for one in _LANGUAGES],
        widget=Chips,
        required=False,
    )
    children = forms.ChoiceField(
        label=_("Niñas y niños"), choices=Service.Children.choices, widget=OneChip, required=False
    )
    accessibility = _line(_("Accesibilidad"), 200, _("Rampa, baño, lengua de señas…"))
    status = forms.ChoiceField(
        label=_("Funciona"), choices=Service.Status.choices, initial=Service.Status.ACTIVE
    )
    field_order = (
        "provider", "name", "needs", "what_for", "refuge", "telephones", "safe_to_call", "state",
        "municipality", "locality", "address",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A language that came with a file and that our list lacks is kept.
        more = [one for one in self.initial.get("languages", ()) if one not in _LANGUAGES]
        field = self.fields["languages"]
        field.choices = [*field.choices, *((one, one) for one in more)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Where women hide is not written, whoever meant well."""
        said = super().clean()
        if said.get("refuge"):
            for name in _ADDRESS:
                if said.get(name):
                    self.add_error(name, _("De un refugio no se escribe dónde está. Déjalo vacío."))
            for name in SENTENCES:
                if names_a_street(said.get(name, "")):
                    self.add_error(
                        name, _("Aquí dice dónde está el refugio. Quita la calle o la colonia.")
                    )
        low, high = said.get("minimum_age"), said.get("maximum_age")
        if low is not None and high is not None and low > high:
            self.add_error("maximum_age", _("Es menor que la edad mínima. Revisa las dos."))
        typed = said.get("telephones", "")
        if typed and not telephones.read(typed).numbers:
            self.add_error(
                "telephones", _("No se reconoció ninguno. Escribe los 10 dígitos, con lada.")
            )
        return said

    def clean_hours(self) -> str:
        """What is not read into days is kept in words, and those have less room."""
        typed = str(self.cleaned_data["hours"])
        if len(typed) > _HOURS and not hours.read(typed):
            raise forms.ValidationError(
                _("Es demasiado largo. Escribe los días y las horas, sin más.")
            )
        return typed

    def said(self) -> Said:
        """Return what the action takes."""
        found = self.cleaned_data
        several = {name: tuple(found[name]) for name in ("needs", "languages")}
        return Said(**{**found, **several})

    @classmethod
    def of(cls, one: Service) -> dict[str, Any]:
        """Return what is known of a service, as it was typed."""
        own = {name: getattr(one, name) for name in cls.base_fields if hasattr(one, name)}
        numbers = [
            f"{phone.number} ext. {phone.extension}" if phone.extension else phone.number
            for phone in one.phones.all()
        ]
        own["hours"] = "; ".join(Entry(one, one.changed_at.date()).hours)
        place = cls.typed(one.municipality) or {"state": one.state, "municipality": ""}
        return {**own, **place, "provider": one.provider.name, "telephones": ", ".join(numbers)}


class FailureForm(forms.Form):
    """That a service failed. What happened to whom is not asked."""

    what = forms.ChoiceField(
        label=_("Qué falló"),
        choices=Failure.What.choices,
        widget=OneChip,
        error_messages={"required": _("Falta qué falló. Elige una.")},
    )
    on = day_field(_("Cuándo"))


class BringForm(forms.Form):
    """A file of services."""

    file = forms.FileField(
        label=_("Archivo"),
        widget=FilePick({"accept": ".json,.csv,.xlsx,.xls,.ods,.zip"}),
        help_text=_(
            "HSDS (JSON o ZIP), Excel o CSV. También uno descompuesto: se salva lo que se pueda."
        ),
        error_messages={"required": _("Falta el archivo. Elige uno.")},
    )
    source = forms.CharField(
        label=_("De dónde viene"),
        max_length=200,
        required=False,
        help_text=_("Quién lo publica y de qué fecha es."),
    )


class NearForm(PlaceForm):
    """What somebody looks for who has no account. Nothing is required."""

    need = forms.ChoiceField(
        label=_("Elige una"), choices=Need.choices, widget=OneChip, required=False
    )
    words = forms.CharField(
        label=_("O con tus palabras"),
        max_length=80,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    field_order = ("need", "words", "state", "municipality")
