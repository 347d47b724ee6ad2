"""Reading a submission: which form it answers, which number it has, which files it names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from tequio.instruments.xform.model import Form, local

LARGEST: Final = 2 * 1024 * 1024
_DEEPEST: Final = 40
_LONGEST_ID: Final = 200


class NoSubmission(ValueError):
    """The XML is no submission; `code` says why: xml | number | encrypted."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code} {detail}".strip())
        self.code = code


@dataclass(frozen=True, slots=True)
class Submitted:
    """A submission as it came."""

    form_id: str
    version: str
    instance_id: str
    deprecated_id: str
    root: Element = field(repr=False, compare=False)
    xml: bytes = field(repr=False)


def read(xml: bytes) -> Submitted:
    """Read a submission, or raise :class:`NoSubmission`."""
    if len(xml) > LARGEST:
        raise NoSubmission("xml", "It is too long.")
    try:
        root = fromstring(xml, forbid_dtd=True)
    except Exception as error:
        raise NoSubmission("xml", str(error)) from error
    if root.get("encrypted") == "yes":
        raise NoSubmission("encrypted")
    form_id = root.get("id") or _namespace(root.tag)
    instance_id, deprecated_id = _numbers(root)
    if not form_id or not instance_id or len(instance_id) > _LONGEST_ID:
        raise NoSubmission("number")
    return Submitted(
        form_id=form_id,
        version=root.get("version") or "",
        instance_id=instance_id,
        deprecated_id=deprecated_id,
        root=root,
        xml=xml,
    )


def unknown_fields(submitted: Submitted, form: Form) -> tuple[str, ...]:
    """Return the fields that this version of the form does not have, each once."""
    known = _paths_of(form)
    return tuple(dict.fromkeys(path for path in _walked(submitted.root) if path not in known))


def named_files(submitted: Submitted, form: Form) -> frozenset[str]:
    """Return the files that the answers name: those of questions that ask for one."""
    uploads = {question.path for question in form.questions() if question.kind == "upload"}
    # Collect keeps how a form was filled in (times of each question) in a file of its own.
    uploads |= {path for path, bind in form.binds.items() if bind.type == "binary"}
    if not uploads:
        return frozenset()
    return frozenset(
        (element.text or "").strip()
        for path, element in _elements(submitted.root)
        if path in uploads and (element.text or "").strip()
    )


def fields(submitted: Submitted) -> list[tuple[str, str]]:
    """Return path and value of every answer, in the order of the form; repeats come again."""
    return [
        (path, (element.text or "").strip())
        for path, element in _elements(submitted.root)
        if not len(element)
    ]


def _numbers(root: Element) -> tuple[str, str]:
    for child in root:
        if local(child.tag) == "meta":
            said = {local(one.tag): (one.text or "").strip() for one in child}
            return said.get("instanceID", ""), said.get("deprecatedID", "")
    return "", ""


def _namespace(tag: str) -> str:
    return tag[1:].partition("}")[0] if tag.startswith("{") else ""


_KNOWN: dict[int, tuple[Form, frozenset[str]]] = {}


def _paths_of(form: Form) -> frozenset[str]:
    kept = _KNOWN.get(id(form))
    if kept is None or kept[0] is not form:
        if len(_KNOWN) > 64:
            _KNOWN.clear()
        paths = frozenset(path for path, _element in _elements(form.template))
        # A phone adds these to any form's meta, whether the form has them or not.
        meta = frozenset(
            f"{form.root}/meta/{one}" for one in ("instanceID", "instanceName", "deprecatedID")
        )
        kept = _KNOWN[id(form)] = (form, paths | meta | {form.root, f"{form.root}/meta"})
    return kept[1]


def _walked(root: Element) -> Iterator[str]:
    return (path for path, _element in _elements(root))


def _elements(root: Element) -> Iterator[tuple[str, Element]]:
    waiting = [(f"/{local(root.tag)}", root)]
    while waiting:
        path, element = waiting.pop()
        yield path, element
        if path.count("/") < _DEEPEST:
            waiting += [(f"{path}/{local(one.tag)}", one) for one in reversed(element)]
