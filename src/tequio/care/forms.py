"""What people type into this room's forms. Forms parse and check; they never save."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.care import questions, rules
from tequio.care.actions.plans import Track
from tequio.care.models import Level, Plan, Review
from tequio.care.queries.pages import pair_label
from tequio.people.catalogues import violence
from tequio.ui.forms import Chips, DatePick, OneChip, Segmented

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    Words = str | StrPromise

Answers = Mapping[str, Any]
REMINDER = _("Sin nombres, sin lo que ella dijo.")
LONGEST = 2000


def _words(label: Words, *, required: bool = False, hint: Words = REMINDER) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=LONGEST,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Falta escribir esto. Una o dos frases bastan.")},
    )


class _One(forms.ChoiceField):
    """Asked of everybody, and may wait: what is still empty is said on the last step."""

    def validate(self, value: Any) -> None:
        if value not in self.empty_values:
            super().validate(value)


class _Several(forms.MultipleChoiceField):
    """The same, for several answers."""

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)


def _one(label: Words, choices: questions.Choices, hint: Words = "") -> forms.ChoiceField:
    return _One(label=label, choices=choices, help_text=hint, widget=OneChip)


def _several(
    label: Words, choices: questions.Choices, hint: Words = ""
) -> forms.MultipleChoiceField:
    return _Several(label=label, choices=choices, help_text=hint, widget=Chips)


def _any(label: Words, choices: questions.Choices, hint: Words = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, help_text=hint, required=False, widget=Chips
    )


class StepForm(forms.Form):
    """One step of the diagnosis. Nothing is required: leaving a step keeps what was answered."""

    use_required_attribute = False

    def __init__(self, step: questions.Step, answers: Answers, data: Any = None) -> None:
        super().__init__(data)
        self.step, self.answers = step, answers
        self.day = date.fromisoformat(answers["told_on"])
        for question in step.questions:
            build = _several if question.several else _one
            self._put(
                question.code, build(str(question.label), question.choices, str(question.hint))
            )
        self._put_violence()
        if step.slug in questions.WITH_WORDS:
            self._put("words", _words(_("Con sus palabras")))
            self.initial["words"] = answers.get("words", {}).get(step.slug, "")

    def _put(self, name: str, field: forms.Field) -> None:
        self.fields[name] = field
        self.initial.setdefault(name, self.answers.get(name))

    def _put_violence(self) -> None:
        there = violence.in_force(self.day)
        if self.step is questions.WHAT:
            kinds = [(kind.code, kind.label) for kind in there.types]
            hint = _("Todas las que ha usado.")
            self._put("types", _any(_("¿De qué tipo?"), kinds, hint))
        if self.step is questions.WHOM:
            whom = [(one.code, one.label) for one in there.against]
            for kind in rules.types(self.answers):
                self.initial[kind] = self.answers.get("against", {}).get(kind)
                self._put(kind, _several(violence.label(kind, on=self.day), whom))
        if self.step is questions.WHEN:
            for pair in rules.pairs(self.answers):
                self.initial[pair.key] = self.answers.get("last", {}).get(pair.key)
                self._put(pair.key, _one(pair_label(pair, self.day), questions.LAST))

    def given(self) -> dict[str, Any]:
        """Return the answers of this step as the diagnosis keeps them."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "words"}
        if self.step is questions.WHOM:
            given = {"against": given}
        if self.step is questions.WHEN:
            given = {"last": given}
        if "words" in self.fields:
            given["words"] = {self.step.slug: self.cleaned_data["words"].strip()}
        return given


class JudgeForm(forms.Form):
    """A level with its reasons. Nothing is chosen beforehand: the person judges."""

    level = forms.ChoiceField(
        label=_("Tu valoración"),
        choices=Level.choices,
        widget=Segmented,
        help_text=_("No hay puntos ni suma. Es tu juicio, con tu nombre."),
        error_messages={"required": _("Falta tu valoración: bajo, medio o alto.")},
    )
    reasons = forms.MultipleChoiceField(
        label=_("¿En qué te basas?"),
        choices=questions.REASONS,
        widget=Chips,
        error_messages={"required": _("Elige al menos una razón.")},
    )
    why = _words(_("Por qué"), required=True)
    measures = forms.MultipleChoiceField(
        label=_("¿Qué se hace ahora?"), choices=questions.MEASURES, widget=Chips, required=False
    )
    agreed = _words(_("Lo que se acordó con él"))
    again_on = forms.DateField(
        label=_("¿Cuándo se vuelve a mirar?"),
        required=False,
        widget=DatePick,
        help_text=_("Si sigue abierta. Vacío: en dos semanas; si es alta, en tres días."),
        error_messages={"invalid": _("Ese día no se entiende. Elige uno en el calendario.")},
    )


class WordsForm(forms.Form):
    """Why a review is closed, confirmed or left open."""

    words = _words(_("Qué se hizo y por qué se puede cerrar"), required=True)

    def __init__(self, data: Any = None, *, label: Words = "") -> None:
        super().__init__(data)
        if label:
            self.fields["words"].label = label


class OpenForm(forms.Form):
    """Why somebody has to look at his situation."""

    trigger = forms.ChoiceField(
        label=_("¿Qué pasó?"),
        choices=[pair for pair in Review.Trigger.choices if pair[0] != Review.Trigger.INTAKE],
        widget=OneChip,
        error_messages={"required": _("Elige qué pasó.")},
    )
    said = _words(_("Lo que hay que saber"))


class PlanForm(forms.Form):
    """Where he is accompanied, and by which ways."""

    decision = forms.ChoiceField(
        label=_("¿Dónde?"),
        choices=Plan.Decision.choices,
        widget=Segmented,
        error_messages={"required": _("Elige si es aquí o en otro lugar.")},
    )
    tracks = _any(
        _("¿Qué va a hacer?"),
        questions.TRACKS,
        _("Varias cosas a la vez: cada una llevará su razón. Si no es aquí, puedes dejarlo vacío."),
    )


class ReasonsForm(forms.Form):
    """The reasons of a plan, one by one."""

    def __init__(self, decision: str, tracks: Sequence[str], data: Any = None) -> None:
        super().__init__(data)
        self.decision, self.tracks = decision, list(tracks)
        elsewhere = decision == Plan.Decision.ELSEWHERE
        if elsewhere:
            self.fields["where"] = forms.CharField(
                label=_("¿A dónde?"),
                max_length=300,
                help_text=_("El lugar, su teléfono y cómo se llega."),
                error_messages={"required": _("«Aquí no» va siempre con un «allá sí».")},
            )
        self.fields["why"] = _words(
            _("Por qué no es aquí") if elsewhere else _("Por qué este plan"), required=True
        )
        for code in self.tracks:
            self._put_track(code)

    def _put_track(self, code: str) -> None:
        name = questions.word(questions.TRACKS, code)
        self.fields[f"why_{code}"] = forms.CharField(
            label=_("%(track)s: por qué") % {"track": name},
            max_length=300,
            error_messages={"required": _("Cada camino lleva su razón. Escríbela.")},
        )
        self.fields[f"where_{code}"] = forms.CharField(
            label=_("%(track)s: dónde") % {"track": name},
            max_length=200,
            required=False,
            help_text=_("Vacío si es aquí."),
        )

    def said(self) -> dict[str, Any]:
        """Return what the action takes."""
        cleaned = self.cleaned_data
        return {
            "decision": self.decision,
            "why": cleaned["why"],
            "where": cleaned.get("where", ""),
            "tracks": [
                Track(code, cleaned[f"why_{code}"], cleaned[f"where_{code}"])
                for code in self.tracks
            ],
        }
