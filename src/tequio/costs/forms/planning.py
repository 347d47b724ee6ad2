"""Which edition to budget, and with how many."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.costs.forms.fields import said, whole
from tequio.costs.queries.budgets import Wanted
from tequio.programmes.models import Edition


class BudgetForm(forms.Form):
    """What is planned. It is asked by GET, so that an address is a budget."""

    edition = forms.ChoiceField(
        label=_("De qué programa"),
        error_messages={
            "required": _("Falta de qué programa."),
            "invalid_choice": _("Elige un programa de la lista."),
        },
    )
    groups = whole(
        _("Cuántos grupos"), least=1, most=200, missing=_("Falta cuántos grupos serían.")
    )
    men = whole(_("Cuántos hombres en total"), least=1, most=5_000, missing=_("Falta cuántos."))
    volunteers = whole(
        _("De quienes facilitan cada grupo, cuántas personas son voluntarias"), least=0, most=10
    )
    rise = forms.CharField(
        label=_("Cuánto subieron los precios desde el año base, en %"),
        required=False,
        max_length=6,
        help_text=_("Como 4.5. Vacío: los precios de entonces. No se inventa ninguna inflación."),
        widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
    )
    rise_source = said(_("De dónde sale ese aumento"), hint=_("Como «INEGI, INPC, oct 2026»."))
    reaching = whole(
        _("De cada 100 hombres, cuántos vendrían a más de la parte que se cuenta"),
        least=1,
        most=100,
        hint=_("Un escenario más, además de los que ya se muestran."),
    )

    def __init__(self, editions: Sequence[Edition], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ChoiceField", self.fields["edition"])
        field.choices = [(str(row.pk), f"{row.name} · {row.model_version}") for row in editions]

    def clean_rise(self) -> int:
        """Return hundredths of a percent."""
        typed = str(self.cleaned_data["rise"]).strip().removesuffix("%").strip()
        try:
            value = Decimal(typed or "0")
        except InvalidOperation:
            value = Decimal(-1)
        if not 0 <= value <= 100:
            raise forms.ValidationError(_("Ese aumento no se entiende. Escríbelo como 4.5."))
        return int(value * 100)

    def clean(self) -> dict[str, Any]:
        """A rise of prices has its source."""
        given = super().clean() or {}
        if given.get("rise") and not given.get("rise_source"):
            self.add_error("rise_source", _("Falta de dónde sale el aumento de precios."))
        return given

    def wanted(self) -> Wanted:
        """Return what the query takes."""
        given = dict(self.cleaned_data)
        given["volunteers"] = given["volunteers"] or 0
        given["edition"] = UUID(given["edition"])
        return Wanted(**given)
