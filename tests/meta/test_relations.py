"""Relations between tables keep to the house too: the string "survivors.Case" is no import."""

from __future__ import annotations

import configparser
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.db import models
from django.test.utils import isolate_apps

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Relation:
    source: str  # room.Model.field
    room: str
    target: str  # a room, "" for a table of Django's or of a package, "anything" for a generic one


def levels() -> dict[str, int]:
    """Read from the import contract how high each room stands; siblings stand equally high."""
    contract = configparser.ConfigParser()
    contract.read(ROOT / ".importlinter", encoding="utf-8")
    layers = contract["importlinter:contract:house"]["layers"].split("\n")
    layers = [layer for layer in layers if layer.strip()]
    return {
        room.strip(" ()"): len(layers) - height
        for height, layer in enumerate(layers)
        for room in layer.split("|")
    }


def room_of(model: type[models.Model]) -> str:
    parts = model.__module__.split(".")
    return parts[1] if parts[0] == "tequio" else ""


def relations(found: Iterable[type[models.Model]]) -> Iterator[Relation]:
    for model in found:
        for field in model._meta.get_fields(include_hidden=True):
            name = f"{model._meta.label}.{field.name}"
            if isinstance(field, GenericForeignKey):
                yield Relation(name, room_of(model), "anything")
            elif field.is_relation and not (field.auto_created and not field.concrete):
                target = field.related_model
                assert isinstance(target, type), f"{name} points at nothing known"
                yield Relation(name, room_of(model), room_of(target))


def problems(found: Iterable[Relation]) -> list[str]:
    height = levels()
    lines = []
    for relation in found:
        source, target = relation.room, relation.target
        if not target:
            continue
        if target == "anything":
            lines.append(f"{relation.source} may point at any table")
        elif not source:
            lines.append(f"{relation.source}: a package points at {target}")
        elif target == "survivors" and source != "survivors":
            lines.append(f"{relation.source} points at the wall")
        elif source == "audit" and target != "audit":
            lines.append(f"{relation.source}: the log outlives what it describes")
        elif source != target and height[target] >= height[source]:
            lines.append(f"{relation.source} points up or sideways, at {target}")
    return lines


# What a package brings of its own about our users; none of ours.
PACKAGES: frozenset[str] = frozenset()


def test_every_relation_points_down_and_none_at_the_wall() -> None:
    found = problems(relations(apps.get_models(include_auto_created=True)))
    assert [line for line in found if line.split(":")[0] not in PACKAGES] == []


def test_our_own_tables_were_looked_at() -> None:
    seen = {relation.room for relation in relations(apps.get_models(include_auto_created=True))}
    assert {"access", "people", "programmes", "circles"} <= seen


@pytest.mark.parametrize(
    ("room", "target", "words"),
    [
        ("people", "circles", "points up"),
        ("people", "survivors", "at the wall"),
        ("studies", "survivors", "at the wall"),
        ("survivors", "people", "sideways"),
        ("audit", "core", "outlives"),
        ("audit", "access", "outlives"),
        ("core", "anything", "any table"),
        ("", "people", "a package"),
    ],
)
def test_a_wrong_relation_is_named(room: str, target: str, words: str) -> None:
    found = problems([Relation(f"{room}.Thing.field", room, target)])
    assert len(found) == 1
    assert words in found[0]


@pytest.mark.parametrize(
    ("room", "target"), [("circles", "people"), ("circles", "circles"), ("people", "")]
)
def test_a_right_relation_is_left_alone(room: str, target: str) -> None:
    assert problems([Relation(f"{room}.Thing.field", room, target)]) == []


@isolate_apps("tequio.people", "tequio.circles")
def test_a_relation_written_as_a_string_is_seen() -> None:
    class Round(models.Model):
        __module__ = "tequio.circles.models"

        class Meta:
            app_label = "circles"

    class Person(models.Model):
        __module__ = "tequio.people.models"
        last_round = models.ForeignKey("circles.Round", on_delete=models.PROTECT)
        rounds = models.ManyToManyField("circles.Round", related_name="+")

        class Meta:
            app_label = "people"

    found = problems(relations([Person, Round]))
    assert [line.split()[0] for line in found] == [
        "people.Person.last_round",
        "people.Person.rounds",
    ]
