"""What people type about a talk and about telling an authority."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.care.actions.reports import Decided
from tequio.care.models import Report, Talk
from tequio.territory import places
from tequio.ui.forms import DatePick, OneChip, Segmented, TimePick

REMINDER = _("Sin nombres, sin lo que ella dijo.")


class TalkForm(forms.Form):
    """How a talk ended."""

    outcome = forms.ChoiceField(
        label=_("¿Qué pasó?"),
        choices=[one for one in Talk.Outcome.choices if one[0] != Talk.Outcome.LEFT],
        widget=OneChip,
        error_messages={"required": _("Falta qué pasó con la plática.")},
    )
    note = forms.CharField(
        label=_("Una nota corta"),
        required=False,
        max_length=500,
        help_text=_("Sin nombres, sin lo que ella dijo. A los 90 días se borra."),
        widget=forms.Textarea({"rows": 3, "autocomplete": "off"}),
    )


class WhereForm(forms.Form):
    """About what, and in which state: this chooses the lawyer's text to read."""

    about = forms.ChoiceField(
        label=_("¿Sobre qué?"), choices=Report.About.choices, widget=Segmented
    )
    state = forms.ChoiceField(label=_("¿En qué estado?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options = [("", _("Elige")), *((one.key, one.name) for one in places.states())]
        self.fields["state"].choices = options  # type: ignore[attr-defined]


class DecideForm(WhereForm):
    """The decision, with its reasons."""

    decision = forms.ChoiceField(
        label=_("¿Qué se decide?"),
        choices=Report.Decision.choices,
        widget=Segmented,
        error_messages={"required": _("Falta qué se decidió.")},
    )
    why = forms.CharField(
        label=_("¿Qué se supo y por qué se decide esto?"),
        max_length=2000,
        help_text=REMINDER,
        widget=forms.Textarea({"rows": 5, "autocomplete": "off"}),
        error_messages={"required": _("Falta escribir por qué.")},
    )
    authority = forms.CharField(
        label=_("¿A qué autoridad?"),
        max_length=160,
        required=False,
        help_text=_("Solo si se avisa."),
    )
    authority_folio = forms.CharField(
        label=_("Folio que dio la autoridad"), max_length=60, required=False
    )
    told_on = forms.DateField(label=_("¿Qué día se avisó?"), required=False, widget=DatePick)
    told_at = forms.TimeField(label=_("¿A qué hora?"), required=False, widget=TimePick)

    def clean(self) -> dict[str, Any]:
        """Ask for the whole moment or for none of it."""
        data = super().clean() or self.cleaned_data
        if data.get("told_at") and not data.get("told_on"):
            self.add_error("told_on", _("Falta el día en que se avisó."))
        if data.get("decision") == Report.Decision.NOT_TELL and data.get("told_on"):
            self.add_error("told_on", _("Dice «no avisar» y también cuándo se avisó. Revisa."))
        return data

    def said(self, zone: str) -> Decided:
        """Return what the action takes."""
        data = self.cleaned_data
        on, at = data["told_on"], data["told_at"]
        moment = datetime.combine(on, at or datetime.min.time(), ZoneInfo(zone)) if on else None
        return Decided(
            about=data["about"],
            decision=data["decision"],
            state=data["state"],
            why=data["why"],
            authority=data["authority"],
            authority_folio=data["authority_folio"],
            told_at=moment,
        )


class ToldForm(forms.Form):
    """When the authority was told."""

    on = forms.DateField(
        label=_("¿Qué día se avisó?"),
        widget=DatePick,
        error_messages={"required": _("Falta el día en que se avisó.")},
    )
    at = forms.TimeField(
        label=_("¿A qué hora?"),
        widget=TimePick,
        error_messages={"required": _("Falta la hora en que se avisó.")},
    )
    authority_folio = forms.CharField(
        label=_("Folio que dio la autoridad"), max_length=60, required=False
    )

    def moment(self, zone: str) -> datetime:
        """Return when it was, as the organisation's clock says."""
        data = self.cleaned_data
        return datetime.combine(data["on"], data["at"], ZoneInfo(zone))


class ReviewReportForm(forms.Form):
    """What the second person says."""

    verdict = forms.ChoiceField(
        label=_("¿Estás de acuerdo con la decisión?"),
        choices=Report.Verdict.choices,
        widget=OneChip,
        error_messages={"required": _("Falta tu respuesta.")},
    )
    words = forms.CharField(
        label=_("Por qué"),
        required=False,
        max_length=1000,
        help_text=REMINDER,
        widget=forms.Textarea({"rows": 3, "autocomplete": "off"}),
    )
