"""What is typed while a study is prepared, amended and stopped."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.programmes.models import Edition
from tequio.studies.questions import MOST_PRIMARIES, Question
from tequio.studies.recipe import COVARIATES
from tequio.studies.rules import said
from tequio.studies.rules.choices import Choices
from tequio.ui.forms import Chips, DatePick, OneChip, Segmented

PRIMARY, SECONDARY, NO = "primary", "secondary", "no"
_ROLES: Final = (
    (PRIMARY, gettext_lazy("Principal")),
    (SECONDARY, gettext_lazy("Además")),
    (NO, gettext_lazy("No")),
)
_NO_DAY: Final = gettext_lazy("Escribe la fecha, por ejemplo 31/01/2027.")


def _day(label: Any, hint: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=hint,
        widget=DatePick,
        error_messages={"required": _NO_DAY, "invalid": _NO_DAY},
    )


class MeasuresForm(forms.Form):
    """What is measured, what counts most, and when the last answer is asked."""

    title = forms.CharField(
        label=gettext_lazy("Cómo se llama el estudio"),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text=gettext_lazy("Para reconocerlo en la lista. Sin nombres de nadie."),
        error_messages={"required": gettext_lazy("Falta cómo se llama.")},
    )

    def __init__(self, question: Question, chosen: Choices, title: str, data: Any = None) -> None:
        first = {"title": title, "wave": chosen.wave}
        super().__init__(data, initial=first)
        self.question, words = question, said.waves_of(question.informant)
        for at, one in enumerate(question.candidates):
            self.fields[f"measure_{at}"] = forms.ChoiceField(
                label=one.label,
                # Days of waiting say what the house did, and answer no question about her.
                choices=_ROLES[1:] if one.is_time else _ROLES,
                widget=Segmented,
                initial=_role(one.key, chosen),
                error_messages={"required": gettext_lazy("Elige una de las tres.")},
            )
        self.fields["wave"] = forms.ChoiceField(
            label=_("Cuándo es la última respuesta"),
            choices=[(wave, _capital(str(words[wave]))) for wave in question.waves],
            widget=OneChip,
            error_messages={"required": gettext_lazy("Falta cuándo es la última respuesta.")},
        )

    def clean(self) -> dict[str, Any]:
        """One to three count most: with more, one of them comes out by luck."""
        answered = super().clean() or {}
        unsaid = any(name.startswith("measure_") for name in self.errors)
        if not unsaid and not 1 <= len(self._with(PRIMARY)) <= MOST_PRIMARIES:
            raise forms.ValidationError(
                _(
                    "Elige de una a tres medidas principales. Con más, alguna sale bien por azar; "
                    "sin ninguna, se elegiría después de ver los resultados."
                )
            )
        return answered

    def chosen(self) -> dict[str, Any]:
        """Return what the action takes."""
        return {
            "primary": self._with(PRIMARY),
            "secondary": self._with(SECONDARY),
            "wave": self.cleaned_data["wave"],
        }

    def _with(self, role: str) -> tuple[str, ...]:
        return tuple(
            one.key
            for at, one in enumerate(self.question.candidates)
            if self.cleaned_data.get(f"measure_{at}") == role
        )


class PeopleForm(forms.Form):
    """Who is in, how many are expected, and when something is said of it."""

    def __init__(
        self,
        question: Question,
        chosen: Choices,
        editions: Sequence[Edition],
        data: Any = None,
    ) -> None:
        names = ("first", "last", "monthly", "released")
        first = {name: getattr(chosen, name) for name in names}
        if question.informant == "community" and chosen.monthly is not None:
            first["monthly"] = round(12 * chosen.monthly)
        first |= {"editions": list(chosen.editions), "covariates": list(chosen.covariates)}
        super().__init__(data, initial={**first, "every": chosen.every})
        self.question = question
        if question.informant == "men" and editions:
            self.fields["editions"] = _editions(editions)
        self.fields["first"] = _day(_("Desde qué día entran"))
        self.fields["last"] = _day(
            _("Hasta qué día entran"),
            _("Después ya no entra nadie más; a quienes entraron se les sigue preguntando."),
        )
        self.fields["monthly"] = _monthly(question)
        self.fields["released"] = _day(
            _("Cuándo se publica por primera vez"),
            _("En una fecha fija, para que nadie elija el momento que más conviene."),
        )
        if question.informant != "women":
            self.fields["every"] = _every()
        if known := COVARIATES[question.informant]:
            self.fields["covariates"] = _covariates(known)

    def clean(self) -> dict[str, Any]:
        """The days follow each other."""
        answered = super().clean() or {}
        first, last, released = (answered.get(name) for name in ("first", "last", "released"))
        if first and last and last <= first:
            self.add_error("last", _("Tiene que ser después del día en que empiezan a entrar."))
        elif last and released and released <= last:
            self.add_error(
                "released", _("Tiene que ser después del último día en que entra alguien.")
            )
        return answered

    def chosen(self) -> dict[str, Any]:
        """Return what the action takes."""
        answered = self.cleaned_data
        return {
            "editions": tuple(answered.get("editions", ())),
            "first": answered["first"],
            "last": answered["last"],
            "monthly": self._a_month(answered["monthly"]),
            "released": answered["released"],
            "every": answered.get("every") or "year",
            "covariates": tuple(answered.get("covariates", ())),
        }

    def _a_month(self, expected: float | None) -> float | None:
        """Of a neighbourhood it is asked how many answer in a year."""
        if expected is None or self.question.informant != "community":
            return expected
        return expected / 12


class AmendForm(PeopleForm):
    """A frozen plan changes by an amendment: what is measured, of whom, when, and why."""

    def __init__(
        self,
        question: Question,
        chosen: Choices,
        editions: Sequence[Edition],
        data: Any = None,
    ) -> None:
        super().__init__(question, chosen, editions, data)
        self.measures = MeasuresForm(question, chosen, "-", data)
        del self.fields["monthly"]
        for name, one in self.measures.fields.items():
            if name != "title":
                one.initial = self.measures.get_initial_for_field(one, name)
                self.fields[name] = one
        self.fields["reason"] = _words(
            _("Por qué se cambia"),
            _("Queda escrito con la fecha y se lee en cada reporte. Sin nombres."),
            _("Falta por qué se cambia."),
        )
        self.order_fields(["reason", *(n for n in self.measures.fields if n != "title")])

    def clean(self) -> dict[str, Any]:
        """Both halves hold."""
        answered = super().clean()
        primaries = [
            name
            for name, value in answered.items()
            if name.startswith("measure_") and value == PRIMARY
        ]
        if not 1 <= len(primaries) <= MOST_PRIMARIES and not self.errors:
            raise forms.ValidationError(_("Elige de una a tres medidas principales."))
        return answered

    def chosen(self) -> dict[str, Any]:
        """Return what the action takes."""
        roles = [
            (one.key, self.cleaned_data[f"measure_{at}"])
            for at, one in enumerate(self.question.candidates)
        ]
        answered = self.cleaned_data
        return {
            "primary": tuple(key for key, role in roles if role == PRIMARY),
            "secondary": tuple(key for key, role in roles if role == SECONDARY),
            "wave": answered["wave"],
            "editions": tuple(answered.get("editions", ())),
            "first": answered["first"],
            "last": answered["last"],
            "released": answered["released"],
            "every": answered.get("every") or "year",
            "covariates": tuple(answered.get("covariates", ())),
        }


class StopForm(forms.Form):
    """Why a study is stopped."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["why"] = _words(
            _("Por qué se detiene"),
            _("Queda guardado y se lee junto al estudio. Sin nombres."),
            _("Falta por qué se detiene."),
        )


def _role(key: str, chosen: Choices) -> str:
    if key in chosen.primary:
        return PRIMARY
    return SECONDARY if key in chosen.secondary else NO


def _editions(editions: Sequence[Edition]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("De qué ediciones"),
        required=False,
        choices=[(str(one.pk), one.name) for one in editions],
        widget=Chips,
        help_text=_("Si no eliges ninguna, son todas."),
        error_messages={"invalid_choice": gettext_lazy("Elige de la lista.")},
    )


def _monthly(question: Question) -> forms.FloatField:
    hers = question.informant == "women"
    labels = {
        "men": _("Cuántos hombres nuevos esperas al mes"),
        "women": _("Cuántas mujeres nuevas esperas al mes"),
        "community": _("Cuántas personas esperas que contesten cada año"),
    }
    hint = _(
        "Déjalo vacío y se toma lo que ha pasado aquí en el último año. Sirve para planear y no "
        "entra en el plan."
    )
    if hers:
        hint = _(
            "De este lado no se ve cuántas mujeres acompañan: escribe cuántas esperas. Sirve para "
            "planear y no entra en el plan."
        )
    return forms.FloatField(
        label=labels[question.informant],
        required=hers,
        min_value=0.1,
        max_value=10_000,
        help_text=hint,
        widget=forms.NumberInput({"inputmode": "decimal", "step": "0.1"}),
        error_messages={
            "required": gettext_lazy("Falta cuántas esperas; una cifra aproximada basta."),
            "invalid": gettext_lazy("Escríbelo con números, por ejemplo 6 o 2.5."),
            "min_value": gettext_lazy("Es muy poco: escribe %(limit_value)s o más."),
            "max_value": gettext_lazy("Es demasiado: escribe %(limit_value)s o menos."),
        },
    )


def _every() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Y después, cada cuánto"),
        choices=[(key, _capital(str(words))) for key, words in said.EVERY.items()],
        widget=Segmented,
        error_messages={"required": gettext_lazy("Falta cada cuánto se publica.")},
    )


def _covariates(known: Sequence[str]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("Qué se toma en cuenta al comparar"),
        required=False,
        choices=[(key, _capital(str(said.COVARIATES[key]))) for key in known],
        widget=Chips,
        help_text=_("Solo lo que ya se sabía el primer día. Con pocas personas, mejor nada."),
        error_messages={"invalid_choice": gettext_lazy("Elige de la lista.")},
    )


def _words(label: str, hint: str, missing: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=400,
        help_text=hint,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": missing},
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def days_from(today: date) -> tuple[date, date, date]:
    """Propose a year that begins with the next month, and its first release half a year later."""
    first = date(today.year + today.month // 12, today.month % 12 + 1, 1)
    last = date(first.year + 1, first.month, 1)
    released = date(last.year + (last.month + 6 > 12), (last.month + 5) % 12 + 1, 15)
    return first, date.fromordinal(last.toordinal() - 1), released
