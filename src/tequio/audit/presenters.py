"""Every kind of event as a sentence. A kind without one fails a test, so nobody reads codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tequio.audit.models import Event

# %(subject)s is the row's label (a folio, a user name, a group); the rest come from the detail.
SENTENCES: Final[Mapping[str, str | Promise]] = {
    "absence.third": _("Con la tercera falta se pidió una revisión de %(subject)s"),
    "account.begin": _("Empezó el informe %(subject)s (%(template)s)"),
    "account.count": _("Contó otra vez el informe %(subject)s"),
    "account.discard": _("Descartó el borrador del informe %(subject)s (%(template)s)"),
    "account.issue": _("Emitió el informe %(subject)s (%(template)s)"),
    "account.write": _("Escribió en %(sections)s partes del informe %(subject)s"),
    "agreement.add": _("Anotó un acuerdo con %(subject)s"),
    "agreement.end": _("Anotó que terminó antes un acuerdo con %(subject)s"),
    "assembly.close": _("Cerró el acta de una asamblea en %(subject)s (%(demands)s demandas)"),
    "assembly.open": _("Abrió el acta de una asamblea en %(subject)s"),
    "assessment.approach": _("Anotó que buscó a %(subject)s para %(wave)s: «%(outcome)s»"),
    "assessment.begin": _("Empezó a preguntarle «%(instrument)s» a %(subject)s"),
    "assessment.finish": _("Guardó lo que %(subject)s contestó en «%(instrument)s»"),
    "assessment.finish_alone": _("%(subject)s contestó solo «%(instrument)s», con su enlace"),
    "assessment.give_link": _("Dio a %(subject)s un enlace para contestar solo (%(wave)s)"),
    "assessment.link_locked": _(
        "El enlace de %(subject)s (%(wave)s) se cerró solo: alguien probó muchos PIN. Sus "
        "preguntas siguen pendientes"
    ),
    "assessment.print": _("Imprimió %(n)s cuestionarios para %(subject)s"),
    "assessment.read": _("Leyó lo que %(subject)s contestó en «%(instrument)s»"),
    "assessment.record_many": _("Guardó %(count)s cuestionarios contestados antes"),
    "attendance.conflict": _(
        "Pasó asistencia en %(subject)s con un dispositivo que ya había enviado otra cosa: "
        "%(folio)s quedó como estaba"
    ),
    "attendance.mark": _("Anotó a %(folio)s como «%(status)s» en %(subject)s"),
    "attendance.mark_many": _("Anotó %(count)s asistencias en %(subject)s"),
    "audit.cut": _("Faltan sellos al final de la bitácora: se borraron o se repuso un respaldo"),
    "audit.verify": _("Comprobó la bitácora: %(events)s hechos sellados, todo íntegro"),
    "audit.verify_failed": _(
        "Comprobó la bitácora y NO está íntegra: %(changed)s hechos cambiados, "
        "%(missing)s borrados, %(broken_seals)s sellos rotos"
    ),
    "authenticator.confirm": _("%(subject)s vinculó un teléfono"),
    "authenticator.reset": _("Con un código se desvinculó el teléfono de %(subject)s"),
    "call.note": _("Agregó una nota a una llamada a %(subject)s"),
    "call.read": _("Leyó las notas de las llamadas a %(subject)s"),
    "call.record": _("Anotó una llamada a %(subject)s"),
    "call.void": _("Quitó una llamada a %(subject)s que estaba mal"),
    "certificate.issue": _("Expidió la constancia %(subject)s"),
    "certificate.print": _("Abrió para imprimir la constancia %(subject)s"),
    "certificate.void": _("Anuló la constancia %(subject)s"),
    "committee.found": _("Anotó que se formó el comité %(subject)s"),
    "committee.join": _("Anotó que alguien entró al comité %(subject)s"),
    "committee.leave": _("Anotó que alguien salió del comité %(subject)s"),
    "committee.meet": _("Anotó una reunión del comité %(subject)s"),
    "committee.money": _("Anotó dinero del comité %(subject)s"),
    "committee.renew": _("Anotó que alguien sigue otro periodo en el comité %(subject)s"),
    "community.begin": _("Empezó a trabajar en %(subject)s con el modelo %(model)s"),
    "community.review": _("Revisó la fase de %(subject)s"),
    "community_action.take_on": _("Anotó una acción en %(subject)s"),
    "community_action.tell": _("Anotó qué pasó con una acción en %(subject)s"),
    "comparison.agree": _("Anotó con %(subject)s que preguntará lo mismo, para comparar"),
    "comparison.bring": _("Subió los renglones sin nombres de %(subject)s (%(people)s personas)"),
    "comparison.give_back": _("Borró los renglones de %(subject)s porque lo pidió"),
    "context.export": _("Sacó en PDF el diagnóstico de %(place)s"),
    "cost.export": _("Sacó en un archivo lo que cuesta el programa: %(what)s"),
    "cost.void": _("Quitó un renglón de costos: %(subject)s"),
    "cost.write": _("Anotó un costo: %(subject)s"),
    "cost_terms.assume": _("Escribió los supuestos de costos de %(subject)s"),
    "diagnosis.begin": _("Empezó el diagnóstico de %(subject)s"),
    "diagnosis.finish": _("Terminó el diagnóstico de %(subject)s"),
    "diagnosis.forget_words": _(
        "Se cumplió el plazo: se borró lo escrito en %(count)s diagnósticos y quedó lo codificado"
    ),
    "diagnosis.read": _("Leyó el diagnóstico de %(subject)s"),
    "consent.decide": _("Anotó lo que %(subject)s acepta y lo que no (%(count)s)"),
    "consent.withdraw": _("Anotó que %(subject)s retiró algo que aceptaba"),
    "device.add": _("Dio permiso a un teléfono para recoger cuestionarios: %(subject)s"),
    "device.renew": _("Hizo otra clave para el teléfono %(subject)s"),
    "device.revoke": _("Quitó el permiso al teléfono %(subject)s"),
    "demand.voice": _("Anotó una demanda de %(subject)s"),
    "directory.add": _("Agregó al directorio el servicio %(subject)s"),
    "directory.change": _("Corrigió en el directorio el servicio %(subject)s"),
    "directory.fail": _("Avisó que falló el servicio %(subject)s"),
    "directory.import": _("Empezó a importar el directorio %(subject)s"),
    "directory.imported": _(
        "Terminó de importar el directorio %(subject)s: %(count)s renglones entraron"
    ),
    "directory.undo": _("Deshizo la importación del directorio %(subject)s"),
    "directory.verify": _("Llamó y comprobó en el directorio el servicio %(subject)s"),
    "duty_exception.end": _("Terminó la excepción de %(subject)s para trabajar de los dos lados"),
    "duty_exception.sign": _(
        "Firmó que %(subject)s trabaje de los dos lados del muro hasta el %(until)s"
    ),
    "edition.adopt": _("Adoptó el modelo %(subject)s"),
    "edition.sign": _("Firmó el modelo %(subject)s"),
    "emergency.declare": _("Declaró una emergencia: %(subject)s, hasta el %(until)s"),
    "emergency.lift": _("Terminó antes la emergencia: %(subject)s"),
    "enrolment.forget_import": _(
        "Al deshacer una importación quitó %(count)s caminos en un programa"
    ),
    "enrolment.register": _("Con un registro entraron %(count)s hombres al modelo %(subject)s"),
    "enrolment.site": _("Cambió dónde le queda bien a un participante (camino %(subject)s)"),
    "enrolment.step": _("Escribió un paso en el camino %(subject)s: «%(to)s»"),
    "export": _("Exportó «%(what)s»: %(rows)s filas"),
    "export.retention": _("Descargó el reporte de permanencia (%(what)s)"),
    "finding.add": _("Anotó un hallazgo en %(subject)s"),
    "finding.decide": _("Anotó qué se decidió sobre un hallazgo en %(subject)s"),
    "form.answer": _("Terminó de capturar una respuesta a %(subject)s"),
    "form.bring": _("Trajo el formulario %(subject)s"),
    "form.export": _("Descargó el formulario %(subject)s"),
    "form.publish": _("Empezó a usar el formulario %(subject)s"),
    "form.retire": _("Retiró el formulario %(subject)s"),
    "gathering.withdraw": _("Quitó del diagnóstico lo que dijo la asamblea %(subject)s"),
    "gathering.write": _("Anotó lo que dijo la asamblea %(subject)s"),
    "group.facilitators": _("Cambió quién facilita %(subject)s"),
    "group.open": _("Abrió el grupo %(subject)s"),
    "identity.reveal": _("Vio el nombre de %(subject)s durante una sesión"),
    "import.cancel": _("Canceló la importación %(subject)s: no quedó nada"),
    "import.discard": _("Descartó la importación %(subject)s antes de empezarla"),
    "import.erase_file": _("Borró el archivo de la importación %(subject)s"),
    "import.fail": _("No se pudo terminar la importación %(subject)s: no quedó nada"),
    "import.finish": _(
        "Terminó la importación %(subject)s: %(men)s participantes nuevos, %(known)s que ya "
        "estaban, %(sessions)s sesiones, %(marks)s asistencias"
    ),
    "import.open": _("Abrió la importación %(subject)s"),
    "import.receive": _("Subió un registro de asistencia: importación %(subject)s"),
    "import.start": _("Empezó la importación %(subject)s"),
    "import.undo": _("Deshizo la importación %(subject)s; quedaron %(kept)s participantes"),
    "income.void": _("Quitó un ingreso: %(subject)s"),
    "income.write": _("Anotó un ingreso: %(subject)s"),
    "intake.answer": _("Guardó un paso del ingreso de %(subject)s"),
    "intake.finish": _("Terminó el ingreso de %(subject)s"),
    "intake.forget_texts": _(
        "Se borró lo escrito con palabras en %(count)s ingresos: se cumplieron 90 días"
    ),
    "intake.take_many": _("Anotó %(count)s ingresos completos"),
    "intake.start": _("Empezó el ingreso de %(subject)s"),
    "job.cancel": _("Canceló una tarea: %(subject)s"),
    "job.start": _("Empezó una tarea: %(subject)s"),
    "law.write": _("Guardó el texto de la abogada para %(state)s"),
    "letter.leave": _("Dejó una carta sellada"),
    "lottery.announce": _("Anunció el sorteo %(subject)s y publicó su compromiso"),
    "lottery.call": _("Anotó una llamada de más, por el sorteo %(subject)s"),
    "lottery.cancel": _("Canceló el sorteo %(subject)s: «%(reason)s»"),
    "lottery.close": _("Cerró la lista del sorteo %(subject)s (%(listed)s claves)"),
    "lottery.confirm": _("Confirmó el número del sorteo %(subject)s"),
    "lottery.draw": _("Sorteó %(subject)s e hizo pública su semilla"),
    "lottery.exempt": _("Sacó a alguien del sorteo %(subject)s: no espera («%(reason)s»)"),
    "lottery.number": _("Escribió el número del sorteo %(subject)s"),
    "lottery.release": _(
        "Dejó pasar a alguien que esperaba por el sorteo %(subject)s («%(reason)s»)"
    ),
    "membership.join": _("Inscribió a %(subject)s en un grupo"),
    "membership.join_many": _("Inscribió a %(count)s participantes en %(subject)s"),
    "membership.leave": _("Dio salida a %(subject)s de un grupo"),
    "membership.visit": _("Dio lugar por una sesión a %(subject)s, de otro grupo"),
    "membership.visit_dismiss": _("Quitó el lugar de visita de %(subject)s"),
    "number.reveal": _("Vio el teléfono de %(subject)s para llamarle"),
    "organisation.create": _("Se fundó la organización %(subject)s en este servidor"),
    "participant.correct": _("Corrigió los datos de %(subject)s"),
    "participant.forget": _("Borró los datos de %(subject)s («%(reason)s»)"),
    "participant.open": _("Abrió el expediente de %(subject)s"),
    "participant.register": _("Dio de alta a %(subject)s"),
    "participant.register_many": _("Dio de alta a %(count)s participantes"),
    "password.change": _("%(subject)s cambió su contraseña"),
    "pin.failed": _("Falló el PIN de %(subject)s en una pantalla bloqueada"),
    "pin.set": _("Cambió su PIN para la sesión"),
    "literacy.action_done": _("Anotó que un círculo hizo lo que acordó: %(subject)s"),
    "literacy.change": _("Cambió un círculo: %(subject)s"),
    "literacy.close": _("Cerró un círculo: %(subject)s"),
    "literacy.count": _("Contó %(count)s tarjetas en un círculo: %(subject)s"),
    "literacy.hold": _("Anotó un encuentro de %(count)s personas en un círculo: %(subject)s"),
    "literacy.learn": _("Anotó algo aprendido en un círculo: %(subject)s"),
    "literacy.not_held": _("Anotó que un encuentro no se hizo en un círculo: %(subject)s"),
    "literacy.open": _("Abrió un círculo: %(subject)s"),
    "literacy.plan": _("Puso un encuentro en un círculo: %(subject)s"),
    "monitoring.expect": _("Escribió lo que se supone: %(subject)s"),
    "monitoring.read_naming": _("Hizo contar lo que se nombró en las rondas de %(subject)s"),
    "plan.make": _("Decidió el plan de %(subject)s"),
    "plan.write": _("Escribió en el plan de %(subject)s"),
    "pool.bring": _("Trajo el paquete %(subject)s de otra organización al acuerdo %(code)s"),
    "pool.drop": _("Quitó el paquete %(subject)s del acuerdo %(code)s"),
    "pool.join": _("Entró con otras organizaciones al acuerdo %(subject)s"),
    "pool.propose": _("Propuso a otras organizaciones el acuerdo %(subject)s"),
    "pool.show_key": _("Imprimió la llave del acuerdo %(subject)s"),
    "pool.sum_up": _("Hizo el paquete de sumas %(subject)s para el acuerdo %(code)s"),
    "recovery_codes.make": _("%(subject)s hizo %(count)s códigos de respaldo"),
    "reset_code.allow_authenticator": _(
        "Permitió que el código de %(subject)s también desvincule su teléfono"
    ),
    "reset_code.issue": _("Dio un código de entrada a %(subject)s"),
    "reset_code.use": _("%(subject)s eligió contraseña con un código de entrada"),
    "referral.read": _("Leyó una canalización de %(subject)s"),
    "referral.send": _("Canalizó a %(subject)s"),
    "referral.step": _("Anotó qué pasó con una canalización de %(subject)s"),
    "referral.told": _("Anotó cómo le fue a %(subject)s con una canalización"),
    "report.decide": _("Decidió sobre un aviso a la autoridad, de %(subject)s: «%(decision)s»"),
    "report.read": _("Leyó un aviso a la autoridad, de %(subject)s"),
    "report.told": _("Anotó cuándo se avisó a la autoridad, de %(subject)s"),
    "report.review": _("Revisó un aviso a la autoridad, de %(subject)s: «%(verdict)s»"),
    "review.add": _("Agregó algo a la revisión abierta de %(subject)s (%(trigger)s)"),
    "review.ask_to_close": _("Pidió cerrar la revisión alta de %(subject)s: falta otra persona"),
    "review.close": _("Cerró la revisión de %(subject)s (%(trigger)s)"),
    "review.close_second": _(
        "Cerró como segunda persona, desde %(office)s, la revisión alta de %(subject)s"
    ),
    "review.judge": _("Valoró como «%(level)s» la revisión de %(subject)s"),
    "review.open": _("Abrió una revisión de %(subject)s (%(trigger)s)"),
    "review.read": _("Leyó una revisión de %(subject)s, con su diagnóstico"),
    "review.send_back": _("No confirmó el cierre de la revisión de %(subject)s"),
    "rights.answer": _("Contestó la solicitud de derechos %(subject)s: «%(decision)s»"),
    "rights.carry_out": _("Cumplió la solicitud de derechos %(subject)s"),
    "rights.extend": _("Amplió el plazo de la solicitud de derechos %(subject)s"),
    "rights.gather": _("Reunió el expediente entero para la solicitud de derechos %(subject)s"),
    "rights.identify": _("Comprobó quién hace la solicitud de derechos %(subject)s"),
    "rights.look": _("Revisó los textos para la solicitud de derechos %(subject)s"),
    "rights.receive": _("Recibió la solicitud de derechos %(subject)s"),
    "role.grant": _("Dio a %(subject)s el rol «%(role)s»"),
    "role.grant_self": _("Se dio a sí misma, a sí mismo, el rol «%(role)s»"),
    "role.revoke": _("Quitó a %(subject)s el rol «%(role)s»"),
    "safeguard.record": _("Anotó quién cuida el ingreso de %(subject)s, menor de edad"),
    "second_factor.code": _("%(subject)s confirmó con su teléfono"),
    "second_factor.failed": _("Alguien con la contraseña de %(subject)s escribió un código errado"),
    "second_factor.recovery_code": _(
        "%(subject)s confirmó con un código de respaldo; le quedan %(left)s"
    ),
    "service.add": _("Agregó un servicio a la página pública: %(subject)s"),
    "service.change": _("Cambió un servicio de la página pública: %(subject)s"),
    "service.remove": _("Quitó un servicio de la página pública: %(subject)s"),
    "service.verify": _("Llamó y comprobó un servicio de la página pública: %(subject)s"),
    "session.activity": _("Empezó la actividad %(number)s en %(subject)s"),
    "session.add": _("Agregó la sesión %(subject)s para el %(on)s"),
    "session.flag": _("Pidió revisar a %(folio)s desde %(subject)s"),
    "session.hold": _("Dijo que se hizo la sesión %(subject)s"),
    "session.move": _("Cambió la sesión %(subject)s al %(on)s"),
    "session.not_held": _("Dijo que no hubo la sesión %(subject)s: %(reason)s"),
    "session.sheet": _("Capturó la hoja de %(subject)s: %(count)s renglones"),
    "sighting.add": _("Anotó lo que se vio en una actividad en %(subject)s"),
    "sign_in.done": _("%(subject)s entró"),
    "sign_in.failed": _("Alguien falló al entrar como %(subject)s"),
    "sign_out": _("%(subject)s salió"),
    "site.add": _("Abrió la sede %(subject)s"),
    "slot.choose": _("Decidió quién guarda lo que dicen las mujeres: «%(held_by)s»"),
    "stakeholder.add": _("Agregó a la red a %(subject)s"),
    "stakeholder.change": _("Corrigió en la red a %(subject)s"),
    "stakeholder.commit": _("Anotó hasta dónde se compromete %(subject)s"),
    "data_set.freeze": _("Congeló los datos de un estudio (%(rows)s filas, huella %(subject)s…)"),
    "study_run.start": _("Corrió el plan de un estudio para el %(subject)s"),
    "study_release.publish": _("Llegó el día %(subject)s y se publicó lo de un estudio"),
    "study.amend": _("Enmendó el plan de «%(subject)s» (enmienda %(number)s)"),
    "study.begin": _("Empezó a preparar el estudio «%(subject)s»"),
    "study.choose": _("Cambió lo que se prepara para el estudio «%(subject)s»"),
    "study.design": _("Eligió un diseño para el estudio «%(subject)s»: %(design)s"),
    "study.freeze": _("Congeló el plan de «%(subject)s», con la huella %(sha256)s…"),
    "study.stop": _("Detuvo el estudio «%(subject)s»"),
    "submission.conflict": _(
        "Llegó del teléfono %(subject)s otro cuestionario «%(form)s» con un número ya usado: se "
        "guardaron los dos"
    ),
    "submission.receive": _("Llegó del teléfono %(subject)s un cuestionario «%(form)s»"),
    "survey_round.answer": _("Capturó %(count)s hojas de la encuesta de %(subject)s"),
    "survey_round.close": _("Cerró la encuesta de %(subject)s"),
    "survey_round.open": _("Empezó una encuesta en %(subject)s"),
    "talk.begin": _("Empezó una plática de seguimiento con %(subject)s"),
    "talk.end": _("Anotó una plática de seguimiento con %(subject)s («%(outcome)s»)"),
    "talk.plan": _("El sistema planeó %(count)s pláticas de seguimiento"),
    "telling.conflict": _("Escribió de %(folio)s en %(subject)s al mismo tiempo que otra persona"),
    "telling.forget": _("Se borraron por su tiempo palabras de %(subject)s"),
    "telling.undo": _("Deshizo algo escrito de %(folio)s en %(subject)s"),
    "telling.write": _("Escribió de %(folio)s en %(subject)s"),
    "testimony.keep": _("Guardó el testimonio %(subject)s con su permiso"),
    "testimony.over": _("Terminó el permiso del testimonio %(subject)s y sus palabras se borraron"),
    "testimony.withdraw": _("Retiró el testimonio %(subject)s: sus palabras se borraron"),
    "tie.add": _("Anotó un lazo de %(subject)s"),
    "tie.end": _("Anotó que terminó un lazo de %(subject)s"),
    "text.bring": _("Trajo el texto de «%(subject)s», con su permiso"),
    "text.open": _("Abrió el permiso para usar «%(subject)s»"),
    "text.permit": _("Trajo el permiso para usar «%(subject)s»"),
    "text.withdraw": _("Anotó que el permiso para usar «%(subject)s» ya no vale"),
    "training.record": _("Anotó la formación de %(person)s en %(subject)s"),
    "user.create": _("Creó la cuenta de %(subject)s"),
    "user.deactivate": _("Cerró la cuenta de %(subject)s"),
    "user.reactivate": _("Abrió otra vez la cuenta de %(subject)s"),
}
_UNKNOWN: Final = _("Hizo algo que esta versión no sabe decir en palabras")

# What whoever reads the log should not overlook.
LOUD: Final = frozenset(
    {
        "audit.cut",
        "audit.verify_failed",
        "authenticator.reset",
        "reset_code.allow_authenticator",
        "role.grant_self",
        "second_factor.failed",
    }
)


class _Known(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "—"


def sentence(event: Event, words: Mapping[str, object] | None = None) -> str:
    """Return what happened, in words. `words` says the codes of the detail aloud."""
    words = words or {}
    detail = event.detail if isinstance(event.detail, dict) else {}
    values = _Known({name: words.get(str(value), value) for name, value in detail.items()})
    values["subject"] = event.subject_label or "—"
    return str(SENTENCES.get(event.kind, _UNKNOWN)) % values
