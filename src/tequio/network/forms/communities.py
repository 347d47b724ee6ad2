"""What is typed about a community and its phases."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.network import definitions
from tequio.network.actions.communities import Beginning, Review
from tequio.network.forms.fields import one_of, words
from tequio.network.forms.stakeholders import PlaceForm, day_field
from tequio.network.queries.communities import PhasePage
from tequio.network.rules.cycle import Look


class CommunityForm(PlaceForm):
    """Where the work is done, with which model, and who answers for it."""

    name = words(
        _("Cómo se llama la comunidad"),
        80,
        missing=_("Falta cómo se llama."),
        hint=_("La colonia, el barrio o el pueblo."),
    )
    model = one_of(_("Con qué modelo"), (), missing=_("Falta con qué modelo se trabaja."))
    started_on = day_field(_("Desde cuándo se trabaja ahí"))
    signed_by = words(_("Quién responde por este trabajo"), 80, missing=_("Falta quién responde."))
    signed_as = words(_("Con qué cargo"), 120, missing=_("Falta con qué cargo."))
    field_order = ("name", "state", "municipality")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["model"].choices = [  # type: ignore[attr-defined]
            (slug, shipped.model.name) for slug, shipped in definitions.newest().items()
        ]

    def beginning(self) -> Beginning:
        """Return what the action takes."""
        said = self.cleaned_data
        return Beginning(
            name=said["name"],
            model_slug=said["model"],
            started_on=said["started_on"],
            signed_by=said["signed_by"],
            signed_as=said["signed_as"],
            municipality=said["municipality"],
        )


class PhaseForm(forms.Form):
    """Criterion by criterion: whether it was seen, and in what."""

    def __init__(self, page: PhasePage, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = [one.criterion.key for one in page.criteria]
        for one in page.criteria:
            key = one.criterion.key
            self.fields[f"seen_{key}"] = one_of(
                one.criterion.seen.value,
                (("yes", _("Ya se ve")), ("no", _("Todavía no"))),
                missing=_("Falta decir si ya se ve."),
                hint=_("Aquí hay %(n)s; hacen falta %(least)s.")
                % {"n": one.counted, "least": one.criterion.least}
                if one.counted is not None
                else "",
            )
            self.fields[f"what_{key}"] = words(
                _("En qué se ve"), 300, rows=2, hint=_("Un hecho o una frase, sin nombres.")
            )
        self.fields["on"] = day_field(_("Qué día se revisó"))
        self.fields["decided_by"] = words(
            _("Quién lo revisó"),
            120,
            missing=_("Falta quién lo revisó."),
            hint=_("«El equipo y el comité», «la asamblea». Sin nombres."),
        )

    def clean(self) -> dict[str, Any]:
        """What was seen was seen in something."""
        said = super().clean() or {}
        for key in self.keys:
            if said.get(f"seen_{key}") == "yes" and not said.get(f"what_{key}", "").strip():
                self.add_error(f"what_{key}", _("Falta en qué se ve."))
        return said

    def review(self) -> Review:
        """Return what the action takes."""
        said = self.cleaned_data
        looks = {key: Look(said[f"seen_{key}"] == "yes", said[f"what_{key}"]) for key in self.keys}
        return Review(said["on"], looks, said["decided_by"])


class BackForm(forms.Form):
    """Why a community goes back one phase."""

    because = words(
        _("Qué dejó de verse"),
        300,
        rows=2,
        missing=_("Falta por qué se vuelve a la fase anterior."),
    )
    on = day_field(_("Qué día se decidió"))
    decided_by = words(_("Quién lo decidió"), 120, missing=_("Falta quién lo decidió."))
