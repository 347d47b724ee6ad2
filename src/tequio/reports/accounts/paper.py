"""An account on paper: the same blocks as the page, tagged, and always the same bytes.

Testimonies are opened for it, so nothing of it touches the disk.
"""

from __future__ import annotations

from typing import Any, Final

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.reports.accounts import definitions
from tequio.reports.accounts.blocks import HIDDEN
from tequio.reports.accounts.queries import Shown
from tequio.reports.models import Account
from tequio.ui import charts, printing
from tequio.ui.templatetags.ui import day

_TEMPLATES: Final = {
    "account": "tequio.reports:typst/account.typ",
    "poster": "tequio.reports:typst/account_poster.typ",
}
_WORLDS: Final = {"account": "jade", "poster": "terracotta"}


def pdf(shown: Shown) -> bytes:
    """Compile it. The paper is Spanish whatever language its printer reads in."""
    with translation.override("es-mx"):
        form = shown.content["form"]
        return printing.pdf_in_memory(
            _TEMPLATES[form],
            _data(shown, _WORLDS[form]),
            _drawings(shown),
            made_at=shown.account.issued_at or shown.account.counted_at,
        )


def _drawings(shown: Shown) -> dict[str, str]:
    blocks = (block for section in shown.sections for block in section["blocks"])
    return {one["name"]: charts.svg(one["spec"]) for one in blocks if one["kind"] == "chart"}


def _data(shown: Shown, world: str) -> dict[str, object]:
    account = shown.account
    return {
        "title": shown.title,
        "subtitle": shown.subtitle,
        "organisation": shown.content["organisation"],
        "language": "es",
        "world": world,
        "dated": _dated(account),
        "footer": _("Folio %(folio)s") % {"folio": account.folio},
        "purpose": shown.content["purpose"],
        "stands": stands(account),
        "sections": [_section(shown, one) for one in shown.sections],
        "rule": shown.content["rule"],
        "proof": proof(account),
        "words": {
            "of": _("Entre quiénes."),
            "missing": _("Qué falta."),
            "caution": _("Qué no se puede concluir."),
            "unknown": _("No se sabe"),
            "must_not": _("No se puede decir"),
            "mandatory": _("Se lee junto"),
            "strength": _("Qué tan firme"),
            "hidden": HIDDEN,
        },
    }


def _section(shown: Shown, section: dict[str, Any]) -> dict[str, Any]:
    quotes = any(block["kind"] == "quotations" for block in section["blocks"])
    return {
        **section,
        "paragraphs": [line for line in section["said"].splitlines() if line.strip()],
        "quotes": [{"words": one.words, "called": one.called} for one in shown.quotes]
        if quotes
        else [],
        "quotes_gone": gone(shown) if quotes else "",
        "blocks": [{k: v for k, v in one.items() if k != "spec"} for one in section["blocks"]],
    }


def gone(shown: Shown) -> str:
    """Say what is not shown any longer, or that there is none; nothing where all stand."""
    if shown.gone:
        return ngettext(
            "%(n)s testimonio que estaba aquí ya no se muestra: se retiró o terminó su permiso.",
            "%(n)s testimonios que estaban aquí ya no se muestran: se retiraron o terminó su "
            "permiso.",
            shown.gone,
        ) % {"n": shown.gone}
    if not shown.quotes:
        return _("Nadie ha dado un testimonio para este informe.")
    return ""


def stands(account: Account) -> str:
    """Say on the paper itself what it is not, or not any longer."""
    if account.state == Account.State.DRAFT:
        return _("BORRADOR. No se ha emitido y puede cambiar.")
    if account.state == Account.State.SUPERSEDED and account.superseded_by is not None:
        return _("SUSTITUIDO por el informe %(folio)s.") % {"folio": account.superseded_by.folio}
    return ""


def proof(account: Account) -> str:
    """Say from what it was made, so that anybody can compare two copies."""
    made = _("Plantilla «%(name)s», versión %(version)s (huella %(sha)s).") % {
        "name": definitions.name_of(account.template, account.template_version),
        "version": account.template_version,
        "sha": account.template_sha256[:12],
    }
    counted = _("Contado el %(day)s.") % {"day": day(account.counted_at)}
    if not account.sha256:
        return f"{made} {counted}"
    whole = _("Huella del informe: %(sha)s") % {"sha": account.sha256}
    return f"{made} {counted} {whole}"


def _dated(account: Account) -> str:
    return day(account.issued_at) if account.issued_at else day(account.counted_at)
