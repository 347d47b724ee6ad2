"""The functions that forms add to XPath 1 (ODK XForms specification, sections 8.3-8.6)."""

from __future__ import annotations

import math
import re
import zlib
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final
from xml.etree.ElementTree import ElementTree

from elementpath import get_node_tree
from elementpath.xpath_nodes import XPathNode

from tequio.instruments.xform.calls import Call, FormParser, around, ours
from tequio.instruments.xform.values import days, each, number, truth, words


def _register(name: str, nargs: Any, does: Callable[[Call], Any]) -> None:
    FormParser.symbol_table.pop(name, None)  # XPath's own of that name takes fewer arguments
    FormParser.function(name, nargs=nargs)

    def evaluate(self: Any, context: Any = None) -> Any:
        return does(Call(self, context))

    def select(self: Any, context: Any = None) -> Any:
        for item in each(does(Call(self, context))):
            if context is not None:
                context.item = item
            yield item

    FormParser.symbol_table[name].evaluate = evaluate
    FormParser.symbol_table[name].select = select


# --- Choices ----------------------------------------------------------------------------------


def _selected_at(call: Call) -> str:
    chosen, at = call.words().split(), int(call.number(1))
    return chosen[at] if 0 <= at < len(chosen) else ""


def _choice_name(call: Call) -> str:
    return ours().choice_name(call.words(1).strip(), call.words())


def _instance(call: Call) -> list[Any]:
    around_us, name = ours(), call.words()
    if name not in around_us.lists:
        return []
    if name not in around_us.trees:
        around_us.trees[name] = get_node_tree(ElementTree(around_us.lists[name]))
    return [around_us.trees[name]]


def _randomize(call: Call) -> list[Any]:
    """Shuffle as telephones do (Park-Miller, Fisher-Yates): one seed gives one order."""
    found = list(each(call.value()))
    said = call.words(1) if len(call) > 1 else ours().seed
    seed = number(said)
    state = zlib.crc32(said.encode()) if math.isnan(seed) else int(seed)
    state = state % _MODULUS or 1
    for last in range(len(found) - 1, 0, -1):
        state = state * 16_807 % _MODULUS
        other = int((state - 1) / (_MODULUS - 1) * (last + 1))
        found[last], found[other] = found[other], found[last]
    return found


def _checklist(call: Call) -> bool:
    return _between(call, [(truth(call.value(n)), 1.0) for n in range(2, len(call))])


def _weighted_checklist(call: Call) -> bool:
    pairs = zip(range(2, len(call), 2), range(3, len(call), 2), strict=False)
    return _between(call, [(truth(call.value(a)), call.number(b)) for a, b in pairs])


def _between(call: Call, said: list[tuple[bool, float]]) -> bool:
    """checklist(least, most, …): a limit of -1 is none."""
    least, most = call.number(), call.number(1)
    total = sum(weight for holds, weight in said if holds)
    return (least == -1 or total >= least) and (most == -1 or total <= most)


def _pulldata(call: Call) -> str:
    return ours().pulldata(call.words(), call.words(1), call.words(2), call.words(3))


# --- Numbers ----------------------------------------------------------------------------------


def _round(call: Call) -> float:
    places = int(call.number(1)) if len(call) > 1 else 0
    x = call.number()
    if math.isnan(x):
        return math.nan
    scale = 10.0**places
    return math.floor(x * scale + 0.5) / scale


def _int(call: Call) -> float:
    x = call.number()
    return math.nan if math.isnan(x) else float(math.trunc(x))


def _reckoned(does: Callable[..., float], many: int = 1) -> Callable[[Call], float]:
    """Reckon with numbers; what has no result is no number, as XPath says."""

    def reckon(call: Call) -> float:
        try:
            return does(*(call.number(n) for n in range(many)))
        except (ValueError, OverflowError, ZeroDivisionError):
            return math.nan

    return reckon


def _extreme(which: Callable[[list[float]], float]) -> Callable[[Call], float]:
    return lambda call: which(found) if (found := call.numbers()) else math.nan


# --- Nodes ------------------------------------------------------------------------------------


def _position(call: Call) -> int:
    if not len(call):
        return int(call._context.position)
    found = each(call.value())
    node = found[0] if found else None
    above = node.parent if isinstance(node, XPathNode) else None
    if node is None or above is None:
        return 0
    return [one for one in above.children if one.name == node.name].index(node) + 1


def _indexed_repeat(call: Call) -> Any:
    """indexed-repeat(node, repeat, n): that field in the nth of the repeated things."""
    at = int(call.number(2))
    repeats = each(call.value(1))
    if not 1 <= at <= len(repeats):
        return ""
    wanted = repeats[at - 1]
    for node in each(call.value(0)):
        above = node
        while above is not None:
            if above is wanted:
                return [node]
            above = above.parent
    return ""


def _current(_call: Call) -> list[Any]:
    node = around.get().node
    return [] if node is None else [node]


def _once(call: Call) -> Any:
    node = around.get().node
    kept = words(node) if node is not None else ""
    return kept or call.value()


# --- Time -------------------------------------------------------------------------------------

_UPPER, _LOWER = "A-ZÀ-ÖØ-Þ", "a-zß-öø-ÿ"
_CLASSES: Final = {
    **dict.fromkeys(("L", "IsAlphabetic", "Alpha", "IsLetter"), _UPPER + _LOWER),
    **dict.fromkeys(("Lu", "Upper", "IsUppercase"), _UPPER),
    **dict.fromkeys(("Ll", "Lower", "IsLowercase"), _LOWER),
    **dict.fromkeys(("N", "Nd", "Digit", "IsDigit"), "0-9"),
    **dict.fromkeys(("P", "Punct"), r"!-/:-@\[-`{-~¡¿«»“”‘’…–—"),
}
_CLASS: Final = re.compile(r"\\p\{(" + "|".join(_CLASSES) + r")\}")
_MODULUS: Final = 2_147_483_647
_STRFTIME: Final = {"%n": "%-m", "%e": "%-d", "%3": "%f", "%h": "%-H"}


def _format_date(call: Call) -> str:
    text = call.words()
    try:
        moment = datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text[:10])
    except ValueError:
        return ""
    return moment.strftime(re.sub(r"%[neh3]", lambda m: _STRFTIME[m[0]], call.words(1)))


def _decimal_time(call: Call) -> float:
    found = re.match(r"(\d\d):(\d\d)(?::(\d\d(?:\.\d+)?))?", call.words())
    if found is None:
        return math.nan
    return (int(found[1]) * 3600 + int(found[2]) * 60 + float(found[3] or 0)) / 86_400


def _date(call: Call) -> str:
    value = call.value()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return date.fromordinal(date(1970, 1, 1).toordinal() + int(value)).isoformat()
    return words(value)[:10]


def _now(_call: Call) -> str:
    return ours().now.isoformat(timespec="milliseconds")


# --- Words ------------------------------------------------------------------------------------


def _substr(call: Call) -> str:
    text = call.words()
    return text[int(call.number(1)) : int(call.number(2)) if len(call) > 2 else None]


def as_python(pattern: str) -> str:
    """Return a pattern as it is written here: telephones know classes of letters by name."""
    return _CLASS.sub(lambda m: _inside(pattern, m.start(), _CLASSES[m[1]]), pattern)


def _inside(pattern: str, at: int, letters: str) -> str:
    before = re.sub(r"\\.", "", pattern[:at])
    return letters if before.rfind("[") > before.rfind("]") else f"[{letters}]"


def _regex(call: Call) -> bool:
    try:
        return re.fullmatch(as_python(call.words(1)), call.words()) is not None
    except re.error:
        return False


def _join(call: Call) -> str:
    return words(call.value()).join(
        words(one) for n in range(1, len(call)) for one in each(call.value(n))
    )


def _if(call: Call) -> Any:
    return call.value(1) if truth(call.value()) else call.value(2)


def _at(call: Call) -> list[Any]:
    """at('/data/x'): that field, for expressions of ours (see `expressions.compiled`)."""
    return around.get().field(call.words())


_OF_ONE: Final = (
    *(math.sqrt, math.exp, math.log10),
    *(math.sin, math.cos, math.tan, math.asin, math.acos, math.atan),
)
_FUNCTIONS: Final[dict[str, tuple[Any, Callable[[Call], Any]]]] = {
    "at": (1, _at),
    "if": (3, _if),
    "selected": (2, lambda call: call.words(1).strip() in call.words().split()),
    "selected-at": (2, _selected_at),
    "count-selected": (1, lambda call: len(call.words().split())),
    "choice-name": (2, _choice_name),
    "instance": (1, _instance),
    "pulldata": (4, _pulldata),
    "randomize": ((1, 2), _randomize),
    "checklist": ((2, None), _checklist),
    "weighted-checklist": ((2, None), _weighted_checklist),
    "coalesce": (2, lambda call: call.words() or call.words(1)),
    "once": (1, _once),
    "current": (0, _current),
    "indexed-repeat": ((3, 7), _indexed_repeat),
    "position": ((0, 1), _position),
    "count-non-empty": (1, lambda call: sum(1 for one in each(call.value()) if words(one))),
    "sum": ((1, None), lambda call: sum(call.numbers())),
    "min": ((1, None), _extreme(min)),
    "max": ((1, None), _extreme(max)),
    "round": ((1, 2), _round),
    "int": (1, _int),
    "abs": (1, lambda call: abs(call.number())),
    "pow": (2, _reckoned(math.pow, 2)),
    "pi": (0, lambda _call: math.pi),
    "atan2": (2, _reckoned(math.atan2, 2)),
    "log": (1, _reckoned(math.log)),
    **{one.__name__: (1, _reckoned(one)) for one in _OF_ONE},
    "random": (0, lambda _call: ours().random()),
    "uuid": ((0, 1), lambda _call: ours().new_id()),
    "today": (0, lambda _call: ours().now.date().isoformat()),
    "now": (0, _now),
    "date": (1, _date),
    "date-time": (1, lambda call: call.words()),
    "decimal-time": (1, _decimal_time),
    "decimal-date-time": (1, lambda call: days(call.words())),
    "format-date": (2, _format_date),
    "format-date-time": (2, _format_date),
    "regex": (2, _regex),
    "join": ((1, None), _join),
    "concat": ((0, None), lambda call: "".join(words(one) for one in call.all())),
    "substr": ((2, 3), _substr),
    "ends-with": (2, lambda call: call.words().endswith(call.words(1))),
    "boolean-from-string": (1, lambda call: call.words().strip().lower() in {"1", "true"}),
    "number": ((0, 1), lambda call: call.number() if len(call) else number(around.get().node)),
}


# --- Comparing and reckoning: a date counts as its days ----------------------------------------


def _compare(holds: Callable[[float, float], bool]) -> Callable[[Call], bool]:
    """Compare as XPath 1 does: true if any pair of the two sides' values is so related."""

    def does(call: Call) -> bool:
        return any(
            holds(number(a), number(b)) for a in each(call.value(0)) for b in each(call.value(1))
        )

    return does


def _equal(wanted: bool) -> Callable[[Call], bool]:
    """Tell whether any pair is alike, or differs: as truth, else as numbers, else as words."""

    def does(call: Call) -> bool:
        a, b = call.value(0), call.value(1)
        if isinstance(a, bool) or isinstance(b, bool):
            return (truth(a) == truth(b)) is wanted
        as_numbers = _is_number(a) or _is_number(b)
        read = number if as_numbers else words
        return any((read(x) == read(y)) is wanted for x in each(a) for y in each(b))

    return does


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float)


def _reckon(sum_of: Callable[[float, float], float]) -> Callable[[Call], Any]:
    def does(call: Call) -> Any:
        if len(call) == 1:
            return sum_of(0.0, call.number())
        return sum_of(call.number(), call.number(1))

    return does


_OPERATORS: Final[dict[str, Callable[[Call], Any]]] = {
    "<": _compare(lambda a, b: a < b),
    "<=": _compare(lambda a, b: a <= b),
    ">": _compare(lambda a, b: a > b),
    ">=": _compare(lambda a, b: a >= b),
    "=": _equal(True),
    "!=": _equal(False),
    "+": _reckon(lambda a, b: a + b),
    "-": _reckon(lambda a, b: a - b),
}


def _operate(symbol: str, does: Callable[[Call], Any]) -> None:
    def evaluate(self: Any, context: Any = None) -> Any:
        return does(Call(self, context))

    FormParser.symbol_table[symbol] = type(
        f"_Form{FormParser.symbol_table[symbol].__name__}",
        (FormParser.symbol_table[symbol],),
        {"evaluate": evaluate},
    )


FormParser.symbol_table = dict(FormParser.symbol_table)
for _name, (_nargs, _does) in _FUNCTIONS.items():
    _register(_name, _nargs, _does)
for _symbol, _does in _OPERATORS.items():
    _operate(_symbol, _does)
FormParser.build()
# What reads expressions: XPath 1 with all of these.
Parser: Final = FormParser
