"""The wall's log in words. A kind that has none yet is shown as it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tequio.survivors.log import Line

SENTENCES: Final[Mapping[str, str | Promise]] = {
    "answers.open": _("Llegaron respuestas: %(opened)s. Falta saber de quién son: %(held)s"),
    "asking.give_link": _("Dio un enlace para contestar a solas"),
    "asking.begin": _("Empezó a preguntarle a una mujer"),
    "asking.erase": _("BORRÓ un cuestionario"),
    "asking.finish": _("Terminó un cuestionario con ella"),
    "asking.print": _("Imprimió cuestionarios para que una mujer conteste en papel"),
    "budget.refused": _("Quiso abrir más expedientes de los que caben en una hora"),
    "case.begin": _("Empezó un expediente"),
    "case.cover": _("Cambió la carátula de un expediente"),
    "case.erase": _("BORRÓ para siempre un expediente (%(folio)s)"),
    "card.reveal": _("Vio números o la palabra clave de una tarjeta"),
    "case.forget": _("Se borraron solos %(count)s expedientes: les llegó su mes"),
    "case.read": _("Abrió un expediente"),
    "cases.list": _("Vio la lista de mujeres"),
    "cases.search": _("Buscó en la lista"),
    "draft.drop": _("Tiró algo que había escrito"),
    "export.allow": _("Permitió a %(for)s sacar un expediente"),
    "export.ask": _("Pidió sacar un expediente: %(reason)s"),
    "export.refuse": _("No permitió sacar un expediente, o retiró su petición"),
    "export.take": _("SACÓ un expediente, con permiso de %(allowed_by)s: %(reason)s"),
    "extract.begin": _("Juntó respuestas, sin nombres, para lo que toca publicar"),
    "extract.case": _("Se contaron sus respuestas, sin nombre: %(count)s expedientes"),
    "extract.left": _("PUBLICÓ «%(title)s» (%(day)s): salió del muro"),
    "group.met": _("Anotó una reunión de un grupo de mujeres"),
    "house.failed": _(
        "EL PROGRAMA FALLÓ en «%(page)s»: %(what)s, %(where)s. No dice nada de nadie: díctalo a "
        "quien cuida la computadora"
    ),
    "instruction.issue": _("Pidió que a un hombre le pregunten de un tema"),
    "key.again": _(
        "EL MURO YA NO RECORDABA LA LLAVE DE %(who)s: dejó de ser parte. Comparen sus seis "
        "palabras en voz alta y admítanla otra vez"
    ),
    "key.member": _(
        "UNA LLAVE CAMBIÓ EN LA BASE DE DATOS, la de %(who)s. Nada se cerró con ella: el muro "
        "recuerda la que se comparó. Alguien escribió en la base: avisen a la dirección"
    ),
    "key.paper": _(
        "UNA LLAVE CAMBIÓ EN LA BASE DE DATOS, la de papel. Se puso otra vez la de sus sobres. "
        "Alguien escribió en la base: avisen a la dirección"
    ),
    "key.slot": _(
        "UNA LLAVE CAMBIÓ EN LA BASE DE DATOS, la del buzón, y se puso otra vez la del muro. "
        "Lo que llegó mientras tanto pudo leerlo quien la cambió: avisen a la dirección y cuiden "
        "a ellas"
    ),
    "key.turn": _(
        "UNA LLAVE CAMBIÓ EN LA BASE DE DATOS, la del muro, y se puso otra vez la suya. Lo que se "
        "escribió con el muro cerrado pudo leerlo quien la cambió: avisen a la dirección"
    ),
    "letter.attach": _("Guardó una carta en un expediente"),
    "letter.dismiss": _("Rompió una carta que esperaba a alguien"),
    "letter.done": _("Atendió una carta"),
    "letter.escalate": _("UNA CARTA ESPERÓ DEMASIADO: todas la ven primero"),
    "letter.offer": _("Abrió un ofrecimiento por una carta"),
    "letter.take": _("Dijo que atiende una carta"),
    "letter.tried": _("Intentó atender una carta y no se pudo"),
    "letters.broken": _(
        "NO SE PUDIERON ABRIR: %(count)s. Alguien las puso sin ser nuestras, o las cerró con otra "
        "llave: puede que alguien espere una llamada"
    ),
    "letters.list": _("Vio las cartas"),
    "letters.open": _("Se abrieron %(opened)s cartas: %(held)s esperan a alguien"),
    "letters.read": _("Leyó una carta"),
    "letters.tidy": _("Se ordenó lo que quedó de cartas de nadie: %(count)s"),
    "log.cut": _("FALTAN LÍNEAS: alguien cortó el final de esta bitácora desde la %(line)s"),
    "log.unreadable": _("UNA LÍNEA QUE NO ESCRIBIÓ ESTE PROGRAMA: no se puede leer"),
    "log.read": _("Leyó esta bitácora"),
    "men.standing": _("Preguntó cómo va un hombre"),
    "report.decide": _("Decidió sobre un aviso a la autoridad"),
    "report.review": _("Revisó un aviso a la autoridad"),
    "member.admit": _("Admitió a %(who)s en el equipo"),
    "member.by_paper": _("ENTRÓ CON LA LLAVE DE PAPEL: reunió los dos sobres y ahora es parte"),
    "member.remove": _("Quitó a %(who)s del equipo; cambiaron las llaves"),
    "paper.new": _("Hizo otra llave de papel; los sobres de antes ya no abren"),
    "sheet.rewrite": _("Cambió una hoja"),
    "sheet.write": _("Escribió una hoja"),
    "wall.close": _("Cerró el muro"),
    "wall.found": _("Fundó el muro"),
    "wall.open": _("Abrió el muro"),
    "words.by_code": _("Usó su código impreso para tener otra frase y otro código"),
    "words.change": _("Pidió otra frase y otro código"),
}
# What nobody should overlook among the many quiet lines.
LOUD: Final = frozenset(
    {
        "house.failed",
        "key.again",
        "key.member",
        "key.paper",
        "key.slot",
        "key.turn",
        "letter.escalate",
        "letters.broken",
        "log.cut",
        "log.unreadable",
        "member.by_paper",
        "case.erase",
        "export.take",
        "extract.left",
        "budget.refused",
        "paper.new",
    }
)


class _Blank(dict[str, object]):
    def __missing__(self, name: str) -> str:
        return "—"


def sentence(line: Line) -> str:
    """Return what a line says."""
    words = SENTENCES.get(line.kind)
    return line.kind if words is None else str(words) % _Blank(line.detail)
