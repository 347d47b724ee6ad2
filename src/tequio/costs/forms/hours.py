"""One group's proposed hours, as somebody confirms them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.costs.actions.entries import Confirmed
from tequio.costs.forms.fields import Time
from tequio.costs.queries.hours import Proposal
from tequio.costs.rules.amounts import hours_text
from tequio.ui.forms import Segmented


class ProposalForm(forms.Form):
    """Whether it was so, how many hours, and whose."""

    take = forms.BooleanField(label=_("Sí, anotar estas horas"), required=False, initial=True)
    session = Time(_("Horas en sesiones"))
    preparation = Time(_("Horas de preparación"))
    volunteer = forms.ChoiceField(
        label=_("De quién"),
        choices=[("no", _("Equipo pagado")), ("yes", _("Voluntariado"))],
        initial="no",
        widget=Segmented,
    )

    def __init__(self, proposal: Proposal, data: Any = None) -> None:
        start = {
            "session": hours_text(proposal.session_minutes),
            "preparation": hours_text(proposal.preparation_minutes),
        }
        super().__init__(data, prefix=f"g-{proposal.group}", initial=start)
        self._group = proposal.group

    def confirmed(self) -> Confirmed | None:
        """Return what the action takes; None where it was not ticked, or is nothing."""
        given = self.cleaned_data
        session, preparation = given["session"] or 0, given["preparation"] or 0
        if not given["take"] or not session + preparation:
            return None
        return Confirmed(self._group, session, preparation, given["volunteer"] == "yes")
