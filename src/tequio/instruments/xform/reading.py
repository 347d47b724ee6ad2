"""Reading an XForm (ODK XForms): what pyxform writes, and what others wrote before it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree as ET

from defusedxml.ElementTree import fromstring

from tequio.instruments.xform.model import (
    Bind,
    Form,
    Group,
    ItemSet,
    Kind,
    Node,
    Option,
    Piece,
    Question,
    Repeat,
    SetValue,
    Text,
    local,
)

_H: Final = "{http://www.w3.org/1999/xhtml}"
_X: Final = "{http://www.w3.org/2002/xforms}"
_JR: Final = "{http://openrosa.org/javarosa}"
_KINDS: Final[dict[str, Kind]] = {
    "input": "input",
    "select1": "select1",
    "select": "select",
    "rank": "rank",
    "trigger": "trigger",
    "upload": "upload",
    "range": "range",
    "secret": "input",
}
_OWN_ATTRIBUTES: Final = frozenset({"ref", "bind", "appearance", "nodeset"})


class NotAForm(ValueError):
    """The XML is no XForm that can be asked."""


def read(xml: bytes) -> Form:
    """Read an XForm.

    Raises
    ------
    NotAForm
        When it is no XML, or lacks the parts that make a form.
    """
    try:
        root = fromstring(xml, forbid_dtd=True)
    except Exception as error:
        raise NotAForm(f"This is no XML: {error}") from error
    model = root.find(f"{_H}head/{_X}model")
    body = root.find(f"{_H}body")
    instance = None if model is None else model.find(f"{_X}instance")
    if model is None or body is None or instance is None or not len(instance):
        raise NotAForm("There is no model with an instance and a body.")
    template = _bare(instance[0])
    texts, languages, default = _texts(model)
    return Form(
        id=template.get("id") or local(template.tag),
        version=template.get("version") or "",
        title=(root.findtext(f"{_H}head/{_H}title") or "").strip(),
        languages=languages,
        default_language=default,
        body=tuple(_nodes(body)),
        binds={bind.path: bind for bind in _binds(model)},
        first_values=tuple(_first_values(model, body)),
        on_change=tuple(_on_change(body)),
        texts=texts,
        template=template,
        lists={
            one.get("id", ""): _bare(one[0])
            for one in model.findall(f"{_X}instance")[1:]
            if len(one) and one.get("id")
        },
        beside={
            one.get("id", ""): one.get("src", "").rpartition("/")[2]
            for one in model.findall(f"{_X}instance")[1:]
            if one.get("id") and one.get("src", "").startswith("jr://file")
        },
        xml=xml,
    )


def _bare(element: ET.Element) -> ET.Element:
    """Take namespaces off what expressions walk through: forms write those paths without."""
    for one in element.iter():
        one.tag = local(one.tag)
    return element


def _texts(
    model: ET.Element,
) -> tuple[dict[str, dict[str, dict[str, tuple[Piece, ...]]]], tuple[str, ...], str]:
    found: dict[str, dict[str, dict[str, tuple[Piece, ...]]]] = {}
    default = ""
    for translation in model.iterfind(f"{_X}itext/{_X}translation"):
        language = translation.get("lang", "")
        found[language] = {
            text.get("id", ""): {
                value.get("form", ""): _pieces(value) for value in text.iterfind(f"{_X}value")
            }
            for text in translation.iterfind(f"{_X}text")
        }
        if translation.get("default"):
            default = language
    languages = tuple(found)
    return found, languages, default or (languages[0] if languages else "")


def _binds(model: ET.Element) -> Iterator[Bind]:
    for bind in model.iterfind(f"{_X}bind"):
        yield Bind(
            path=bind.get("nodeset", ""),
            type=local(bind.get("type", "string").replace(":", "}")),
            relevant=_expression(bind.get("relevant")),
            required=_expression(bind.get("required")),
            required_message=_named(bind.get(f"{_JR}requiredMsg")),
            constraint=_expression(bind.get("constraint")),
            constraint_message=_named(bind.get(f"{_JR}constraintMsg")),
            calculate=_expression(bind.get("calculate")),
            readonly=_expression(bind.get("readonly")),
            preload=bind.get(f"{_JR}preload", ""),
            preload_params=bind.get(f"{_JR}preloadParams", ""),
        )


def _expression(text: str | None) -> str:
    found = (text or "").strip()
    return "" if found == "false()" else found


def _first_values(model: ET.Element, body: ET.Element) -> Iterator[SetValue]:
    """Read what is put in when a field begins to be there; in a repeat, each time anew."""
    found: dict[str, SetValue] = {}
    for one in (*model.iterfind(f"{_X}setvalue"), *body.iter(f"{_X}setvalue")):
        events = (one.get("event") or "").split()
        if "odk-instance-first-load" in events or "odk-new-repeat" in events:
            found.setdefault(one.get("ref", ""), _set_value(one))
    yield from found.values()


def _on_change(body: ET.Element) -> Iterator[SetValue]:
    """Read what is put in when the question in which it stands gets another answer."""
    for control in body.iter():
        for one in control.iterfind(f"{_X}setvalue"):
            if "xforms-value-changed" in (one.get("event") or "").split():
                yield _set_value(one, control.get("ref", ""))


def _set_value(one: ET.Element, watched: str = "") -> SetValue:
    return SetValue(one.get("ref", ""), (one.get("value") or "").strip(), watched)


def _nodes(parent: ET.Element) -> Iterator[Node]:
    for child in parent:
        name = local(child.tag)
        if name == "group":
            yield _group(child)
        elif name == "repeat":
            yield _repeat(child, Text())
        elif name in _KINDS:
            yield _question(child, _KINDS[name])


def _group(group: ET.Element) -> Node:
    label = _text(group.find(f"{_X}label"))
    inner = group.find(f"{_X}repeat")
    if inner is not None:
        return _repeat(inner, label)
    return Group(
        path=group.get("ref") or group.get("nodeset") or "",
        label=label,
        appearance=group.get("appearance") or "",
        children=tuple(_nodes(group)),
    )


def _repeat(repeat: ET.Element, label: Text) -> Repeat:
    return Repeat(
        path=repeat.get("nodeset", ""),
        label=label,
        children=tuple(_nodes(repeat)),
        count=(repeat.get(f"{_JR}count") or "").strip(),
    )


def _question(control: ET.Element, kind: Kind) -> Question:
    itemset = control.find(f"{_X}itemset")
    return Question(
        kind=kind,
        path=control.get("ref", ""),
        label=_text(control.find(f"{_X}label")),
        hint=_text(control.find(f"{_X}hint")),
        appearance=control.get("appearance") or "",
        options=tuple(
            Option((item.findtext(f"{_X}value") or "").strip(), _text(item.find(f"{_X}label")))
            for item in control.iterfind(f"{_X}item")
        ),
        itemset=None if itemset is None else _itemset(itemset),
        attributes={
            name: value for name, value in control.attrib.items() if name not in _OWN_ATTRIBUTES
        },
    )


def _itemset(itemset: ET.Element) -> ItemSet:
    value, label = itemset.find(f"{_X}value"), itemset.find(f"{_X}label")
    shown = "" if label is None else label.get("ref", "")
    by_id = shown.startswith("jr:itext(")
    return ItemSet(
        nodeset=itemset.get("nodeset", ""),
        value="name" if value is None else value.get("ref", "name"),
        label=shown[len("jr:itext(") : -1] if by_id else shown,
        by_id=by_id,
    )


def _text(element: ET.Element | None) -> Text:
    if element is None:
        return Text()
    named = element.get("ref")
    return _named(named) if named else Text(pieces=_pieces(element))


def _named(words: str | None) -> Text:
    words = (words or "").strip()
    if words.startswith("jr:itext("):
        return Text(itext=words[len("jr:itext(") : -1].strip("'\" "))
    return Text(pieces=(Piece(words=words),)) if words else Text()


def _pieces(element: ET.Element) -> tuple[Piece, ...]:
    """Read mixed content: words, and outputs between them."""
    pieces = [Piece(words=element.text or "")]
    for child in element:
        if local(child.tag) == "output":
            pieces.append(Piece(expression=(child.get("value") or child.get("ref") or "").strip()))
        pieces.append(Piece(words=child.tail or ""))
    return tuple(piece for piece in pieces if piece.words or piece.expression)
