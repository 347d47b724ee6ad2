"""Invented content for the gallery: every component with the kind of words it will carry."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.contrib.messages import constants
from django.core.paginator import Paginator

from tequio.ui import charts
from tequio.ui import forms as looks
from tequio.ui.circle import Circle, Seat, SeatState, short_names
from tequio.ui.parts import (
    ChartFigure,
    Column,
    Event,
    Fact,
    Figure,
    Job,
    Link,
    Row,
    Step,
    Table,
)

NAMES = (
    "Cedro", "Río", "Faro", "Nogal", "Sol", "Pino", "Mar", "Roca",
    "Luna", "Tizoc", "Alba", "Viento", "Marea", "Encino", "Barro", "Sauce",
)  # fmt: skip
STATES = (
    SeatState.PRESENT,
    SeatState.PRESENT,
    SeatState.LATE,
    SeatState.PRESENT,
    SeatState.ABSENT,
    SeatState.EXCUSED,
    SeatState.NOT_RECORDED,
)


class SampleForm(forms.Form):
    """One of each kind of field."""

    alias = forms.CharField(
        label="¿Cómo quiere que le digan en el grupo?",
        help_text="Un nombre corto. No tiene que ser el suyo.",
        max_length=20,
    )
    phone = forms.CharField(label="Teléfono", required=False, help_text="Diez dígitos.")
    starts = forms.DateField(label="¿Cuándo empezó?", widget=looks.DatePick)
    at = forms.TimeField(label="Hora de la sesión", widget=looks.TimePick)
    site = forms.ChoiceField(
        label="Sede", choices=[("", "Elige una sede"), ("p", "Portales"), ("i", "Iztapalapa")]
    )
    came = forms.ChoiceField(
        label="Desde la última vez, ¿hubo violencia?",
        widget=looks.Segmented,
        choices=[("no", "No"), ("yes", "Sí"), ("silent", "Prefiere no decir")],
    )
    kinds = forms.MultipleChoiceField(
        label="¿De qué tipo?",
        help_text="Marca todas las que nombró.",
        widget=looks.Chips,
        choices=[
            ("psy", "Psicológica"), ("phy", "Física"), ("sex", "Sexual"), ("eco", "Económica"),
            ("pat", "Patrimonial"), ("dig", "Digital"), ("vic", "Vicaria"),
        ],
    )  # fmt: skip
    entry = forms.ChoiceField(
        label="¿Por dónde llegó?",
        widget=forms.RadioSelect,
        choices=[
            ("self", "Por su cuenta"),
            ("court", "Lo mandó un juzgado"),
            ("job", "Su trabajo"),
        ],
    )
    register = forms.FileField(label="Lista de asistencia", widget=looks.FilePick)
    note = forms.CharField(label="Nota", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    agrees = forms.BooleanField(
        label="Le expliqué los límites de la confidencialidad",
        help_text="Sin esto no se abre el expediente.",
    )


def circle(size: int, *, key: str = "", closed: bool = False, facilitators: int = 2) -> Circle:
    """A circle of ``size`` seats, the facilitators facing each other."""
    names = list(NAMES[: size - facilitators])
    facing = [0, size // 2][:facilitators]
    for place, name in zip(facing, ("Lalo", "Maru"), strict=False):
        names.insert(place, name)
    short = short_names(names)
    seats = tuple(_seat(key, i, names, short, facing, closed=closed) for i in range(size))
    came = sum(s.state in {SeatState.PRESENT, SeatState.LATE} for s in seats if not s.facilitator)
    late = sum(s.state is SeatState.LATE for s in seats)
    lines = ("llegaron" + (f", {late} tarde" if late else ""), "2 faltan · 1 avisó")
    return Circle(f"circulo-{key or size}", seats, came, size - facilitators, lines)


def _seat(
    key: str, at: int, names: list[str], short: tuple[str, ...], facing: list[int], *, closed: bool
) -> Seat:
    leads = at in facing
    state = SeatState.NOT_RECORDED if leads else STATES[at % len(STATES)]
    return Seat(
        id=f"{key or len(names)}-{at}",
        label=names[at],
        short=short[at],
        state=state,
        url="" if leads or closed else "#",
        facilitator=leads,
        current=names[at] == "Faro",
        note="Dos faltas seguidas" if at == 5 else "",
    )


def samples() -> Mapping[str, Any]:
    """The whole context of the gallery page."""
    large = circle(14)
    return {
        "organisation_name": "Casa Colibrí",
        "person": {"label": "Lalo Ramírez", "roles_text": "Facilitación"},
        "nav": [
            Link("Hoy", "#", current=True),
            Link("Grupos", "#"),
            Link("Personas", "#"),
            Link("Importar", "#"),
            Link("Permanencia", "#"),
        ],
        "crumbs": [Link("Grupos", "#"), Link("Grupo Martes", "#"), Link("Sesión 5")],
        "actions": [
            Link("Abrir la sesión", "#"),
            Link("Imprimir la hoja", "#", quiet=True, icon="print"),
        ],
        "facts": [
            Fact("Modelo", "Guía Simetría, edición 2026"),
            Fact("Sede", "Portales"),
            Fact("Facilitan", "Lalo y Maru"),
            Fact("Empezó", "mar 6 oct 2026"),
            Fact("Termina", ""),
        ],
        "figures": _figures(),
        "table": _table(),
        "tabs": [
            Link("Sesiones", "#", current=True),
            Link("Participantes", "#", count=12),
            Link("Historia", "#"),
        ],
        "steps": [
            Step("Archivo", "done"),
            Step("Columnas", "now"),
            Step("Revisión"),
            Step("Listo"),
        ],
        "job": Job(
            "1", "Leyendo la lista", 412, 1257, cancel_url="#", finished=False, status_url="#"
        ),
        "events": [
            Event(
                "Llegó a la sesión 5",
                on=date(2026, 11, 10),
                text="Habló en la ronda y pidió apoyo.",
            ),
            Event("Faltó a la sesión 4", on=date(2026, 11, 3)),
            Event("Empezó en Grupo Martes", on=date(2026, 10, 6), url="#"),
        ],
        "page": Paginator(range(250), 25).page(3),
        "empty_actions": [Link("Traer una lista", "#"), Link("Abrir un grupo", "#", quiet=True)],
        "form": SampleForm(prefix="blank"),
        "wrong": SampleForm(
            {"wrong-phone": "55", "wrong-kinds": ["psy", "eco"], "wrong-came": "yes"},
            prefix="wrong",
        ),
        "circles": [circle(8, facilitators=1), circle(12, closed=True), circle(18)],
        "large": large,
        "rows": [s for s in large.seats if not s.facilitator][:5],
        "charts": chart_figures(),
        "levels": constants.DEFAULT_TAGS,
    }


def _figures() -> list[Figure]:
    return [
        Figure(
            name="Terminaron el programa",
            value="43\u00a0%",
            of="41 de 96 hombres que empezaron",
            missing="De 3 hombres no hay registro.",
            means="Hombres que llegaron al final de su grupo.",
            counts="Todos los que vinieron al menos una vez, en grupos que ya cerraron.",
            caution="Que un hombre termine no dice si dejó la violencia ni si ella está segura.",
        ),
        Figure(
            name="Más de 75\u00a0% de las sesiones",
            value="5\u00a0%",
            of="63 de 1,257 hombres",
            means="Sesiones a las que llegó, entre las que hubo.",
        ),
        Figure(
            name="Mujeres más seguras",
            unknown="Todavía no se sabe",
            missing="Faltan respuestas: se publican desde diez.",
            caution="Nada, hasta que haya respuestas de ellas.",
        ),
    ]


def _table() -> Table:
    columns = (
        Column("Participante"),
        Column("Grupo"),
        Column("Sesiones", number=True),
        Column("Última vez"),
    )
    rows = (
        Row((Link("Faro", "#"), "Martes · Portales", "5 de 5", "mar 10 nov 2026")),
        Row((Link("Luna", "#"), "Martes · Portales", "3 de 5", "mar 27 oct 2026"), look=True),
        Row((Link("Tizoc", "#"), "Jueves · Iztapalapa", "8 de 9", "jue 12 nov 2026")),
    )
    return Table("Quiénes vienen", columns, rows)


def chart_figures() -> list[ChartFigure]:
    """The four charts, with the tables that say the same."""
    return [_survival(), _dose(), _funnel(), _sessions()]


def _survival() -> ChartFigure:
    times = list(range(13))
    share = [1, 0.93, 0.85, 0.8, 0.74, 0.7, 0.66, 0.62, 0.6, 0.57, 0.55, 0.52, 0.5]
    low = [max(0.0, s - 0.02 - 0.006 * i) for i, s in enumerate(share)]
    high = [min(1.0, s + 0.02 + 0.006 * i) for i, s in enumerate(share)]
    followed = [96, 93, 87, 80, 74, 69, 64, 60, 56, 51, 47, 44, 41]
    spec = charts.survival_curve(
        times, share, low, high, followed,
        title="De cada cien hombres, cuántos siguen viniendo",
        description="La curva baja de 100 % al inicio a 50 % en la sesión 12.",
        x_title="Sesión",
    )  # fmt: skip
    rows = [
        Row((t, f"{100 * s:.0f}\u00a0%", n)) for t, s, n in zip(times, share, followed, strict=True)
    ]
    columns = (
        Column("Sesión"),
        Column("Siguen", number=True),
        Column("Se observaban", number=True),
    )
    title = "Cuántos siguen viniendo"
    note = "96 hombres, ocho grupos. La franja es el intervalo de 95\u00a0%."
    return ChartFigure(title, spec, Table(title, columns, rows), note)


def _dose() -> ChartFigure:
    bins = [
        ("hasta 25\u00a0%", 600),
        ("26–50\u00a0%", 420),
        ("51–75\u00a0%", 174),
        ("más de 75\u00a0%", 63),
    ]
    title = "A cuántas sesiones vinieron"
    spec = charts.dose_histogram(
        bins, title=title, description="Solo 63 de 1,257 hombres vinieron a más de 75 %.",
        x_title="Parte de las sesiones", highlight_from=3,
    )  # fmt: skip
    columns = (Column("Parte de las sesiones"), Column("Hombres", number=True))
    rows = [Row((label, f"{n:,}")) for label, n in bins]
    return ChartFigure(
        title, spec, Table(title, columns, rows), "1,257 hombres, ocho estados, 2010."
    )


def _funnel() -> ChartFigure:
    steps = [
        ("Preguntaron", 212),
        ("Entrevista", 148),
        ("Diagnóstico", 121),
        ("Empezaron", 96),
        ("Terminaron", 41),
    ]
    title = "Del primer contacto al final"
    spec = charts.funnel_bars(
        steps, title=title, description="De 212 que preguntaron terminaron 41."
    )
    columns = (Column("Paso"), Column("Hombres", number=True))
    rows = [Row((label, n)) for label, n in steps]
    return ChartFigure(title, spec, Table(title, columns, rows), "Enero a octubre de 2026.")


def _sessions() -> ChartFigure:
    counts = [(12, 0), (11, 0), (9, 1), (10, 0), (0, 12), (8, 2), (9, 0), (7, 0)]
    bars = [charts.SessionBar(str(i), came, none, 12) for i, (came, none) in enumerate(counts, 1)]
    title = "Quiénes llegaron a cada sesión"
    spec = charts.session_bars(
        bars, title=title, description="De la sesión 5 no hay registro.", x_title="Sesión"
    )
    columns = (
        Column("Sesión"),
        Column("Llegaron", number=True),
        Column("Sin registrar", number=True),
    )
    rows = [Row((b.label, b.came, b.unrecorded)) for b in bars]
    return ChartFigure(title, spec, Table(title, columns, rows), "Grupo Martes, 12 lugares.")


def document() -> Mapping[str, object]:
    """The data of the printed sample."""
    funnel = _funnel()
    return {
        "title": "Permanencia en los grupos",
        "organisation": "Casa Colibrí",
        "subtitle": "Enero a octubre de 2026",
        "dated": "vie 20 nov 2026",
        "footer": "Asistir no es lo mismo que dejar la violencia.",
        "paragraphs": [
            "Este documento muestra cómo se ve lo impreso. Lo que alguien escribe llega como "
            "texto: *esto* no se vuelve negrita y #esto no se ejecuta.",
        ],
        "figures": [
            {"name": f.name, "value": f.value or "No se sabe", "of": f.of} for f in _figures()
        ],
        "chart": {"title": funnel.title, "alt": "De 212 que preguntaron terminaron 41."},
        "table": {
            "title": "Por grupo",
            "columns": [
                {"label": "Grupo"},
                {"label": "Sede"},
                {"label": "Hombres", "number": True},
            ],
            "rows": [[f"Grupo {i}", "Portales", str(8 + i % 5)] for i in range(1, 41)],
        },
        "caution": "No se puede concluir que quienes terminaron dejaron la violencia.",
    }
