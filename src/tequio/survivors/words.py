"""The words for every code that stands on a sheet. Codes are sealed; words change with language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise
Choices = Sequence[tuple[str, Words]]

CHANNELS: Final[Choices] = (
    ("call", _("Llamada")),
    ("call_work", _("Llamada al trabajo")),
    ("whatsapp", _("WhatsApp")),
    ("sms", _("Mensaje de texto")),
    ("email", _("Correo")),
    ("in_person", _("En persona")),
    ("third", _("Por alguien de su confianza")),
)
DAYS: Final[Choices] = (
    ("0", _("Lun")),
    ("1", _("Mar")),
    ("2", _("Mié")),
    ("3", _("Jue")),
    ("4", _("Vie")),
    ("5", _("Sáb")),
    ("6", _("Dom")),
)
MAY_LEAVE: Final[Choices] = (
    ("voicemail", _("Mensaje de voz")),
    ("sms", _("Mensaje de texto")),
    ("whatsapp", _("WhatsApp")),
    ("email", _("Correo")),
)
READS: Final[Choices] = (
    ("reads", _("Lee ella")),
    ("read_to", _("Prefiere que le lean")),
    ("not_said", _("No lo ha dicho")),
)
BEGAN: Final[Choices] = (("she", _("Ella nos buscó")), ("us", _("La buscamos nosotras")))
REACHED: Final[Choices] = (
    ("spoke", _("Hablamos")),
    ("no_answer", _("No contestó")),
    ("other_answered", _("Contestó otra persona")),
    ("left", _("Dejamos el texto acordado")),
    ("cut", _("Se cortó; no era seguro")),
)
DECISIONS: Final[Choices] = (
    ("given", _("Sí")),
    ("refused", _("No")),
    ("withdrawn", _("Lo retiró")),
)
HEARD: Final[Choices] = (("read", _("Lo leyó ella")), ("aloud", _("Se le leyó en voz alta")))
TOLD: Final[Choices] = (
    ("start", _("Si empieza")),
    ("no_show", _("Si no llega a empezar")),
    ("absences", _("Si deja de venir")),
    ("leaves", _("Si se va o lo sacan")),
    ("risk", _("Si lo que dice nos preocupa")),
    ("letter", _("Si pide una constancia o una carta")),
    ("end", _("Si termina")),
)
RELATIONS: Final[Choices] = (
    ("partner", _("Pareja")),
    ("ex_partner", _("Ex pareja")),
    ("spouse", _("Esposo")),
    ("co_parent", _("Padre de sus hijas o hijos")),
    ("other", _("Otra relación")),
)
NEEDS: Final[Choices] = (
    ("safety", _("Seguridad inmediata")),
    ("shelter", _("Un lugar seguro para dormir")),
    ("legal", _("Asesoría legal")),
    ("protection_order", _("Una orden de protección")),
    ("psychology", _("Atención psicológica")),
    ("medical", _("Atención médica")),
    ("children", _("Algo para sus hijas o hijos")),
    ("money", _("Dinero o sustento")),
    ("work", _("Trabajo")),
    ("housing", _("Vivienda")),
    ("papers", _("Documentos")),
    ("group", _("Un grupo de mujeres")),
    ("interpreter", _("Intérprete o su lengua")),
    ("access", _("Apoyo por una discapacidad")),
    ("other", _("Otra cosa")),
)
ORDERS: Final[Choices] = (
    ("emergency", _("De emergencia")),
    ("preventive", _("Preventiva")),
    ("civil", _("De naturaleza civil o familiar")),
    ("precautionary", _("Medida cautelar en un proceso")),
    ("other", _("Otra")),
)
TERMS: Final[Choices] = (
    ("leave_home", _("Él sale de la casa")),
    ("no_approach", _("No se acerca a ella")),
    ("no_contact", _("No la busca ni le escribe")),
    ("no_work", _("No va a su trabajo o escuela")),
    ("children", _("Protege a sus hijas o hijos")),
    ("weapon", _("Entrega el arma")),
    ("patrol", _("Rondines o vigilancia")),
    ("belongings", _("Le devuelven sus cosas o documentos")),
    ("support", _("Pensión o gastos")),
)
REPORTED: Final[Choices] = (
    ("yes", _("Se avisó a la autoridad")),
    ("no", _("Ella no quiso avisar")),
    ("later", _("Todavía no")),
)
FACTORS: Final[Choices] = (
    ("threats", _("Amenazas de matarla o lastimarla")),
    ("weapon", _("Tiene un arma o puede conseguirla")),
    ("strangulation", _("Le ha apretado el cuello o tapado la boca")),
    ("escalation", _("Va en aumento: más seguido o más grave")),
    ("separation", _("Se están separando, o hace poco")),
    ("stalking", _("La sigue, la vigila o revisa sus aparatos")),
    ("his_suicide", _("Amenaza con matarse")),
    ("pregnancy", _("Está embarazada o lo estuvo hace poco")),
    ("children", _("Amenaza con los hijos o con llevárselos")),
    ("sexual", _("La ha forzado sexualmente")),
    ("alcohol", _("Toma o consume, y así la lastima")),
    ("jealousy", _("Celos o control de todo lo que hace")),
    ("order_broken", _("Ha violado una orden o una medida")),
    ("her_fear", _("Ella cree que puede matarla")),
)
PRESENCE: Final[Choices] = (
    ("present", _("Sí")),
    ("absent", _("No")),
    ("unknown", _("No se sabe")),
)
LEVELS: Final[Choices] = (("low", _("Bajo")), ("medium", _("Medio")), ("high", _("Alto")))
AGES: Final[Choices] = (
    ("unborn", _("Por nacer")),
    ("0-2", _("0 a 2")),
    ("3-5", _("3 a 5")),
    ("6-11", _("6 a 11")),
    ("12-17", _("12 a 17")),
    ("adult", _("Mayor de edad")),
)
LIVES_WITH: Final[Choices] = (
    ("her", _("Vive con ella")),
    ("him", _("Vive con él")),
    ("both", _("Con los dos")),
    ("family", _("Con otra familia")),
    ("other", _("En otro lugar")),
)
CHILD_MEASURES: Final[Choices] = (
    ("school_told", _("La escuela sabe quién lo puede recoger")),
    ("visits_safe", _("Convivencia supervisada")),
    ("custody", _("Custodia en trámite o decidida")),
    ("psychology", _("Atención psicológica")),
    ("safe_adult", _("Sabe con qué persona adulta ir")),
    ("authority", _("La procuraduría de protección lo sabe")),
)
SEPARATING: Final[Choices] = (
    ("he_left", _("Él salió de la casa")),
    ("she_left", _("Ella se fue a otro lugar")),
    ("shelter", _("Ella está en un refugio")),
    ("locks", _("Cerraduras o accesos cambiados")),
    ("devices", _("Teléfono y cuentas revisadas y cerradas")),
    ("route", _("Cambió de camino u horario")),
    ("work_told", _("Su trabajo sabe qué hacer")),
    ("school_told", _("La escuela sabe qué hacer")),
    ("different_place", _("Servicios de él y de ella en lugar y hora distintos")),
    ("visits", _("Entrega de hijas o hijos sin verse")),
    ("other", _("Otra")),
)
PURPOSES: Final[Choices] = (
    ("legal", _("Asesoría o representación legal")),
    ("shelter", _("Refugio")),
    ("psychology", _("Atención psicológica")),
    ("medical", _("Atención médica")),
    ("protection_order", _("Orden de protección")),
    ("children", _("Atención a sus hijas o hijos")),
    ("economic", _("Apoyo económico o trabajo")),
    ("other", _("Otro")),
)
DATA: Final[Choices] = (
    ("name", _("Su nombre")),
    ("safe_way", _("Cómo contactarla con seguridad")),
    ("need", _("Lo que necesita")),
    ("summary", _("Un resumen en una frase")),
    ("children", _("Cuántas hijas o hijos y sus edades")),
    ("order", _("Que hay una orden de protección")),
    ("risk", _("Que hay peligro")),
    ("nothing", _("Nada: ella se presenta sola")),
)
REFERRAL_STATES: Final[Choices] = (
    ("sent", _("Enviada")),
    ("accepted", _("La aceptaron")),
    ("declined", _("No la aceptaron")),
    ("arrived", _("Ella llegó")),
    ("served", _("La atendieron")),
    ("not_served", _("No la atendieron")),
    ("revoked", _("Ella la retiró")),
)
OFFER_WAYS: Final[Choices] = (
    ("call", _("Llamada, en un momento en que él está en sesión")),
    ("call_other", _("Llamada a otra hora que se sabe segura")),
    ("in_person", _("En persona, en un lugar al que ella ya va")),
    ("service", _("Por un servicio que ya la atiende")),
    ("she_calls", _("Que ella pueda llamar: nadie la busca")),
)
OFFER_OUTCOMES: Final[Choices] = (
    ("support", _("Quiere que la acompañemos")),
    ("information", _("Solo quiere información")),
    ("no", _("No quiere")),
    ("not_reached", _("No se pudo hablar con ella")),
    ("not_safe", _("No es seguro intentarlo")),
)
CLOSURES: Final[Choices] = (
    ("hers", _("Ella decidió cerrar")),
    ("done", _("Se cumplió lo que buscaba")),
    ("referred", _("La acompaña otra organización")),
    ("moved", _("Se fue a vivir a otro lado")),
    ("lost", _("Perdimos el contacto")),
    ("died", _("Murió")),
    ("offer", _("Terminó el ofrecimiento")),
    ("other", _("Otra razón")),
)
STATES: Final[Choices] = (
    ("offer", _("Por ofrecer")),
    ("open", _("La acompañamos")),
    ("closed", _("Cerrado")),
)
PLAN_PARTS: Final[Choices] = (
    ("signs", _("Señales de que se pone peligroso")),
    ("places", _("Lugares a los que puede ir")),
    ("people", _("Personas que ayudan, y cómo les avisa")),
    ("documents", _("Documentos y llaves: dónde están")),
    ("children", _("Qué hacen sus hijas o hijos")),
    ("money", _("Dinero para salir")),
    ("devices", _("Su teléfono y sus cuentas")),
    ("work", _("En el trabajo y en el camino")),
    ("other", _("Otra cosa que a ella le sirve")),
)
DUES: Final[Choices] = (
    ("card", _("Falta su tarjeta de contacto seguro")),
    ("keep", _("Falta preguntarle si guardamos su expediente")),
    ("wave", _("Le tocan preguntas, si ella quiere")),
    ("plan", _("Revisar su plan de seguridad")),
    ("risk", _("Volver a valorar el riesgo")),
    ("risk_second", _("Una valoración espera a la segunda persona")),
    ("order", _("Vence una orden de protección")),
    ("referral", _("Una canalización espera respuesta")),
    ("rights", _("Espera respuesta a lo que pidió sobre sus datos")),
    ("need", _("Algo que pidió sigue sin atenderse")),
    ("consent", _("Se acaba un permiso que dio")),
    ("offer", _("Un ofrecimiento llega a su fecha")),
    ("quiet", _("Nadie ha hablado con ella en mucho tiempo")),
    ("report", _("Un aviso a la autoridad espera a la segunda persona")),
)
# Her moments, by her own dates: from the day on which she said yes.
WAVES: Final[Choices] = (
    ("T0", _("Al principio")),
    ("T1", _("Un mes después")),
    ("T2", _("Siete semanas después")),
    ("T3", _("Tres meses después")),
    ("T4", _("Nueve meses después")),
    ("M1", _("Un año y tres meses después")),
    ("M2", _("Dos años y tres meses después")),
    ("M3", _("Tres años y tres meses después")),
    ("S", _("Al despedirse")),
)
ASKED: Final[Choices] = (
    ("now", _("Quiere contestar ahora")),
    ("alone", _("Quiere contestar sola")),
    ("later", _("Otro día")),
    ("no", _("Esta vez no quiere")),
)
HOW_ANSWERED: Final[Choices] = (
    ("worker", _("Con alguien del equipo")),
    ("alone", _("Sola")),
    ("device", _("En un teléfono del equipo")),
    ("paper", _("En papel")),
)
MISSING: Final[Choices] = (
    ("prefers_not", _("Prefiere no decir")),
    ("left_open", _("Sin contestar")),
    ("not_asked", _("No se le preguntó")),
)
FLAGS: Final[Choices] = (
    ("strangulation", _("le apretaron el cuello o le taparon la boca")),
    ("weapons", _("un arma u otro objeto")),
    ("danger", _("una amenaza de muerte, o no está segura donde vive")),
    ("self_harm", _("pensó en hacerse daño")),
    ("children", _("sus hijas o hijos")),
)
LETTERS: Final[Choices] = (
    ("start", _("Empezó a venir")),
    ("no_show_at_start", _("No llegó a su primera sesión")),
    ("disclosure", _("Contó violencia o una amenaza")),
    ("third_absence", _("Tercera ausencia")),
    ("withdrawal", _("Se retiró")),
    ("exclusion", _("Salió por decisión del equipo")),
    ("re_entry", _("Volvió a entrar")),
    ("risk_raised", _("Preocupa más que antes")),
    ("letter_issued", _("Se emitió una constancia")),
    ("end", _("Terminó el ciclo")),
    ("she_may_be_offered", _("Él dijo de quién es su pareja")),
    ("heard", _("Alguien oyó algo")),
    ("call_back", _("Alguien pide que le hablen")),
    ("referral", _("Una promotora la presenta")),
    ("answers", _("Contestó un cuestionario")),
    ("answers_urgent", _("Algo que contestó no puede esperar")),
    ("answers_stopped", _("Dejó de contestar: quizá no estaba sola")),
)
DUTY_OUTCOMES: Final[Choices] = (
    ("spoke", _("Hablé con ella")),
    ("read", _("Lo leí; no hace falta hablarle hoy")),
    ("told", _("Se lo conté, como ella quiso")),
    ("not_wanted", _("No quiere saberlo")),
    ("not_safe", _("No es seguro decírselo ahora")),
    ("plan", _("Revisamos juntas su plan")),
    ("known", _("Ya lo sabía")),
    ("nothing", _("No hacía falta hacer nada")),
    ("offered", _("Se abrió un ofrecimiento")),
    ("attached", _("Se guardó en su expediente")),
)
DISMISSALS: Final[Choices] = (
    ("not_hers", _("No es de ninguna mujer que conozcamos, y no hay cómo saberlo")),
    ("no_safe_way", _("No hay una forma segura de buscarla")),
    ("she_said_no", _("Ella ya dijo que no")),
    ("twice", _("Ya teníamos esta carta")),
    ("false", _("No es creíble, o es una broma")),
)
REPORTS_ABOUT: Final[Choices] = (
    ("minors", _("Niñas, niños o adolescentes")),
    ("danger", _("Peligro inminente")),
)
REPORT_DECISIONS: Final[Choices] = (("tell", _("Avisar")), ("not_tell", _("No avisar")))
REPORT_VERDICTS: Final[Choices] = (
    ("agrees", _("De acuerdo")),
    ("again", _("Hay que decidirlo otra vez")),
)


def word(choices: Choices, code: str) -> str:
    """Say a code in words; an unknown one comes back as it is."""
    return next((str(label) for known, label in choices if known == code), code)


def words(choices: Choices, codes: Iterable[str]) -> list[str]:
    """Say several codes in words."""
    return [word(choices, code) for code in codes]


def codes(choices: Choices) -> frozenset[str]:
    """Return the codes alone."""
    return frozenset(code for code, _label in choices)


# What she may ask about her own data, and what she was answered.
RIGHTS: Final[Choices] = (
    ("access", _("Saber qué se guarda de ella")),
    ("rectification", _("Que se corrija algo")),
    ("cancellation", _("Que se borre")),
    ("opposition", _("Que no se use para algo")),
    ("revocation", _("Retirar algo que aceptó")),
)
RIGHTS_ANSWERS: Final[Choices] = (
    ("granted", _("Sí, y se hace")),
    ("partly", _("Una parte sí")),
    ("denied", _("No se puede, y se le dijo por qué")),
)
