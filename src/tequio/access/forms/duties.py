"""The form of an exception to the separation of duty."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.access.models import User
from tequio.ui.forms import DatePick


class ExceptionForm(forms.Form):
    """Who, why, until when, and who outside the organisation signs too."""

    person = forms.ModelChoiceField(
        label=_("Para quién"),
        queryset=User.objects.none(),
        empty_label=_("Elige"),
        error_messages={"required": _("Elige para quién es.")},
    )
    reason = forms.CharField(
        label=_("Por qué no puede hacerlo otra persona"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Escribe por qué.")},
    )
    ends_on = forms.DateField(
        label=_("Vale hasta"),
        help_text=_("Cuando mucho un año."),
        widget=DatePick,
        error_messages={"required": _("Falta hasta qué día vale.")},
    )
    outside_name = forms.CharField(
        label=_("Quién más firma, de fuera"),
        max_length=120,
        error_messages={"required": _("Falta el nombre de quien firma de fuera.")},
    )
    outside_office = forms.CharField(
        label=_("Su cargo"), max_length=120, error_messages={"required": _("Falta su cargo.")}
    )
    outside_organisation = forms.CharField(
        label=_("Su organización"),
        max_length=120,
        error_messages={"required": _("Falta de qué organización es.")},
    )
    agreed = forms.BooleanField(
        label=_("Las dos personas firmamos esta excepción en papel y lo guardamos"),
        error_messages={"required": _("Sin las dos firmas en papel no hay excepción.")},
    )

    def __init__(self, *args: object, by: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        people = User.objects.filter(organisation=by.organisation_id, is_active=True)
        chosen = self.fields["person"]
        chosen.queryset = people.exclude(pk=by.pk).order_by("name", "pk")  # type: ignore[attr-defined]
        chosen.label_from_instance = lambda user: user.name  # type: ignore[attr-defined]
