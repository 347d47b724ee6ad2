"""The marks and words that registers use, and the one meaning of those that have only one."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """Attendance of one person at one session. IGNORED reads as if nothing were written."""

    PRESENT = "present"
    LATE = "late"
    ABSENT = "absent"
    EXCUSED = "excused"
    IGNORED = "ignored"


def _words(status: Status, text: str) -> dict[str, Status]:
    return dict.fromkeys(text.split(), status)


FIXED: dict[str, Status] = {
    **_words(
        Status.PRESENT,
        "1 ✓ ✔ ☑ ✅ 🗸 √ v ● • · . s si sip ok yes y asistio asiste asistencia presente presencia "
        "present attended vino true verdadero puntual",
    ),
    **_words(Status.LATE, "r t rt ret retardo retraso tarde llego-tarde late tardanza"),
    **_words(
        Status.ABSENT,
        "0 - -- – — ✗ ✘ ❌ ☒ f n no falta falto fi inasistencia no-asistio no-vino ausente "
        "ausencia absent false falso",
    ),
    **_words(
        Status.EXCUSED,
        "j fj justificada justificado justifico justificacion falta-justificada permiso "
        "con-permiso excusa excused aviso con-aviso incapacidad",
    ),
    **_words(Status.IGNORED, "n/a na n.a. n.a no-aplica"),
}
LEGEND_WORDS: tuple[tuple[str, Status], ...] = (
    ("no asist", Status.ABSENT),
    ("inasist", Status.ABSENT),
    ("falta just", Status.EXCUSED),
    ("falt", Status.ABSENT),
    ("ausen", Status.ABSENT),
    ("absent", Status.ABSENT),
    ("asist", Status.PRESENT),
    ("presen", Status.PRESENT),
    ("attend", Status.PRESENT),
    ("retar", Status.LATE),
    ("retras", Status.LATE),
    ("tard", Status.LATE),
    ("late", Status.LATE),
    ("justif", Status.EXCUSED),
    ("permiso", Status.EXCUSED),
    ("excus", Status.EXCUSED),
    ("no aplica", Status.IGNORED),
)
TICKS = tuple("✓ ✔ ☑ ✅ 🗸 √ ● • · . 1 v ok si asistio presente".split())
ABSENCES = tuple("f falta falto fi 0 - ✗ ✘ no inasistencia ausente".split())
