"""What must not be said, and what would be needed to know more."""

from __future__ import annotations

from evidencia.words.table import Texts

TEXTS: Texts = {
    # What must not be said: the claim, and why not.
    "findings.not.ended": {
        "es": "«Se acabó la violencia»: se midió una diferencia promedio en lo que se reporta, "
        "no el fin de la violencia.",
        "en": "“Violence has ended”: what was measured is an average difference in what is "
        "reported, not the end of violence.",
    },
    "findings.not.everyone": {
        "es": "«A todos les sirve»: es un promedio; a algunas personas pudo irles peor.",
        "en": "“It works for everyone”: it is an average; some people may have done worse.",
    },
    "findings.not.proved": {
        "es": "«Está demostrado»: esta evidencia no llega a tanto.",
        "en": "“It is proven”: this evidence does not go that far.",
    },
    "findings.not.works_or_not": {
        "es": "«Funciona» o «no funciona»: estos datos no permiten decir ni lo uno ni lo otro.",
        "en": "“It works” or “it does not work”: these data allow neither.",
    },
    "findings.not.waiting_is_safety": {
        "es": "Que alguien esté a salvo, o que le haya servido, porque la atendieron pronto.",
        "en": "That anybody is safe, or was helped, because she was served soon.",
    },
    "findings.not.no_effect": {
        "es": "«No hay diferencia»: no encontrarla no es lo mismo que saber que no la hay.",
        "en": "“There is no difference”: not finding one is not knowing there is none.",
    },
    "findings.not.big": {
        "es": "«Hubo un gran cambio»: la diferencia es menor que la más pequeña que importa.",
        "en": "“There was a great change”: the difference is smaller than the smallest that "
        "matters.",
    },
    "findings.not.hide_harm": {
        "es": "«No hubo efecto» o «es casualidad»: un daño se dice con su nombre y se atiende.",
        "en": "“It had no effect” or “it is chance”: harm is called harm and acted on.",
    },
    "findings.not.thanks_to": {
        "es": "«Gracias al programa»: sin un grupo con quién comparar no se sabe. Medir sólo "
        "antes y después suele exagerar mucho.",
        "en": "“Thanks to the programme”: without a group to compare with nobody knows. Measuring "
        "only before and after usually exaggerates a great deal.",
    },
    "findings.not.safer": {
        "es": "«Ellas están más seguras»: esta cifra no mide la seguridad de ninguna mujer.",
        "en": "“The women are safer”: this figure does not measure any woman's safety.",
    },
    "findings.not.violence_fell": {
        "es": "«Bajó la violencia»: bajó un tipo, la física; del control no se puede decir.",
        "en": "“Violence fell”: one type fell, the physical; of control that cannot be said.",
    },
    "findings.not.his_word": {
        "es": "«Ellas viven menos violencia»: esto es lo que dicen ellos, no lo que viven ellas.",
        "en": "“The women live with less violence”: this is what the men say, not what the women "
        "live.",
    },
    "findings.not.leavers": {
        "es": "«A los que se fueron les fue igual»: de ellos no se sabe.",
        "en": "“Those who left did the same”: nothing is known of them.",
    },
    "findings.not.pool": {
        "es": "«En promedio, hombres y mujeres dicen que…»: sus respuestas no se juntan.",
        "en": "“On average, men and women say that…”: their answers are not joined.",
    },
    "findings.not.attendance": {
        "es": "«Viene a las sesiones, así que ella está segura»: asistir no es dejar de ejercer "
        "violencia, y la asistencia no mide la seguridad de nadie.",
        "en": "“He comes to the sessions, so she is safe”: attending is not ceasing to use "
        "violence, and attendance measures nobody's safety.",
    },
    "findings.not.silence": {
        "es": "«No hay violencia de otros tipos»: no haber preguntado no es que no exista.",
        "en": "“There is no violence of other types”: not having asked is not its absence.",
    },
    "findings.not.anything": {
        "es": "Nada sobre el efecto del programa en este resultado: no hay cifra.",
        "en": "Anything about the programme's effect on this outcome: there is no figure.",
    },
    # What would be needed to know more.
    "findings.needed.comparison": {
        "es": "Un grupo con quién comparar. Donde hay más hombres aceptados que lugares, una "
        "lotería de fechas de inicio lo da sin dejar a nadie fuera.",
        "en": "A group to compare with. Where more men are accepted than there are places, a "
        "lottery of starting dates gives one without leaving anybody out.",
    },
    "findings.needed.lottery": {
        "es": "Formar los grupos por una lotería que cualquiera pueda verificar.",
        "en": "Forming the groups by a lottery that anybody can verify.",
    },
    "findings.needed.people": {
        "es": "Más personas con respuesta final: unas {n} para poder ver una diferencia de "
        "{smallest} (hoy: {now}). Juntar resultados con otras organizaciones también sirve.",
        "en": "More people with a final answer: about {n} to be able to see a difference of "
        "{smallest} (today: {now}). Pooling results with other organisations also helps.",
    },
    "findings.needed.margin": {
        "es": "Decidir antes de medir, con las mujeres y el equipo, cuál es la diferencia más "
        "pequeña que importa.",
        "en": "Deciding before measuring, with the women and the team, which is the smallest "
        "difference that matters.",
    },
    "findings.needed.narrower": {
        "es": "Más personas con respuesta final, para que el intervalo sea más angosto; juntar "
        "resultados con otras organizaciones también sirve.",
        "en": "More people with a final answer, for a narrower interval; pooling results with "
        "other organisations also helps.",
    },
    "findings.needed.follow_up": {
        "es": "Volver a buscar a quienes dejaron de venir y preguntarles también a ellos.",
        "en": "Looking again for those who stopped coming, and asking them too.",
    },
    "findings.needed.clusters": {
        "es": "Más grupos o comunidades, no sólo más personas en cada uno.",
        "en": "More groups or communities, not only more people in each.",
    },
    "findings.needed.her_report": {
        "es": "Lo que dicen ellas, sólo si un equipo de mujeres puede preguntarlo con seguridad y "
        "con su consentimiento.",
        "en": "What the women say, only if a women's team can ask it safely and with their "
        "consent.",
    },
    "findings.needed.control": {
        "es": "Preguntar también por el control: a quién puede ver, adónde puede ir, su dinero, "
        "su teléfono.",
        "en": "Asking about control too: whom she may see, where she may go, her money, her "
        "telephone.",
    },
    "findings.needed.types": {
        "es": "Preguntar por cada tipo de violencia por separado.",
        "en": "Asking about each type of violence separately.",
    },
    "findings.needed.act_on_harm": {
        "es": "Revisar ahora, con el equipo que acompaña a las mujeres, a quiénes y en qué "
        "momento les va peor.",
        "en": "Reviewing now, with the team that accompanies the women, who does worse and when.",
    },
    "findings.needed.repeat": {
        "es": "Que se repita en otro lugar con el mismo plan.",
        "en": "Seeing it repeated elsewhere with the same plan.",
    },
    "findings.needed.data": {
        "es": "Datos con los que sí se pueda calcular; los límites dicen qué faltó.",
        "en": "Data that allow the calculation; the limits say what was lacking.",
    },
}
