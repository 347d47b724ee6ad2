"""What an invented neighbourhood did, saw, found and planned. All of it is invented."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Deed:
    """An action of the story: its need, its weeks, and how it ended."""

    need: int
    week: int
    due: int
    what: str
    owner: str
    ends: str = "done"
    decides: str = ""
    about: str = ""
    promise: str = ""
    kept: str = ""
    text: str = ""
    evidence: str = ""
    on_the_wall: bool = True


DEEDS: Final = (
    Deed(
        1,
        54,
        66,
        "Contar y fotografiar las lámparas que no sirven",
        "Rosa",
        text="Son 19 lámparas en tres calles.",
        evidence="Croquis en la carpeta del comité",
    ),
    Deed(
        1,
        66,
        80,
        "Pedir la reparación de las 19 lámparas",
        "Rosa y el comité",
        decides="Dirección de Servicios Urbanos",
        about="Partida de alumbrado de la alcaldía",
        promise="Reparar las 19 lámparas",
        kept="partly",
        text="Repararon 13 de 19; faltan las de las escaleras.",
        evidence="Fotos, carpeta 2",
    ),
    Deed(
        0,
        58,
        74,
        "Acompañar a quien va a la agencia, de dos en dos",
        "Comisión de acompañamiento",
        text="Siete acompañamientos; en cinco tomaron la denuncia ese día.",
        evidence="Bitácora de acompañamientos, sin nombres",
        on_the_wall=False,
    ),
    Deed(
        0,
        70,
        96,
        "Pedir un turno sin cita para violencia",
        "Abogadas del Oriente",
        ends="stuck",
        decides="Titular de la agencia",
        about="Protocolo de atención inmediata",
        promise="Un turno los martes y jueves",
        kept="broken",
        text="Cambió el titular y nadie sabe del acuerdo.",
    ),
    Deed(
        2,
        60,
        84,
        "Taller de costura con cuidado de niñas y niños",
        "Lupita",
        text="Empezaron 12, siguen 9.",
        evidence="Lista con alias",
    ),
    Deed(
        3,
        122,
        132,
        "Reuniones y volantes en náhuatl",
        "Chela",
        text="Dos reuniones al mes en náhuatl.",
        evidence="Volantes en la carpeta 3",
    ),
    Deed(
        6,
        112,
        118,
        "Llamar a cada servicio del directorio cada seis meses",
        "Paty",
        text="Se llamó a todos; dos se quitaron.",
        evidence="El directorio mismo",
    ),
    Deed(
        5,
        126,
        150,
        "Hablar con el programa de hombres y mandar a quien quiera",
        "Chava",
        text="Ya hay a quién llamar.",
        evidence="Acuerdo firmado, carpeta 1",
    ),
    Deed(
        0,
        140,
        161,
        "Volver a pedir el turno sin cita, con la nueva titular",
        "El comité",
        ends="",
        decides="Titular de la agencia",
        about="Protocolo de atención inmediata",
    ),
    Deed(4, 150, 158, "Espacio de juego los días de trámite", "Lupita", ends=""),
)
MEMBERS: Final = (
    ("Rosa", "coordinates"),
    ("Chela", "minutes"),
    ("Lupita", "money"),
    ("Don Toño", "member"),
    ("Chava", "member"),
)
MONEY: Final = (
    (55, "received", "12,000", "Fondo semilla de la organización", "Recibo 001"),
    (62, "spent", "1,840", "Copias y croquis de lámparas", "Nota 114"),
    (63, "received", "3,450", "Rifa del barrio", "Acta de la rifa"),
    (85, "spent", "6,200", "Dos máquinas de coser de uso", "Factura A-88"),
    (124, "spent", "950", "Volantes en náhuatl", "Nota 209"),
    (131, "spent", "380", "Refrescos de la reunión", ""),
)
# Week, domain, from 1 to 5, activity, how many, what was heard.
SEEN: Final = (
    (18, "knowledge", 2, "Plática en el comedor", 23, "¿Y eso también es violencia?"),
    (26, "knowledge", 3, "Círculo de derechos", 14, "No sabía que podía pedir pensión."),
    (31, "attitudes", 2, "Lotería en el tianguis", 40, "Pues en cada casa se arreglan."),
    (37, "skills", 3, "Círculo de dinero", 13, "Ya abrí una cuenta a mi nombre."),
    (49, "attitudes", 3, "Mural de las escaleras", 31, "Aquí ya no se vale quedarse callado."),
    (
        64,
        "skills",
        4,
        "Ensayo: qué decir y qué no",
        16,
        "No le digas que lo deje; pregúntale qué necesita.",
    ),
    (
        75,
        "behaviour",
        3,
        "Reunión del comité",
        9,
        "La acompañamos de dos en dos y no la dejamos sola.",
    ),
    (
        88,
        "attitudes",
        4,
        "Torneo de barrio",
        60,
        "Un papá paró el pleito y les habló a los jóvenes.",
    ),
    (
        98,
        "behaviour",
        4,
        "Asamblea",
        52,
        "Pidieron cuentas a la dirección sin que nadie les dijera.",
    ),
    (118, "knowledge", 4, "Círculo en náhuatl", 12, "Ahora sí entendí a dónde ir."),
    (
        128,
        "behaviour",
        4,
        "Ronda de escaleras",
        18,
        "Se turnan para acompañar a quien llega de noche.",
    ),
    (148, "skills", 4, "Ensayo con promotoras nuevas", 11, "Ya lo explican entre ellas."),
)
# Week, what, source, limits, decision's week, acts, decision, who.
FOUND: Final = (
    (
        51,
        "Casi nadie que hable náhuatl ha venido a nada",
        "reach",
        "Son pocas las que contestaron; no dice cuántas hay ni por qué no vienen.",
        53,
        True,
        "Reuniones y volantes en náhuatl, con quien lo hable de la comunidad.",
        "La asamblea",
    ),
    (
        52,
        "Se aprende a dónde ir, y al llegar no las atienden",
        "referrals",
        "Lo cuentan quienes volvieron a contarlo; de las demás no se sabe.",
        53,
        True,
        "Acompañar de dos en dos, y pedirle a quien decide.",
        "El comité",
    ),
    (
        103,
        "Dos de los servicios del directorio no contestan",
        "network",
        "Se llamó una sola vez a cada uno.",
        105,
        True,
        "Llamar a todos cada seis meses, con una persona a cargo.",
        "El equipo",
    ),
    (
        104,
        "Los hombres casi no llegan a las actividades",
        "reach",
        "La encuesta encontró a menos hombres en casa: no se sabe de quienes trabajan lejos.",
        106,
        False,
        "Por ahora no: no hay quién facilite con ellos.",
        "El equipo",
    ),
    (
        155,
        "El turno sin cita se prometió y no se cumplió",
        "demands",
        "Es una sola agencia y cambió de titular; no dice cómo son las otras.",
        156,
        True,
        "Volver a pedirlo por escrito y con testigas de la red.",
        "La asamblea",
    ),
    (
        156,
        "Las mayores de 60 años no conocen al comité",
        "survey",
        "Ninguna cifra dice por qué; a muchas no se les preguntó.",
        None,
        False,
        "",
        "",
    ),
)
# Year, what, sign, how it stands to the year before, the line before, and the finding behind it.
PLAN: Final = (
    (1, "Tejer la red: quién puede ayudar y quién decide", "8 en la red", "new", None, None),
    (
        1,
        "Círculos de dinero, servicios y derechos",
        "3 círculos, todos en español",
        "new",
        None,
        None,
    ),
    (1, "Directorio comprobado", "3 servicios", "new", None, None),
    (2, "Sostener la red y sus acuerdos", "2 acuerdos firmados", "same", 0, None),
    (2, "Círculos también en náhuatl", "1 de cada 4 en náhuatl", "changed", 1, 0),
    (2, "Directorio comprobado", "5 servicios", "same", 2, None),
    (2, "Un comité que acompañe a denunciar y pida cuentas", "7 acompañamientos", "new", None, 1),
    (3, "Sostener la red y sus acuerdos", "3 acuerdos firmados", "same", 3, None),
    (3, "Círculos en español y en náhuatl", "2 reuniones al mes en náhuatl", "same", 4, None),
    (3, "Llamar a cada servicio cada seis meses", "0 teléfonos que no contesten", "changed", 5, 2),
    (3, "El comité pide el turno sin cita", "El turno, dos días a la semana", "same", 6, None),
    (4, "Sostener la red y sus acuerdos", "3 acuerdos firmados", "same", 7, None),
    (4, "Círculos en español y en náhuatl", "2 reuniones al mes en náhuatl", "same", 8, None),
    (
        4,
        "Pedir el turno por escrito, con testigas de la red",
        "El oficio sellado y su respuesta",
        "changed",
        10,
        4,
    ),
)
WHAT_SEEN: Final = "Se ve en las reuniones y en las notas del equipo."
MINUTES: Final = (
    "Se leyeron las demandas una por una y se acordó antes cómo votar. Cada persona levantó la "
    "mano por las que quiso. Se acordó que el comité las lleve y dé cuentas en la próxima."
)
