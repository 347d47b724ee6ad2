"""Beginning, offering, closing, opening again, and women's groups."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.survivors import words
from tequio.survivors.forms.fields import HERS, SheetForm, day, line, one, text, tick
from tequio.survivors.rules import clocks
from tequio.survivors.rules.sheets import Who, WomensGroup
from tequio.ui.forms import TimePick

_KEPT = tuple(
    (str(n), _("%(n)s meses") % {"n": n} if n > 1 else _("Un mes")) for n in clocks.CHOICES
)


_REASONS = tuple(pair for pair in words.CLOSURES if pair[0] != "offer")


class WhoForm(SheetForm):
    """What she wants the team to know of her."""

    SHEET = Who

    alias = line(
        _("Cómo la llamamos aquí"),
        _("Un nombre que ella elija. No tiene que ser el suyo."),
        required=True,
        longest=60,
    )
    name = line(
        _("Su nombre"),
        _("Si ella quiere. Sirve para encontrarla; en las listas no se ve."),
    )
    reads = one(_("¿Lee ella, o prefiere que le lean?"), words.READS, few=True)
    language = line(_("Lengua en que prefiere hablar"))
    access = line(_("¿Qué apoyo necesita para que hablemos?"))
    arrived_by = line(_("¿Cómo llegó?"), _("Sola, por una amiga, por un servicio…"))


class BeginForm(WhoForm):
    """The least with which a case begins; the rest may wait."""


class AboutForm(WhoForm):
    """The same, once there is a case: also who accompanies her."""

    accompanied_by = forms.ChoiceField(label=_("¿Quién la acompaña?"))

    def __init__(self, members: Iterable[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["accompanied_by"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
        field.choices = list(members)


class SearchForm(forms.Form):
    """A search; it is sent by POST so that no address keeps what was looked for."""

    q = forms.CharField(
        label=_("Buscar"),
        max_length=80,
        required=False,
        help_text=_("Cómo la llaman aquí, su nombre, su teléfono o el folio."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class TryForm(forms.Form):
    """One attempt."""

    use_required_attribute = False

    # It stands beside the outcome on one page: two controls never share a name.
    prefix = "attempt"
    words = text(_("¿Qué pasó en este intento?"), HERS)


class EndOfferForm(forms.Form):
    """How the offer ended."""

    use_required_attribute = False

    outcome = one(_("¿En qué quedó?"), words.OFFER_OUTCOMES)
    words = text(_("Lo que hay que saber"), HERS)


class CloseForm(forms.Form):
    """How it closes, and for how long it is kept."""

    use_required_attribute = False

    reason = one(_("¿Por qué se cierra?"), _REASONS)
    words = text(_("Cómo quedó"), HERS)
    stays_open = text(_("¿Qué queda abierto, y con quién?"), "")
    keep_months = forms.ChoiceField(
        label=_("¿Cuánto tiempo se guarda?"),
        choices=_KEPT,
        initial=str(clocks.CLOSED),
        help_text=_("Por si vuelve. Ella puede pedir que sea menos. Después se borra solo."),
    )


class ReopenForm(forms.Form):
    """Why it opens again."""

    use_required_attribute = False

    words = text(_("¿Por qué se abre otra vez?"), HERS)


class GroupForm(SheetForm):
    """A women's group: at another place and another hour than men's groups."""

    SHEET = WomensGroup

    name = line(
        _("Nombre del grupo"), _("Un nombre que no diga de qué es."), required=True, longest=60
    )
    place = line(_("Lugar"), required=True)
    weekday = one(_("Día"), words.DAYS)
    starts_at = forms.TimeField(label=_("Hora"), widget=TimePick)
    run_by = line(_("¿Quién lo lleva?"))
    ended_on = day(_("¿Ya terminó? ¿Qué día?"))
    clash_known = tick(_("Ya vi el aviso y así se queda"))


class MetForm(forms.Form):
    """One meeting: who was there."""

    use_required_attribute = False

    on = day(_("¿Qué día se reunieron?"), required=True)
    there = forms.MultipleChoiceField(
        label=_("¿Quiénes vinieron?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, women: Iterable[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["there"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 -- declared above
        field.choices = list(women)


class SeatForm(forms.Form):
    """Which group she joins."""

    use_required_attribute = False

    group = forms.ChoiceField(label=_("Grupo"))

    def __init__(self, groups: Iterable[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["group"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
        field.choices = list(groups)
