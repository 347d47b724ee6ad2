"""What is typed of demands, assemblies and actions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.network.actions.demands import Gathering, Voiced
from tequio.network.actions.doing import TakenOn, Told
from tequio.network.forms.fields import NO_NAMES, number, one_of, words
from tequio.network.forms.stakeholders import day_field
from tequio.network.models import Action, Assembly, Committee, Demand, Step


class DemandForm(forms.Form):
    """A need as it was voiced."""

    what = words(
        _("Qué se pide"), 200, missing=_("Falta qué se pide."), hint=_("Una frase, como se dijo.")
    )
    theme = one_of(_("De qué trata"), Demand.Theme.choices, missing=_("Falta de qué trata."))
    place = words(
        _("En qué lugar pasa"), 80, hint=_("La calle, el mercado, la clínica. No un domicilio.")
    )
    how_many = number(
        _("Cuántas personas lo dijeron"), hint=_("Si nadie las contó, déjalo vacío: no es cero.")
    )
    quotation = words(_("Una frase que lo diga"), 300, rows=2, hint=NO_NAMES)
    where = one_of(_("Dónde se dijo"), Demand.Where.choices, missing=_("Falta dónde se dijo."))
    voiced_on = day_field(_("Qué día"))

    def voiced(self) -> Voiced:
        """Return what the action takes."""
        return Voiced(**self.cleaned_data)


class AssemblyForm(forms.Form):
    """An assembly, and what was agreed before anybody voted."""

    held_on = day_field(_("Qué día"))
    place = words(_("Dónde"), 80, missing=_("Falta dónde fue."))
    present = number(_("Cuántas personas había"), least=1, missing=_("Falta cuántas había."))
    votes_each = number(
        _("Cuántos votos tiene cada una"),
        least=1,
        most=20,
        missing=_("Falta cuántos votos tiene cada una."),
        hint=_("A lo más uno por demanda."),
    )
    how_many_go_first = number(
        _("Cuántas demandas van primero"), least=1, most=20, missing=_("Falta cuántas van primero.")
    )
    tie_rule = one_of(
        _("Qué se hace si hay empate"),
        Assembly.Tie.choices,
        missing=_("Falta qué se hace con un empate. Se acuerda antes de votar."),
        hint=_("Se acuerda antes de votar y queda en el acta."),
    )

    def gathering(self) -> Gathering:
        """Return what the action takes."""
        return Gathering(**self.cleaned_data)


class VotesForm(forms.Form):
    """How many hands went up for each demand, and the minutes."""

    def __init__(self, demands: Sequence[Demand], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.demands = demands
        for demand in demands:
            self.fields[f"votes_{demand.pk}"] = number(
                demand.what, hint=_("Votos. Vacío: no se votó.")
            )
        for demand in demands:
            self.fields[f"second_{demand.pk}"] = number(_("Segunda votación: %s") % demand.what)
        self.fields["minutes"] = words(
            _("Acta: qué se habló"),
            4000,
            rows=6,
            missing=_("Falta el acta."),
            hint=_("Con pocas palabras. Sin nombres, sin quién votó qué."),
        )

    def votes(self) -> dict[UUID, int]:
        """Return the votes of the demands that were voted on."""
        return self._numbers("votes")

    def second(self) -> dict[UUID, int]:
        """Return the hands that went up again between those that tied."""
        return self._numbers("second")

    def first_round(self) -> list[Any]:
        """Return the fields of the first vote, for the page."""
        return [self[f"votes_{demand.pk}"] for demand in self.demands]

    def second_round(self) -> list[Any]:
        """Return the fields of the second vote, for the page."""
        return [self[f"second_{demand.pk}"] for demand in self.demands]

    def _numbers(self, which: str) -> dict[UUID, int]:
        given = {
            demand.pk: self.cleaned_data.get(f"{which}_{demand.pk}") for demand in self.demands
        }
        return {key: value for key, value in given.items() if value is not None}


class ActionForm(forms.Form):
    """Who does what until when."""

    what = words(_("Qué se hará"), 200, missing=_("Falta qué se hará."))
    owner = words(
        _("Quién se encarga"),
        60,
        missing=_("Falta quién se encarga."),
        hint=_(
            "Su nombre de pila, su alias o su cargo. Sin apellidos. En la hoja de la pared se lee "
            "el comité que la lleva; si no la lleva ninguno, esto."
        ),
    )
    due_on = day_field(_("Para cuándo"))
    kind = one_of(
        _("Qué clase de acción es"), Action.Kind.choices, missing=_("Falta qué clase es.")
    )
    decides = words(
        _("A quién se le pide"), 120, hint=_("Solo si se le pide a quien decide: su cargo.")
    )
    about = words(_("Qué ley o qué dinero"), 200, hint=_("La ley, el reglamento o la partida."))
    on_the_wall = forms.BooleanField(
        label=_("Puede estar en la hoja de la pared"),
        required=False,
        help_text=_("No, si dice a quién se acompaña, dónde o cuándo: cualquiera la lee."),
    )
    demand = forms.ChoiceField(label=_("De qué demanda sale"), required=False)
    committee = forms.ChoiceField(label=_("Qué comité la lleva"), required=False)

    def __init__(
        self, demands: Sequence[Demand], committees: Sequence[Committee], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        none = ("", _("Ninguna"))
        self.fields["demand"].choices = [none, *((d.pk, d.what) for d in demands)]  # type: ignore[attr-defined]
        self.fields["committee"].choices = [  # type: ignore[attr-defined]
            ("", _("Ninguno")),
            *((one.pk, one.name) for one in committees),
        ]

    def clean(self) -> dict[str, Any]:
        """Asking somebody who decides needs that somebody."""
        said = super().clean() or {}
        if said.get("kind") == Action.Kind.ADVOCACY and not said.get("decides", "").strip():
            self.add_error("decides", _("Falta a quién se le pide. Escribe su cargo."))
        return said

    def taken(self, meeting_id: UUID | None = None) -> TakenOn:
        """Return what the action takes."""
        said = self.cleaned_data
        return TakenOn(
            what=said["what"],
            owner=said["owner"],
            due_on=said["due_on"],
            kind=said["kind"],
            demand_id=UUID(said["demand"]) if said["demand"] else None,
            committee_id=UUID(said["committee"]) if said["committee"] else None,
            meeting_id=meeting_id,
            decides=said["decides"],
            about=said["about"],
            on_the_wall=said["on_the_wall"],
        )


class StepForm(forms.Form):
    """What happened with an action."""

    kind = one_of(_("Qué pasó"), Step.Kind.choices, missing=_("Falta qué pasó. Elige una opción."))
    on = day_field(_("Qué día"))
    text = words(
        _("Cuéntalo"),
        300,
        rows=2,
        missing=_("Falta contarlo."),
        hint=_("El avance, el obstáculo, el resultado o lo prometido. Sin nombres."),
    )
    evidence = words(
        _("Con qué se comprueba"),
        200,
        hint=_("Dónde está la foto, la lista o el oficio. Hace falta para darla por cumplida."),
    )
    new_day = day_field(
        _("Día nuevo, o para cuándo lo prometió"), required=False, hint=_("Solo si cambia.")
    )
    kept = one_of(
        _("¿Cumplió lo prometido?"), [c for c in Action.Kept.choices if c[0]], hint=_("Si se sabe.")
    )

    def __init__(self, action: Action, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if action.kind == Action.Kind.OWN:
            del self.fields["kept"]
            self.fields["new_day"].label = _("Día nuevo")
        asked = {Step.Kind.PROMISE, Step.Kind.KEPT}
        over = action.finished_on is not None
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            choice
            for choice in Step.Kind.choices
            if (choice[0] in asked) <= (action.kind == Action.Kind.ADVOCACY)
            and (choice[0] in asked or not over)
        ]

    def told(self) -> Told:
        """Return what the action takes."""
        said = self.cleaned_data
        return Told(
            kind=said["kind"],
            on=said["on"],
            text=said["text"],
            evidence=said["evidence"],
            new_day=said["new_day"],
            kept=said.get("kept", ""),
        )
