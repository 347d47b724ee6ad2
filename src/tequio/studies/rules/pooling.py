"""What several organisations agree and send each other, as plain values and files."""

from __future__ import annotations

import csv
import hashlib
import hmac
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from django.utils.translation import gettext as _

from evidencia.pooling import Packet, PooledDesign
from evidencia.pooling.design import canonical
from tequio.core.errors import DomainError
from tequio.core.ids import ALPHABET
from tequio.studies import recipe as names

KEY_BYTES: Final = 32
WAVES: Final = ("T0", "T1", "T2", "T3", "T4")
# Control first. Of one arm only the change is known, and not what brought it about.
ARMS: Final[Mapping[str, tuple[str, ...]]] = {
    "one": ("programme",),
    "wait": ("later", "now"),
    "comparison": ("comparison", "programme"),
}
_SCHEMA: Final = 1
_CONTEXT: Final = b"tequio pool agreement 1\n"
_CHECKS: Final = 4
_HEARD_AS: Final = str.maketrans({"O": "0", "I": "1", "L": "1", "-": "", " ": "", "\n": ""})
_UNNAMED: Final = re.compile(r"sin nombre [0-9A-Z]{4}-[0-9A-Z]{4}")
LONGEST_LABEL: Final = 80


@dataclass(frozen=True, slots=True)
class Terms:
    """What is agreed: no secret, and the same in every organisation."""

    code: str
    title: str
    instrument: str
    version: str
    measure: str
    design: PooledDesign

    def body(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {
            "tequio": "acuerdo",
            "schema": _SCHEMA,
            "code": self.code,
            "title": self.title,
            "instrument": self.instrument,
            "version": self.version,
            "measure": self.measure,
            "design": design_as_json(self.design),
        }


def design_as_json(design: PooledDesign) -> dict[str, Any]:
    """Return a design as the plain values that its own file holds."""
    return {
        "outcome": design.outcome,
        "waves": list(design.waves),
        "arms": list(design.arms),
        "baseline": design.baseline,
        "covariates": list(design.covariates),
        "threshold": design.threshold,
        "centre": design.centre,
    }


def design_of(
    *, instrument: str, version: str, measure: str, last: str, middle: bool, arms: str, fewest: int
) -> PooledDesign:
    """Return the design of what was chosen: from the start to one moment, of men's own words."""
    upto = WAVES[: WAVES.index(last) + 1]
    return PooledDesign(
        outcome=f"{instrument}/{version}/{measure}/{names.INFORMANTS['men']}",
        waves=upto if middle else (upto[0], upto[-1]),
        arms=ARMS[arms],
        threshold=fewest,
    )


# --- The key, as it is said and typed -------------------------------------------------------------


def spell(key: bytes) -> str:
    """Return a key in groups of four letters; the last group tells a slip of the pen."""
    bits = int.from_bytes(key, "big")
    size = -(-8 * KEY_BYTES // 5)
    body = "".join(ALPHABET[bits >> 5 * place & 31] for place in reversed(range(size)))
    whole = body + _check(body)
    return " ".join(whole[at : at + 4] for at in range(0, len(whole), 4))


def read_key(text: str) -> bytes:
    """Return the key that somebody typed.

    Raises
    ------
    DomainError
        If letters are missing, too many, or one of them is another.
    """
    plain = "".join(text.split()).upper().translate(_HEARD_AS)
    body, check = plain[:-_CHECKS], plain[-_CHECKS:]
    size = -(-8 * KEY_BYTES // 5)
    if len(body) != size or any(letter not in ALPHABET for letter in plain):
        raise DomainError(
            _("La llave tiene %(n)s letras y números, en %(groups)s grupos de cuatro.")
            % {"n": size + _CHECKS, "groups": (size + _CHECKS) // 4},
            hint=_("Cuenta los grupos de la hoja: puede faltar uno."),
        )
    bits = 0
    for letter in body:
        bits = bits << 5 | ALPHABET.index(letter)
    if check != _check(body) or bits >> 8 * KEY_BYTES:
        raise DomainError(
            _("La llave tiene una letra cambiada."),
            hint=_("Cópiala otra vez de la hoja, grupo por grupo."),
        )
    return bits.to_bytes(KEY_BYTES, "big")


def _check(body: str) -> str:
    digest = int.from_bytes(hashlib.sha256(body.encode()).digest()[:4], "big")
    return "".join(ALPHABET[digest >> 5 * place & 31] for place in range(_CHECKS))


# --- The agreement as a file ----------------------------------------------------------------------


def as_file(terms: Terms, key: bytes) -> str:
    """Return the agreement for the others: without the key, and such that theirs can be told."""
    body = terms.body()
    return json.dumps({**body, "check": _mark(body, key)}, ensure_ascii=False, indent=1)


def read_file(text: str, key: bytes) -> Terms:
    """Read the agreement of others, and check it against the key that was given in person.

    Raises
    ------
    DomainError
        If the file is no agreement, or the key is not its own.
    """
    try:
        whole = json.loads(text)
        mark = str(whole.pop("check"))
        design = PooledDesign.from_mapping(whole["design"])
        terms = Terms(
            code=str(whole["code"]),
            title=str(whole["title"]),
            instrument=str(whole["instrument"]),
            version=str(whole["version"]),
            measure=str(whole["measure"]),
            design=design,
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise DomainError(
            _("El archivo no es un acuerdo, o está incompleto."),
            hint=_("Pide que lo envíen de nuevo, tal como lo descargaron."),
        ) from None
    if not hmac.compare_digest(mark, _mark(whole, key)) or terms.body() != whole:
        raise DomainError(
            _("La llave no es la de este acuerdo, o el archivo cambió en el camino."),
            hint=_(
                "Compara el código de la hoja con el del archivo y confirma la llave en persona."
            ),
        )
    return terms


def _mark(body: Mapping[str, Any], key: bytes) -> str:
    return hmac.new(key, _CONTEXT + canonical(dict(body)), hashlib.sha256).hexdigest()


# --- The packet -----------------------------------------------------------------------------------


def fingerprint(packet: Packet) -> str:
    """Return what is the same for the same sums, however their file is spaced."""
    return hashlib.sha256(canonical(packet.as_mapping())).hexdigest()


def unnamed(folio: str) -> str:
    """Return the label of who agreed to be counted and not to be named."""
    return f"sin nombre {folio}"


def is_unnamed(label: str) -> bool:
    """Tell whether a label names nobody."""
    return _UNNAMED.fullmatch(label) is not None


def shown_names(labels: Sequence[str]) -> dict[str, str]:
    """Return how each organisation is called on a page: its name, or a letter."""
    letters = iter("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    named = {}
    for label in sorted(labels):
        if not is_unnamed(label):
            named[label] = label
            continue
        letter = next(letters, "")
        named[label] = (
            _("Organización %(letter)s") % {"letter": letter} if letter else label.split()[-1]
        )
    return named


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """One organisation's rows as a packet takes them; they never leave this place."""

    outcome: npt.NDArray[np.float64]
    arm: npt.NDArray[np.str_] | None
    # Who is in the data set and in no arm of the agreement.
    outside: int


def table(file: bytes, column: str, design: PooledDesign) -> Table:
    """Lay the rows of a frozen file out as the design asks: a row per man, a column per moment.

    Raises
    ------
    DomainError
        If the file has no such measure, or tells of no arm where the agreement compares two.
    """
    rows = csv.DictReader(io.StringIO(file.decode()))
    header = rows.fieldnames or ()
    if column not in header:
        raise DomainError(_("Estos datos no tienen la medida del acuerdo."))
    if len(design.arms) > 1 and names.ARM not in header:
        raise DomainError(
            _("El acuerdo compara dos grupos y estos datos tienen uno solo."),
            hint=_("Elige los datos de un estudio con sorteo o con comparación."),
        )
    place = {wave: at for at, wave in enumerate(design.waves)}
    answers: dict[str, list[float]] = {}
    arm_of: dict[str, str] = {}
    for row in rows:
        unit = row[names.UNIT]
        line = answers.setdefault(unit, [np.nan] * len(place))
        if row.get(names.ARM):
            arm_of[unit] = row[names.ARM]
        at = place.get(row[names.WAVE])
        if at is not None and row[column] != "":
            line[at] = float(row[column])
    return _laid_out(answers, arm_of, design)


def _laid_out(
    answers: Mapping[str, list[float]], arm_of: Mapping[str, str], design: PooledDesign
) -> Table:
    # Where nothing is compared, who had to wait for the programme is not part of it.
    meant = set(design.arms) if len(design.arms) > 1 else {*design.arms, ARMS["wait"][1], ""}
    kept = [unit for unit in sorted(answers) if arm_of.get(unit, "") in meant]
    if not kept:
        raise DomainError(_("En estos datos no hay nadie de los grupos del acuerdo."))
    labels = None
    if len(design.arms) > 1:
        labels = np.array([arm_of[unit] for unit in kept])
    outcome = np.array([answers[unit] for unit in kept], dtype=np.float64)
    return Table(outcome, labels, len(answers) - len(kept))
