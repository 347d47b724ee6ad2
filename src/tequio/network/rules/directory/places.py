"""States that were torn over two columns, glued to a town or written in an old way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tequio.core.text import fold

# As people write them, without dots; the keys are INEGI's.
_ALSO: Mapping[str, str] = {
    "cdmx": "09", "distrito federal": "09", "df": "09", "mexico df": "09",
    "ciudad de mexico (cdmx)": "09", "mexico city": "09", "estado de mexico": "15",
    "edo de mexico": "15", "edo mexico": "15", "edo de mex": "15", "edo mex": "15",
    "edomex": "15", "coahuila de zaragoza": "05", "coahuila": "05", "michoacan de ocampo": "16",
    "michoacan": "16", "veracruz de ignacio de la llave": "30", "veracruz": "30",
    "queretaro de arteaga": "22",
}  # fmt: skip
# Only where they are all that stands there.
_SHORT: Mapping[str, str] = {
    "ags": "01", "bc": "02", "bcs": "03", "camp": "04",
    "coah": "05", "chis": "07", "chih": "08", "dgo": "10", "gto": "11", "gro": "12", "hgo": "13",
    "jal": "14", "mich": "16", "mor": "17", "nay": "18", "nl": "19", "oax": "20", "pue": "21",
    "qro": "22", "q roo": "23", "qroo": "23", "slp": "24", "sin": "25", "son": "26", "tab": "27",
    "tamps": "28", "tlax": "29", "ver": "30", "yuc": "31", "zac": "32",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Where:
    """A state by its key, what is left of the place, and what was mended."""

    state: str = ""
    locality: str = ""
    mended: tuple[str, ...] = ()


def read(state: str, locality: str, names: Mapping[str, str], hint: str = "") -> Where:
    """Find the state. `names` maps folded names to keys; `hint` is where it may stand otherwise."""
    known = {**names, **_ALSO}
    said = fold(state)
    if not said:
        return _from_hint(hint, locality, known)
    # «Edo. Mex.» and «S.L.P.», and «Q. Roo» with its space.
    for written in (said, said.replace(".", ""), fold(said.replace(".", " "))):
        if written in known:
            return _plain(written, locality, known)
        if written in _SHORT:
            return Where(_SHORT[written], locality)
    joined = fold(f"{state} {locality}")
    begun = {key for name, key in known.items() if f"{name} ".startswith(f"{joined} ")}
    # «Baja» and «California» may be all of one state or the half of another.
    if len(begun) == 1:
        return Where(begun.pop(), "", ("state_joined",))
    glued = _glued(state, known)
    if glued is not None:
        key, rest = glued
        return Where(key, locality or rest, ("state_glued",))
    return Where("", f"{state} {locality}".strip(), ("state_doubtful",))


def _plain(said: str, locality: str, known: Mapping[str, str]) -> Where:
    """A whole name; but «Baja California» may be the first half of a longer one."""
    joined = fold(f"{said} {locality}")
    if locality and joined in known:
        return Where(known[joined], "", ("state_joined",))
    return Where(known[said], locality)


def _glued(state: str, known: Mapping[str, str]) -> tuple[str, str] | None:
    """«GuerreroTlapa»: a state and a town without a space between them."""
    for at in range(3, len(state) - 2):
        if state[at].isupper() and state[at - 1].islower():
            key = known.get(fold(state[:at]))
            if key:
                return key, state[at:]
    return None


def _from_hint(hint: str, locality: str, known: Mapping[str, str]) -> Where:
    said = fold(hint)
    for name in sorted(known, key=len, reverse=True):
        if len(name) > 3 and said.startswith(f"{name} "):
            return Where(known[name], locality, ("state_from_name",))
    return Where("", locality, ("state_missing",))
