"""What people type when they issue or void a certificate. Its words are not among it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.reports.models import Certificate


class IssueForm(forms.Form):
    """Of which programme, and who signs."""

    enrolment = forms.ChoiceField(
        label=_("De qué programa"),
        choices=(),
        error_messages={"required": _("Falta el programa. Elige uno.")},
    )
    signed_name = forms.CharField(
        label=_("Quién la firma"),
        max_length=100,
        error_messages={"required": _("Falta quién la firma.")},
    )
    signed_as = forms.CharField(
        label=_("Su cargo"), max_length=120, error_messages={"required": _("Falta su cargo.")}
    )

    def __init__(self, *args: Any, ways: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["enrolment"]).choices = ways


class VoidForm(forms.Form):
    """Why a certificate no longer holds."""

    reason = forms.ChoiceField(
        label=_("Por qué se anula"),
        choices=[("", _("Elige un motivo")), *Certificate.VoidReason.choices],
        error_messages={"required": _("Falta por qué se anula. Elige un motivo.")},
    )


class CheckForm(forms.Form):
    """A folio as somebody reads it from the paper."""

    folio = forms.CharField(label=_("Folio de la constancia"), max_length=20)
