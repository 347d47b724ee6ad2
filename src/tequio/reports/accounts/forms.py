"""What people choose and type: a period by a template, words beside numbers, a testimony."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.reports.accounts import consent, keeping
from tequio.reports.accounts.actions import LONGEST_WORDS, Wanted
from tequio.reports.accounts.definitions import Template
from tequio.reports.models import Testimony
from tequio.ui.forms import Chips, DatePick, Segmented

Choices = Sequence[tuple[str, str]]


class BeginForm(forms.Form):
    """By which template, of which closed period, and of which site."""

    template = forms.ChoiceField(
        label=_("Qué informe"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Falta qué informe. Elige uno.")},
    )
    period = forms.ChoiceField(
        label=_("De qué periodo"),
        help_text=_("Solo periodos que ya terminaron: un año, un semestre o un trimestre."),
        error_messages={"required": _("Falta el periodo. Elige uno.")},
    )
    site = forms.ChoiceField(
        label=_("De qué sede"),
        required=False,
        help_text=_("Solo para el informe por sede; los demás son de toda la organización."),
    )

    def __init__(
        self, *args: Any, templates: Choices, periods: Choices, sites: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (
            ("template", templates),
            ("period", [("", _("Elige un periodo")), *periods]),
            ("site", [("", _("Toda la organización")), *sites]),
        ):
            cast("forms.ChoiceField", self.fields[name]).choices = choices

    def wanted(self) -> Wanted:
        """Return what was chosen."""
        said = self.cleaned_data
        return Wanted(said["template"], said["period"], said["site"])


class WordsForm(forms.Form):
    """What whoever signs says of each section, and which testimonies stand in it."""

    def __init__(self, *args: Any, template: Template, offered: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for section in template.sections:
            if section.words:
                self.fields[f"words_{section.key}"] = forms.CharField(
                    label=section.title,
                    required=False,
                    max_length=LONGEST_WORDS,
                    widget=forms.Textarea(attrs={"rows": 4}),
                )
        if offered:
            self.fields["quoted"] = forms.MultipleChoiceField(
                label=_("Qué testimonios se ponen"),
                required=False,
                choices=offered,
                widget=forms.CheckboxSelectMultiple,
                help_text=_("Dos o tres bastan. Salen después de los números."),
            )

    def words(self) -> dict[str, str]:
        """Return the words by section."""
        said = self.cleaned_data.items()
        return {name.removeprefix("words_"): text for name, text in said if name != "quoted"}

    def quoted(self) -> list[UUID]:
        """Return the testimonies that were marked."""
        return [UUID(key) for key in self.cleaned_data.get("quoted", [])]


class TestimonyForm(forms.Form):
    """What somebody told, and what they agreed to. No name is asked."""

    given_by = forms.ChoiceField(
        label=_("De quién es"),
        choices=Testimony.From.choices,
        widget=Segmented,
        error_messages={"required": _("Falta de quién es. Elige.")},
    )
    folio = forms.CharField(
        label=_("Folio del participante"),
        required=False,
        max_length=20,
        help_text=_("Solo si es de un participante: así lo encuentra en su expediente."),
    )
    words = forms.CharField(
        label=_("Sus palabras"),
        max_length=keeping.LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Sin nombres, sin lo que ella dijo y sin nada que diga quién es otra persona."),
        error_messages={"required": _("Faltan sus palabras. Escríbelas como las dijo.")},
    )
    called = forms.CharField(
        label=_("Cómo quiere que se le llame"),
        required=False,
        max_length=60,
        help_text=_("Nunca su nombre. Vacío: «Un participante» o «Una persona de la comunidad»."),
    )
    way = forms.ChoiceField(
        label=_("Cómo lo dio"),
        choices=Testimony.Way.choices,
        widget=Segmented,
        error_messages={"required": _("Falta cómo lo dio. Elige.")},
    )
    uses = forms.MultipleChoiceField(
        label=_("En qué informes lo permite"),
        choices=consent.USES,
        widget=Chips,
        error_messages={"required": _("Falta en qué informes lo permite. Marca al menos uno.")},
    )
    agreed_on = forms.DateField(
        label=_("Qué día dio su permiso"),
        widget=DatePick,
        error_messages={"required": _("Falta el día."), "invalid": _("Esa fecha no se entiende.")},
    )
    until = forms.DateField(
        label=_("Hasta cuándo vale"),
        widget=DatePick,
        help_text=_("Tres años como mucho. Ese día se borra."),
        error_messages={
            "required": _("Falta hasta cuándo."),
            "invalid": _("Esa fecha no se entiende."),
        },
    )
    read_to = forms.BooleanField(
        label=_("Se le leyó completo el permiso y dijo que sí"),
        error_messages={"required": _("Sin leerle el permiso no se puede guardar.")},
    )

    def __init__(self, *args: Any, of_men: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not of_men:
            del self.fields["folio"]
            cast("forms.ChoiceField", self.fields["given_by"]).choices = [
                (Testimony.From.COMMUNITY.value, Testimony.From.COMMUNITY.label)
            ]
            self.fields["given_by"].initial = Testimony.From.COMMUNITY.value

    def clean(self) -> dict[str, Any]:
        """Ask for a folio where it is a participant's."""
        said = super().clean() or self.cleaned_data
        if said.get("given_by") == Testimony.From.MAN and not said.get("folio"):
            self.add_error("folio", _("Falta su folio. Está en su página."))
        return said

    def given(self) -> keeping.Given:
        """Return what was typed."""
        said = self.cleaned_data
        return keeping.Given(
            given_by=said["given_by"],
            words=said["words"],
            called=said["called"],
            way=said["way"],
            uses=tuple(said["uses"]),
            agreed_on=said["agreed_on"],
            until=said["until"],
            folio=said.get("folio", ""),
        )
