"""A referral's link: what she words for each thing that she chose; and who went along."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.survivors import words
from tequio.survivors.forms.fields import day, line
from tequio.survivors.forms.sheets import BESIDE
from tequio.survivors.rules.sheets import Referral, Shared


class LinkForm(forms.Form):
    """One line for each thing that she chose to share, and whom they call."""

    use_required_attribute = False

    def __init__(self, referral: Referral, data: Any = None) -> None:
        super().__init__(data, prefix="link")
        self.codes = [code for code in referral.data if code != "nothing"]
        known = {one.code: one.value for one in referral.shared}
        for code in self.codes:
            self.fields[code] = line(words.word(words.DATA, code), required=True, longest=300)
            begun = referral.summary if code == "summary" else ""
            self.fields[code].initial = known.get(code, begun)
        self.fields["call"] = line(
            _("A quién llaman si tienen dudas"),
            _("Tu organización y su teléfono. No el de ella."),
            longest=120,
        )

    @property
    def shared(self) -> tuple[Shared, ...]:
        """Return what was typed as the sheet holds it."""
        return tuple(Shared(code, self.cleaned_data[code]) for code in self.codes)


class EscortForm(forms.Form):
    """Who went along with her."""

    use_required_attribute = False

    who = line(_("¿Quién la acompañó?"), required=True, longest=80)
    on = day(_("¿Qué día?"), required=True)

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, auto_id=f"escort_{BESIDE}", prefix="escort", initial=initial)
