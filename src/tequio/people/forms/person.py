"""What people type about a man. Only an alias is required; the rest waits until it is needed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.core import clock
from tequio.people.vault import Who


class LookForm(forms.Form):
    """What is asked before a file is opened: enough to find him if he has been here."""

    given_names = forms.CharField(label=_("Nombre o nombres"), max_length=80, required=False)
    surnames = forms.CharField(label=_("Apellidos"), max_length=80, required=False)
    birth_year = forms.IntegerField(
        label=_("Año de nacimiento"),
        required=False,
        help_text=_("Solo el año: para no confundir a dos personas con el mismo nombre."),
        error_messages={"invalid": _("Escribe el año con cuatro números, por ejemplo 1988.")},
    )
    phone = forms.CharField(
        label=_("Teléfono"),
        max_length=20,
        required=False,
        help_text=_("Diez números, por ejemplo 55 1234 5678. Solo para avisarle de sus sesiones."),
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
    )

    def clean_phone(self) -> str:
        """Accept ten digits, with or without +52, spaces and dashes."""
        given = str(self.cleaned_data["phone"]).strip()
        digits = "".join(c for c in given if c.isdigit())
        if digits and not given.startswith("+") and len(digits) not in {10, 12, 13}:
            raise forms.ValidationError(
                _("Ese teléfono tiene %(n)s números; en México son diez. Revísalo."),
                params={"n": len(digits)},
            )
        return given

    def clean_birth_year(self) -> int | None:
        """Accept a year of somebody alive."""
        year: int | None = self.cleaned_data["birth_year"]
        this_year = clock.now().year
        if year is not None and not this_year - 110 <= year <= this_year - 10:
            raise forms.ValidationError(_("Ese año de nacimiento no parece correcto. Revísalo."))
        return year

    def who(self, outside_code: str = "") -> Who:
        """Return the identity as typed; the number of an outside register stays as it was."""
        data: dict[str, Any] = self.cleaned_data
        return Who(
            given_names=data["given_names"],
            surnames=data["surnames"],
            phone=data["phone"],
            birth_year=data["birth_year"],
            outside_code=outside_code,
        )


class PersonForm(LookForm):
    """A man's alias, and who he is."""

    alias = forms.CharField(
        label=_("Cómo le dicen en el grupo"),
        max_length=40,
        help_text=_("Un apodo o su primer nombre. Es lo que se ve en el círculo."),
        error_messages={"required": _("Falta cómo le dicen. Escribe un apodo o su primer nombre.")},
    )
    field_order = ("alias", "given_names", "surnames", "phone", "birth_year")
