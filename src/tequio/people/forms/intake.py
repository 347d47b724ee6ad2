"""The steps of an intake. Each has few fields; «prefiere no decir» is always an answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.core.text import join_names, squeeze
from tequio.people import words
from tequio.people.models import Motive, Route
from tequio.people.rules import steps
from tequio.people.rules.answers import NOT_SAID
from tequio.people.words import ELSEWHERE, Choices
from tequio.territory import places
from tequio.ui.forms import Chips, DatePick, OneChip, Segmented

REMINDER: Final = _("Sin nombres, sin lo que ella dijo. A los 90 días se borra.")
_CURP = re.compile(r"[A-Z]{4}\d{6}[HMX][A-Z]{5}[A-Z0-9]\d")
_UNANSWERED: Final = _("Falta responder. Si no quiere, elige «Prefiere no decir».")
_CHOOSE: Final = _("Falta responder: elige una de las opciones.")


class StepForm(forms.Form):
    """What every step has: the values that it asked for."""

    def values(self) -> dict[str, Any]:
        """Return what was answered, by the names of the answers."""
        return dict(self.cleaned_data)


def _one(label: Any, choices: Choices, help_text: Any = "", **more: Any) -> forms.ChoiceField:
    more.setdefault("widget", OneChip)
    may_stay_silent = any(code == NOT_SAID for code, _label in choices)
    return forms.ChoiceField(
        label=label,
        choices=choices,
        help_text=help_text,
        error_messages={"required": _UNANSWERED if may_stay_silent else _CHOOSE},
        **more,
    )


def _text(label: Any, longest: int = 400, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=longest,
        required=False,
        help_text=REMINDER,
        widget=forms.Textarea({"rows": 2, "autocomplete": "off"}),
        **more,
    )


class ArrivalForm(StepForm):
    """Through whom he came, and what for."""

    route = forms.ChoiceField(
        label=_("¿Por quién o por dónde llegó?"),
        choices=Route.choices,
        widget=OneChip,
        error_messages={"required": _("Falta por dónde llegó. Elige lo que más se parezca.")},
    )
    route_words = _text(_("Si llegó por otra vía, ¿cuál?"), 200)
    motive = forms.ChoiceField(
        label=_("¿Qué espera al venir?"),
        choices=Motive.choices,
        widget=OneChip,
        error_messages={"required": _UNANSWERED},
    )
    motive_words = _text(_("En sus palabras"))
    mandated = _one(
        _("¿Lo manda una autoridad?"),
        words.YES_NO,
        widget=Segmented,
    )


class AuthorityForm(StepForm):
    """Only for who was sent: by whom, and what has to be printed on a letter."""

    authority = _one(_("¿Quién lo manda?"), words.AUTHORITY)
    letter = _one(
        _("¿Pide una carta de asistencia?"),
        words.YES_NO,
        _("La carta dice a cuántas sesiones vino, y nada más."),
        widget=Segmented,
    )
    curp = forms.CharField(
        label=_("CURP"),
        max_length=18,
        required=False,
        help_text=_("Solo si la carta la exige. Si no hay carta, no se guarda."),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters"}),
    )

    def clean_curp(self) -> str:
        """Accept eighteen letters and numbers in their order, or nothing."""
        typed = squeeze(str(self.cleaned_data["curp"])).upper().replace(" ", "")
        if typed and not _CURP.fullmatch(typed):
            raise forms.ValidationError(
                _("Esa CURP no está completa: son 18 letras y números. Cópiala de su documento.")
            )
        return typed


class LifeForm(StepForm):
    """What reports of programmes like this count, and no more."""

    adult = _one(
        _("¿Ya cumplió 18 años?"),
        words.YES_NO,
        _("Si tiene menos, hay pasos propios para cuidarlo."),
        widget=Segmented,
    )
    marital = _one(_("Estado civil"), words.MARITAL)
    own_children = _one(_("¿Tiene hijas o hijos?"), words.YES_NO_NOT_SAID)
    lives_with_partner = _one(_("¿Vive con su pareja?"), words.LIVES)
    schooling = _one(_("¿Hasta dónde estudió?"), words.SCHOOLING)
    working = _one(_("¿Trabaja?"), words.WORKING)

    def __init__(self, *args: Any, ask_age: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not ask_age:
            del self.fields["adult"]


class TakingPartForm(StepForm):
    """What has to be prepared so that he can come and follow."""

    work_hours = forms.MultipleChoiceField(
        label=_("¿Cuándo trabaja?"),
        choices=words.WORK_HOURS,
        required=False,
        widget=Chips,
        help_text=_("Para buscarle un grupo a una hora en que pueda."),
    )
    language = _one(_("¿En qué lengua prefiere hablar?"), words.LANGUAGE)
    language_words = forms.CharField(
        label=_("Si es otra lengua, ¿cuál?"),
        max_length=60,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    interpreter = _one(_("¿Necesita intérprete?"), words.YES_NO, widget=Segmented)
    reads = _one(
        _("¿Cómo lee en español?"),
        words.READS,
        _("Si no lee, lo que acepta se le lee en voz alta con alguien más presente."),
    )
    disability = forms.MultipleChoiceField(
        label=_("¿Le cuesta mucho o no puede…?"),
        choices=words.DISABILITY,
        required=False,
        widget=Chips,
        help_text=_("Marca solo lo que le cuesta. Si nada, déjalo así."),
    )
    needs = _text(_("¿Qué necesita para participar?"))


class PlaceForm(StepForm):
    """Where he lives: municipality in Mexico, free words elsewhere. Never an address."""

    state = forms.ChoiceField(label=_("Estado"), required=False)
    municipality_words = forms.CharField(
        label=_("Municipio, alcaldía o lugar"),
        max_length=80,
        required=False,
        help_text=_("Solo el municipio. No escribas calle ni colonia."),
        widget=forms.TextInput({"autocomplete": "off", "list": "municipalities"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        inside = [(state.key, state.name) for state in places.states()]
        options = [("", _("Sin decir")), *inside, (ELSEWHERE, _("Fuera de México"))]
        self.fields["state"].choices = options  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Find the municipality by what was typed; offer those that it may be."""
        data = super().clean() or self.cleaned_data
        state, typed = data.get("state", ""), squeeze(data.get("municipality_words", ""))
        if not state and typed:
            self.add_error("state", _("Elige el estado, para encontrar ese municipio."))
        if state in {"", ELSEWHERE} or not typed:
            return data
        found = places.match(state, typed)
        if found.exact is None:
            self.add_error("municipality_words", _not_found(typed, found))
        else:
            data["municipality"] = found.exact.key
        return data

    def values(self) -> dict[str, Any]:
        """Return the key, or the words where there is none."""
        data = self.cleaned_data
        elsewhere = data["state"] == ELSEWHERE
        return {
            "state": data["state"],
            "municipality": "" if elsewhere else data.get("municipality", ""),
            "place": squeeze(data["municipality_words"]) if elsewhere else "",
        }


def _not_found(typed: str, found: places.Match) -> str:
    if not found.offered:
        return str(
            _("No hay un municipio «%(typed)s» en ese estado. Revisa el nombre o el estado.")
            % {"typed": typed}
        )
    offered = [
        f"{place.name} ({place.key})" if _twice(place, found) else place.name
        for place in found.offered
    ]
    return str(
        _("Hay varios: %(offered)s. Escribe el nombre completo o su clave.")
        % {"offered": join_names(offered)}
    )


def _twice(place: places.Municipality, found: places.Match) -> bool:
    return sum(other.name == place.name for other in found.offered) > 1


class MinorForm(StepForm):
    """What is checked before a minor takes part. No name of who signs is asked."""

    relation = _one(_("¿Quién firma por él?"), words.RELATION)
    uses_violence = _one(
        _("¿Esa persona ejerce o ejerció violencia en su casa?"),
        words.USES_VIOLENCE,
        _("Pregúntale a él, a solas. Si no se sabe, esa persona no puede firmar."),
    )
    signed_on = forms.DateField(
        label=_("¿Qué día firmó?"),
        widget=DatePick,
        help_text=_("La firma queda en papel, en su carpeta. Aquí no se escribe su nombre."),
        error_messages={"required": _("Falta el día en que firmó.")},
    )
    assent = _one(
        _("¿Él mismo dice que quiere venir?"),
        words.YES_NO,
        _("Se le explica con sus palabras. Si dice que no, no se le obliga."),
        widget=Segmented,
    )
    assent_on = forms.DateField(
        label=_("¿Qué día lo dijo?"),
        widget=DatePick,
        error_messages={"required": _("Falta el día en que lo dijo.")},
    )
    psychologist = forms.CharField(
        label=_("Psicóloga o psicólogo que lo atiende"),
        max_length=100,
        error_messages={"required": _("Falta quién lo atiende: sin eso no puede empezar.")},
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    licence = forms.CharField(label=_("Cédula profesional"), max_length=20, required=False)


FORMS: Final[Mapping[str, type[StepForm]]] = {
    steps.ARRIVAL.slug: ArrivalForm,
    steps.AUTHORITY.slug: AuthorityForm,
    steps.LIFE.slug: LifeForm,
    steps.TAKING_PART.slug: TakingPartForm,
    steps.PLACE.slug: PlaceForm,
}
