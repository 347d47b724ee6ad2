"""The sheet of an agreement with its key, to be handed over in person. Nothing of it is on disk."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tequio.circles.retention.figures import language
from tequio.core import clock
from tequio.studies.models import PoolAgreement
from tequio.studies.pool_terms import terms
from tequio.studies.queries.pooling import design_of
from tequio.ui import printing
from tequio.ui.templatetags.ui import day


def pdf(agreement: PoolAgreement, key: str) -> bytes:
    """Compile the sheet."""
    organisation = agreement.organisation
    groups = key.split()
    data = {
        "title": agreement.title,
        "subtitle": _("Acuerdo %(code)s, para contestar juntas sin juntar renglones")
        % {"code": agreement.code},
        "organisation": organisation.name,
        "language": language(),
        "dated": day(clock.today(organisation.timezone)),
        "facts": [[fact.label, fact.value] for fact in terms(agreement, design_of(agreement))],
        "key": [groups[at : at + 7] for at in range(0, len(groups), 7)],
        "words": {
            "key": _("La llave"),
            "care": _(
                "Quien tiene esta hoja puede firmar paquetes en este acuerdo. Entrégala en "
                "persona, no la mandes por correo ni por mensaje, y destrúyela cuando la otra "
                "organización la haya capturado."
            ),
            "what": _("Qué se acordó"),
            "leaves": _(
                "Cada organización envía una vez sumas firmadas de sus hombres, nunca renglones. "
                "Todas ven las sumas de todas. Nada de lo que dicen las mujeres entra aquí."
            ),
            "signed": _("Quien la entrega y quien la recibe"),
        },
    }
    return printing.pdf_in_memory("tequio.studies:typst/agreement.typ", data)
