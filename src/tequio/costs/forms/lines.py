"""What is typed of an expense, of hours, of an income, and of a year's assumptions."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.access.models import User
from tequio.costs.actions.entries import HOURS, Expense, Hours
from tequio.costs.actions.incomes import Received
from tequio.costs.actions.lines import For, Paid
from tequio.costs.actions.terms import Assumed
from tequio.costs.forms.fields import ForField, Money, Time, key_field, said, whole
from tequio.costs.models import Entry, Income, Terms
from tequio.costs.models.books import MOST_YEARS
from tequio.costs.models.terms import ShareBy
from tequio.ui.forms import OneChip, Segmented

_NO_NAMES = _("Sin nombres de participantes ni de mujeres.")


class InAnotherCurrency(forms.Form):
    """What a line needs that was paid in another currency than the book's."""

    key = key_field()
    currency = forms.CharField(
        label=_("En qué moneda"),
        max_length=3,
        required=False,
        help_text=_("Tres letras, como USD. Vacío si es la del libro."),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters"}),
    )
    exchange = forms.CharField(
        label=_("A cuánto se cambió"),
        max_length=14,
        required=False,
        help_text=_("Cuánto de la moneda del libro por cada una de la otra, como 18.35"),
        widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
    )
    exchange_source = said(_("De dónde sale ese cambio"), hint=_("Como «DOF, 3 mar 2026»."))
    ABROAD = ("currency", "exchange", "exchange_source")

    @property
    def abroad(self) -> list[forms.BoundField]:
        """The three fields of another currency, which the page keeps folded."""
        return [self[name] for name in self.ABROAD]

    @property
    def at_home(self) -> list[forms.BoundField]:
        """All the others that are seen."""
        return [one for one in self if one.name not in self.ABROAD and not one.is_hidden]

    @property
    def opens(self) -> bool:
        """Whether the folded fields hold something."""
        return any(one.value() for one in self.abroad)

    def _paid(self, cents: int) -> Paid:
        given = self.cleaned_data
        return Paid(cents, given["currency"], given["exchange"], given["exchange_source"])


class ExpenseForm(InAnotherCurrency):
    """An expense of one kind; overheads and start-up ask for one thing more."""

    amount = Money(
        _("Cuánto"), missing=_("Falta cuánto fue."), hint=_("Como 1,250. Cero si no costó nada.")
    )
    paid = forms.ChoiceField(
        label=_("¿Se pagó o lo dieron?"),
        choices=[("yes", _("Se pagó")), ("no", _("Lo dieron"))],
        initial="yes",
        widget=Segmented,
        help_text=_("Lo que dieron se anota en lo que habría costado."),
    )
    percent = whole(
        _("Qué parte es de este programa, en %"),
        least=1,
        most=100,
        missing=_("Falta qué parte es de este programa."),
        hint=_("De la renta o la luz de toda la oficina, lo que usa el programa."),
    )
    years = whole(
        _("En cuántos años se usa"),
        least=1,
        most=MOST_YEARS,
        missing=_("Falta en cuántos años se reparte."),
        hint=_("Se reparte por igual entre esos años, desde este. Sin intereses."),
    )
    what = said(_("Qué fue"), hint=_NO_NAMES)
    to = ForField()

    field_order = ("key", "amount", "paid", "percent", "years", "what", "to")

    def __init__(self, user: User, kind: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        cast("ForField", self.fields["to"]).offer(user)
        if kind != Entry.Kind.OVERHEAD:
            del self.fields["percent"]
        if kind != Entry.Kind.START_UP:
            del self.fields["years"]
        else:
            self.fields["years"].initial = 3

    def expense(self, year: int) -> Expense:
        """Return what the action takes."""
        given = self.cleaned_data
        return Expense(
            key=given["key"],
            year=year,
            kind=self.kind,
            amount=self._paid(given["amount"]),
            what=given["what"],
            to=given["to"],
            paid=given["paid"] == "yes",
            percent=given.get("percent", 100),
            years=given.get("years", 1),
        )


class HoursForm(forms.Form):
    """Hours of a task. Those of contact with partners have a page of their own."""

    key = key_field()
    task = forms.ChoiceField(
        label=_("Para qué fueron"),
        choices=[one for one in Entry.Task.choices if one[0] != Entry.Task.CONTACT],
        widget=OneChip,
        error_messages={"required": _("Falta para qué fueron las horas. Elige una opción.")},
    )
    minutes = Time(_("Cuántas horas"), missing=_("Falta cuántas horas fueron."))
    volunteer = forms.ChoiceField(
        label=_("De quién"),
        choices=[("no", _("Equipo pagado")), ("yes", _("Voluntariado"))],
        initial="no",
        widget=Segmented,
    )
    rate = Money(
        _("Cuánto cuesta la hora"),
        hint=_("Vacío: lo que dicen los supuestos del año."),
    )
    what = said(_("Nota"), hint=_NO_NAMES)
    to = ForField()

    def __init__(self, user: User, terms: Terms | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._terms = terms
        if "to" in self.fields:
            cast("ForField", self.fields["to"]).offer(user)

    def clean(self) -> dict[str, Any]:
        """Take the rate of the year where none was typed; without one say so."""
        given = super().clean() or {}
        if given.get("rate") is None and "rate" not in self.errors:
            volunteer = given.get("volunteer") == "yes"
            given["rate"] = self._terms.an_hour(volunteer=volunteer) if self._terms else None
            if given["rate"] is None:
                self.add_error(
                    "rate",
                    _(
                        "Falta cuánto cuesta la hora: los supuestos del año no lo dicen. Escríbelo "
                        "aquí, o allá para todo el año."
                    ),
                )
        return given

    def hours(self, year: int) -> Hours:
        """Return what the action takes."""
        given = self.cleaned_data
        return Hours(
            key=given["key"],
            year=year,
            task=given.get("task", Entry.Task.CONTACT),
            minutes=given["minutes"],
            rate_cents=given["rate"],
            volunteer=given["volunteer"] == "yes",
            what=given.get("what", ""),
            to=given.get("to") or For(),
        )


class ContactForm(HoursForm):
    """The one total of a year; nothing in it says of whom, when or in which group."""

    task = None  # type: ignore[assignment]
    what = None  # type: ignore[assignment]
    to = None  # type: ignore[assignment]


class IncomeForm(InAnotherCurrency):
    """Money that came in."""

    kind = forms.ChoiceField(
        label=_("De dónde viene"),
        choices=Income.Kind.choices,
        widget=OneChip,
        error_messages={"required": _("Falta de dónde viene. Elige una opción.")},
    )
    amount = Money(_("Cuánto"), missing=_("Falta cuánto fue."))
    count = whole(
        _("Cuántas aportaciones fueron"),
        least=1,
        most=100_000,
        hint=_("Solo de las voluntarias: cuántas, y nunca de quién."),
    )
    what = said(
        _("De qué o de quién"),
        hint=_("El convenio, la fundación o la convocatoria. Vacío en las voluntarias."),
    )
    field_order = ("key", "kind", "amount", "count", "what")

    def received(self, year: int) -> Received:
        """Return what the action takes."""
        given = self.cleaned_data
        return Received(
            key=given["key"],
            year=year,
            kind=given["kind"],
            amount=self._paid(given["amount"]),
            what=given["what"],
            count=given["count"],
        )


class TermsForm(forms.Form):
    """What is assumed for a year."""

    wage_cents = Money(_("Cuánto cuesta una hora del equipo"))
    wage_holds = said(
        _("Qué incluye"), hint=_("Como «salario, IMSS, aguinaldo, vacaciones y prima».")
    )
    shadow_cents = Money(_("Cuánto habría costado una hora de voluntariado"))
    shadow_source = said(
        _("De dónde sale"), hint=_("Como «lo que pagamos por una hora igual», o «salario mínimo».")
    )
    preparation_minutes = whole(
        _("Minutos de preparación acordados"),
        least=0,
        most=600,
        missing=_("Faltan los minutos. Escribe 0 si no se acordó nada."),
        hint=_("Por sesión y por persona que facilita."),
    )
    dose_percent = whole(
        _("A más de qué parte de sus sesiones vino quien se cuenta, en %"),
        least=1,
        most=99,
        missing=_("Falta la parte. En 2010 se contó a más del 75 %."),
        hint=_("Cuenta a cuánto vino. No dice si dejó la violencia."),
    )
    share_by = forms.ChoiceField(
        label=_("Cómo se reparte lo común entre los grupos"),
        choices=ShareBy.choices,
        widget=OneChip,
        error_messages={"required": _("Falta cómo se reparte. Elige una opción.")},
    )
    currency = forms.CharField(
        label=_("Moneda del libro"),
        max_length=3,
        help_text=_("Tres letras: MXN son pesos. Es una sola para todos los años."),
        error_messages={"required": _("Falta la moneda. Escribe MXN si son pesos.")},
    )

    def assumed(self) -> Assumed:
        """Return what the action takes."""
        return Assumed(**self.cleaned_data)

    @staticmethod
    def start(terms: Terms) -> dict[str, Any]:
        """Return what the form begins with."""
        names = ("wage_holds", "shadow_source", "preparation_minutes", "dose_percent")
        found: dict[str, Any] = {name: getattr(terms, name) for name in names}
        found |= {"share_by": terms.share_by, "currency": terms.currency}
        for name in ("wage_cents", "shadow_cents"):
            value = getattr(terms, name)
            found[name] = "" if value is None else f"{value / 100:,.2f}"
        return found


ENTERED = tuple(kind for kind in Entry.Kind if kind not in HOURS)
