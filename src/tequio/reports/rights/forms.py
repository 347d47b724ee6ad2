"""What is typed about a request, and before somebody is forgotten."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tequio.core.errors import DomainError
from tequio.core.ids import parse_folio
from tequio.reports.models import Erasure, RightsRequest
from tequio.reports.rights.actions import Received
from tequio.reports.rights.erasing import Asked
from tequio.reports.rights.opening import Line
from tequio.reports.rights.rules import may_be_names
from tequio.ui.forms import DatePick

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    Words = str | StrPromise


def _one(label: Words, choices: Iterable[tuple[str, Words]], missing: Words) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=[("", _("Elige")), *choices], error_messages={"required": missing}
    )


def _text(label: Words, hint: Words) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def _folio(typed: object) -> str:
    try:
        return parse_folio(str(typed))
    except DomainError as error:
        raise forms.ValidationError(str(error)) from error


class ReceiveForm(forms.Form):
    """What came in, and how."""

    right = _one(_("Qué pide"), RightsRequest.Right.choices, _("Falta qué pide."))
    folio = forms.CharField(
        label=_("Folio de la persona"),
        help_text=_("Déjalo vacío si no se guarda nada de quien pide."),
        max_length=20,
        required=False,
    )
    received_on = forms.DateField(
        label=_("Qué día se recibió"),
        help_text=_("Desde ese día cuenta el plazo, aunque lo anotes después."),
        widget=DatePick,
        error_messages={"required": _("Falta el día en que se recibió.")},
    )
    way = _one(_("Por qué medio"), RightsRequest.Way.choices, _("Falta por qué medio llegó."))
    asked_by = _one(_("Quién lo pide"), RightsRequest.AskedBy.choices, _("Falta quién lo pide."))
    asks = _text(_("Qué dice, en pocas palabras"), _("Sin nombres de otras personas."))

    def clean_folio(self) -> str:
        """A folio as it is written on paper, or nothing."""
        typed = str(self.cleaned_data["folio"]).strip()
        return _folio(typed) if typed else ""

    def said(self) -> Received:
        """Return what was typed."""
        return Received(**self.cleaned_data)


class IdentifyForm(forms.Form):
    """How one saw who asks."""

    identity = _one(
        _("Cómo se comprobó quién es"),
        RightsRequest.Identity.choices,
        _("Falta cómo se comprobó quién es."),
    )


class AnswerForm(forms.Form):
    """What is answered."""

    decision = _one(_("Respuesta"), RightsRequest.Decision.choices, _("Falta la respuesta."))
    words = _text(
        _("La razón, como va en el papel"),
        _("Sin nombres de otras personas y sin nada que ellas hayan dicho."),
    )


class LookForm(forms.Form):
    """Every free text of his file, one under the other, to be read and struck out."""

    def __init__(
        self, *args: Any, texts: Sequence[Line], own: Sequence[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for n, line in enumerate(texts):
            names = may_be_names(line.value, own)
            self.fields[f"text_{n}"] = forms.CharField(
                label=line.label,
                help_text=_now("Revisa: %(names)s") % {"names": ", ".join(names)} if names else "",
                initial=line.value,
                required=False,
                max_length=20_000,
                widget=forms.Textarea(attrs={"rows": 3}),
            )
        self.fields["looked"] = forms.BooleanField(
            label=_("Leí todo y taché los nombres de otras personas y lo que ellas dijeron"),
            error_messages={"required": _("Falta decir que leíste todo.")},
        )

    def texts(self) -> list[str]:
        """Return the texts as they were left."""
        names = [name for name in self.fields if name.startswith("text_")]
        return [str(self.cleaned_data[name]) for name in names]


class ForgetForm(forms.Form):
    """Why somebody is forgotten, and the folio typed once more."""

    reason = _one(_("Por qué se borra"), Erasure.Reason.choices, _("Falta por qué se borra."))
    order_to_keep = forms.ChoiceField(
        label=_("¿Una autoridad pidió conservar lo que se sabe de él?"),
        choices=[("no", _("No")), ("yes", _("Sí"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Falta decir si hay una orden.")},
    )
    folio = forms.CharField(
        label=_("Escribe su folio"),
        help_text=_("No se puede deshacer."),
        max_length=20,
        error_messages={"required": _("Falta su folio.")},
    )

    def __init__(self, *args: Any, his: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._his = his

    def clean_folio(self) -> str:
        """The folio of this man and of nobody else."""
        typed = _folio(self.cleaned_data["folio"])
        if typed != self._his:
            raise forms.ValidationError(_("Ese folio es de otra persona. Revisa a quién borras."))
        return typed

    def asked(self) -> Asked:
        """Return what was said."""
        said = self.cleaned_data
        return Asked(said["reason"], order_to_keep=said["order_to_keep"] == "yes")
