"""An instrument as a plain page, and what somebody notes after looking for a man."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.instruments.definitions import PREFERS_NOT, Instrument, Item
from tequio.people.models import Approach
from tequio.ui.forms import Chips, DatePick, OneChip

_SHORT: Final = 300


class InstrumentForm(forms.Form):
    """Every question of an instrument on one page. Nobody has to answer any of them."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        instrument: Instrument,
        language: str,
        said: Mapping[str, str],
    ) -> None:
        initial = {
            item.id: said[item.id].split() if item.kind == "many" else said[item.id]
            for item in instrument.questions
            if item.id in said
        }
        super().__init__(data, initial=initial)
        self.instrument = instrument
        for item in instrument.questions:
            self.fields[item.id] = _field(instrument, item, language)

    def answers(self) -> dict[str, str]:
        """Return what was answered, as the house keeps it."""
        found = {}
        for item in self.instrument.questions:
            value = self.cleaned_data.get(item.id)
            if value in (None, "", []):
                continue
            found[item.id] = " ".join(value) if isinstance(value, list) else str(value)
        return found


def _field(whole: Instrument, item: Item, language: str) -> forms.Field:
    shown: dict[str, Any] = {
        "label": item.text.in_(language),
        "required": False,
        "help_text": item.hint.in_(language) if item.hint else "",
    }
    choices = [(one.code, one.label.in_(language)) for one in whole.choices.get(item.choices, ())]
    rather_not = [(PREFERS_NOT, _("Prefiero no decir"))]
    match item.kind:
        case "one":
            return forms.ChoiceField(choices=choices + rather_not, widget=OneChip, **shown)
        case "many":
            return forms.MultipleChoiceField(choices=choices + rather_not, widget=Chips, **shown)
        case "whole":
            return forms.IntegerField(min_value=item.least, max_value=item.most, **shown)
        case "decimal":
            return forms.DecimalField(**shown)
        case "date":
            return forms.DateField(widget=DatePick, **shown)
        case _:
            return forms.CharField(max_length=_SHORT, **shown)


class BeginForm(forms.Form):
    """Which instrument, at which moment."""

    instrument = forms.SlugField(max_length=60)
    wave = forms.RegexField(r"^[A-Z][0-9]?$", required=False)
    way = forms.UUIDField(required=False)


class ApproachForm(forms.Form):
    """How he was looked for, and what came of it."""

    channel = forms.ChoiceField(
        label=gettext_lazy("¿Cómo lo buscaste?"),
        choices=Approach.Channel.choices,
        widget=OneChip,
        error_messages={"required": gettext_lazy("Falta cómo lo buscaste.")},
    )
    outcome = forms.ChoiceField(
        label=gettext_lazy("¿Qué pasó?"),
        choices=Approach.Outcome.choices,
        widget=OneChip,
        error_messages={"required": gettext_lazy("Falta qué pasó.")},
    )
