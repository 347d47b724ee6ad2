"""What is typed of a committee."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.core.errors import DomainError
from tequio.core.money import cents, pesos
from tequio.network.actions.committees import Joining, Line
from tequio.network.forms.fields import number, one_of, words
from tequio.network.forms.stakeholders import day_field
from tequio.network.models import Member, Money


class CommitteeForm(forms.Form):
    """A committee that was founded."""

    name = words(_("Cómo se llama"), 80, missing=_("Falta cómo se llama el comité."))
    takes_on = words(_("De qué se encarga"), 200)
    founded_on = day_field(_("Qué día se formó"))


class MemberForm(forms.Form):
    """Somebody who comes into a committee."""

    alias = words(
        _("Con qué nombre quiere estar"),
        40,
        missing=_("Falta con qué nombre quiere estar."),
        hint=_("Su nombre de pila o un alias. Sin apellidos y sin decir por qué vino."),
    )
    part = one_of(_("Qué hace"), Member.Part.choices, missing=_("Falta qué hace en el comité."))
    since = day_field(_("Desde cuándo"))
    term_ends_on = day_field(_("Hasta cuándo es su periodo"))
    agrees = forms.BooleanField(
        label=_("Está de acuerdo en aparecer aquí con ese nombre y sabe que puede salir"),
        error_messages={"required": _("Sin su acuerdo no entra a la lista. Pregúntale.")},
    )

    def joining(self) -> Joining:
        """Return what the action takes."""
        return Joining(**self.cleaned_data)


class TermForm(forms.Form):
    """That somebody goes on for another term."""

    until = day_field(_("Hasta cuándo es su periodo"))
    agrees = forms.BooleanField(
        label=_("Se le preguntó y quiere seguir"),
        error_messages={"required": _("Sin su acuerdo no sigue en la lista. Pregúntale.")},
    )


class MeetingForm(forms.Form):
    """One time that the committee met."""

    held_on = day_field(_("Qué día"))
    present = number(_("Cuántas personas vinieron"), least=1, missing=_("Falta cuántas vinieron."))
    spoke_of = words(
        _("De qué se habló"),
        300,
        rows=3,
        missing=_("Falta de qué se habló."),
        hint=_("Sin nombres."),
    )


class MoneyForm(forms.Form):
    """A line of the committee's book."""

    way = one_of(_("¿Entró o salió?"), Money.Way.choices, missing=_("Falta si entró o salió."))
    amount = words(
        _("Cuánto, en pesos"), 16, missing=_("Falta cuánto."), hint=_("Como 1,250 o 1250.50")
    )
    on = day_field(_("Qué día"))
    what = words(_("De qué o para qué"), 160, missing=_("Falta de qué o para qué."))
    receipt = words(_("Con qué se comprueba"), 120, hint=_("El recibo o la nota, y dónde está."))
    beyond = forms.BooleanField(
        label=_("Sí se gastó más de lo que hay en el libro"),
        help_text=_("Alguien lo puso de su bolsa, o falta anotar una entrada."),
        required=False,
    )

    def __init__(self, *args: Any, left: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.left = left
        # It is asked only of whoever has just written more than there is.
        if not self._is_beyond():
            del self.fields["beyond"]

    def _is_beyond(self) -> bool:
        try:
            amount = cents(str(self.data.get("amount", "")))
        except DomainError:
            return False
        return self.data.get("way") == Money.Way.SPENT and amount > self.left

    def clean(self) -> dict[str, Any]:
        """Ask once before a book goes below nothing: a line is never taken out again."""
        typed = super().clean() or {}
        if "beyond" in self.fields and not typed.get("beyond"):
            self.add_error(
                "amount",
                _("En el libro quedan %(left)s. Revisa los ceros; si así fue, marca la casilla.")
                % {"left": pesos(max(0, self.left))},
            )
        return typed

    def clean_amount(self) -> str:
        """Refuse here what could mean two amounts."""
        typed = str(self.cleaned_data["amount"])
        try:
            cents(typed)
        except DomainError as error:
            raise forms.ValidationError(str(error)) from error
        return typed

    def line(self) -> Line:
        """Return what the action takes."""
        return Line(**self.cleaned_data)
