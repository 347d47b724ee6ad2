"""What is typed of a lottery, and of what was agreed with an ally."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.network.forms.fields import number, one_of, words
from tequio.network.forms.stakeholders import day_field
from tequio.studies.actions.comparisons import Agreed
from tequio.studies.actions.lotteries import FOUND_OUT, Announced
from tequio.studies.models import Lottery, Ticket
from tequio.ui.forms import Chips, FilePick

Choices = Sequence[tuple[str, str]]
WAVES: Final = tuple((wave, wave) for wave in ("T0", "T1", "T2", "T3", "T4"))
# A computer finds out by itself who may not wait: nobody ticks it.
EXEMPT: Final = tuple(one for one in Ticket.Exempt.choices if one[0] not in FOUND_OUT)


class _Days(forms.Form):
    """The days that are published beforehand."""

    closes_on = day_field(
        _("Día en que se cierra la lista"),
        hint=_("Mañana o después: el compromiso se publica antes de que la lista se cierre."),
    )
    beacon_on = day_field(
        _("Sorteo de la Lotería Nacional que se usa"),
        hint=_("Un sorteo mayor posterior al cierre. Su premio mayor entra en el cálculo."),
    )


class WaitForm(_Days):
    """A lottery of seats."""

    max_delay_days = number(
        _("Lo más que espera alguien, en días"),
        missing=_("Falta cuánto espera, a lo más."),
        least=1,
        most=400,
        hint=_("Nunca más que lo que dura una edición. Al pasar ese plazo entra por sí mismo."),
    )
    field_order = ("closes_on", "beacon_on", "max_delay_days")

    def announced(self, edition_id: UUID, site_id: UUID | None) -> Announced:
        """Return what the action takes."""
        return Announced(
            Lottery.Kind.WAIT, edition_id=edition_id, site_id=site_id, **self.cleaned_data
        )


class CallsForm(_Days):
    """A lottery of calls besides the usual ones."""

    edition = one_of(_("De qué edición"), (), missing=_("Falta la edición."))
    field_order = ("edition", "closes_on", "beacon_on")

    def __init__(self, *args: Any, editions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["edition"].choices = editions  # type: ignore[attr-defined]

    def announced(self) -> Announced:
        """Return what the action takes."""
        said = self.cleaned_data
        return Announced(
            Lottery.Kind.CALLS,
            said["closes_on"],
            said["beacon_on"],
            edition_id=UUID(said["edition"]),
        )


class OrderForm(_Days):
    """A lottery of the order in which sites or groups start."""

    places = forms.MultipleChoiceField(
        label=_("Cuáles se sortean"),
        widget=Chips,
        error_messages={"required": _("Elige al menos dos.")},
    )
    calendar = words(
        _("Días en que se empieza"),
        400,
        missing=_("Faltan los días en que se empieza."),
        rows=4,
        hint=_("Uno por renglón, como 2027-01-11. Cada día empieza una parte de la lista."),
    )
    field_order = ("places", "closes_on", "beacon_on", "calendar")

    def __init__(self, *args: Any, places: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["places"].choices = places  # type: ignore[attr-defined]

    def clean_calendar(self) -> list[date]:
        """Read one day from each line."""
        lines = [line.strip() for line in self.cleaned_data["calendar"].splitlines()]
        try:
            return [date.fromisoformat(line) for line in lines if line]
        except ValueError as error:
            raise forms.ValidationError(
                _("Hay un día que no existe. Escríbelos como 2027-01-11, uno por renglón.")
            ) from error

    def announced(self, kind: str) -> Announced:
        """Return what the action takes."""
        said = self.cleaned_data
        return Announced(
            kind,
            said["closes_on"],
            said["beacon_on"],
            places=[UUID(key) for key in said["places"]],
            calendar=said["calendar"],
        )


class ExemptForm(forms.Form):
    """Why a man is not drawn, or does not wait any longer."""

    reason = one_of(_("Por qué no espera"), EXEMPT, missing=_("Falta por qué no espera."))


class NumberForm(forms.Form):
    """The first prize, as it was published."""

    number = words(
        _("Premio mayor"),
        12,
        missing=_("Falta el número."),
        hint=_("Con todas sus cifras, como 08543. Otra persona lo escribe también."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"].widget.attrs |= {"inputmode": "numeric"}


class CancelForm(forms.Form):
    """Why a lottery is called off."""

    reason = one_of(
        _("Por qué se cancela"), Lottery.Why.choices, missing=_("Falta por qué se cancela.")
    )


class AllyForm(forms.Form):
    """What was agreed with an ally."""

    stakeholder = forms.ChoiceField(
        label=_("Con quién"), error_messages={"required": _("Falta con quién.")}
    )
    what = words(
        _("Qué se acordó"),
        300,
        missing=_("Falta qué se acordó."),
        rows=2,
        hint=_("A quiénes pregunta, cómo, y que entrega renglones sin nombres. Sin nombres aquí."),
    )
    on = day_field(_("Fecha del acuerdo"))
    instrument = forms.ChoiceField(
        label=_("Con qué cuestionario pregunta"),
        help_text=_("El mismo que aquí, con las mismas palabras."),
        error_messages={"required": _("Falta el cuestionario.")},
    )
    waves = forms.MultipleChoiceField(
        label=_("En qué momentos"),
        choices=WAVES,
        widget=Chips,
        error_messages={"required": _("Elige al menos dos momentos.")},
    )

    def __init__(self, *args: Any, allies: Choices, instruments: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stakeholder"].choices = [("", _("Elige")), *allies]  # type: ignore[attr-defined]
        self.fields["instrument"].choices = [("", _("Elige")), *instruments]  # type: ignore[attr-defined]

    def agreed(self) -> Agreed:
        """Return what the action takes."""
        said = self.cleaned_data
        return Agreed(
            UUID(said["stakeholder"]), said["what"], said["on"], said["instrument"], said["waves"]
        )


class RowsForm(forms.Form):
    """The file of an ally."""

    file = forms.FileField(
        label=_("Archivo de la organización aliada"),
        widget=FilePick({"accept": ".csv,.xlsx,.ods"}),
        help_text=_(
            "La forma «larga» de nuestras exportaciones: persona, momento, fecha, "
            "pregunta, respuesta. La persona es un número, nunca un nombre."
        ),
        error_messages={"required": _("Falta el archivo.")},
    )
