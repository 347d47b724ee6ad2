"""What is typed about the law of a state."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.territory import places
from tequio.territory.law import Written
from tequio.territory.models import LawText
from tequio.ui.forms import DatePick, Segmented

LONGEST = 8000


class LawForm(forms.Form):
    """A lawyer's text for one state. Nobody else's: the form says so."""

    state = forms.ChoiceField(
        label=_("Estado"), error_messages={"required": _("Falta para qué estado es.")}
    )
    about = forms.ChoiceField(
        label=_("Sobre qué"),
        choices=LawText.About.choices,
        widget=Segmented,
        error_messages={"required": _("Falta sobre qué es.")},
    )
    text = forms.CharField(
        label=_("Qué dice"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 12}),
        help_text=_("Cuándo hay que avisar, a quién, cómo y en cuánto tiempo. Con sus palabras."),
        error_messages={"required": _("Falta el texto.")},
    )
    author = forms.CharField(
        label=_("Quién lo escribió"),
        max_length=120,
        help_text=_("La abogada o el abogado de tu organización, con nombre completo."),
        error_messages={"required": _("Falta quién lo escribió.")},
    )
    licence = forms.CharField(label=_("Cédula profesional"), max_length=20, required=False)
    dated_on = forms.DateField(
        label=_("De qué día es"),
        widget=DatePick,
        error_messages={"required": _("Falta la fecha del texto.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options = [("", _("Elige")), *((one.key, one.name) for one in places.states())]
        self.fields["state"].choices = options  # type: ignore[attr-defined]

    def said(self) -> Written:
        """Return what the action takes."""
        return Written(**self.cleaned_data)
