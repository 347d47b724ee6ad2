"""Every column of every table that leads to a man is given, opened, or left out with a reason.

And every such table is known to who erases him: a new relation fails here until somebody decided.
"""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from tequio.people.models import Participant
from tequio.reports.rights import kept, opening, tables, whole
from tequio.reports.rights.tables import LOOSE, TITLES, Hand, Table

# Columns that look like a man's key and are none.
NOT_MEN = {
    "audit.Event.subject_id",  # the log outlives him, by folio
    "jobs.Job.subject_id",  # a register, a report: never a man
}
# What may happen to a row when he goes: all else would leave something of him, or refuse.
ENDS = {"CASCADE", "DO_NOTHING", "SET_NULL", "forget_the_name"}
DO_NOTHING = {"programmes.EnrolmentStep"}  # the database's own trigger takes the steps along
SET_NULL = {"reports.RightsRequest", "circles.Telling"}


def undecided(found: tuple[Table, ...], hands: dict[str, Hand]) -> list[str]:
    """Say which columns nobody decided about, and which decisions are about nothing."""
    columns = {f"{t.label}.{f.name}" for t in found for f in t.model._meta.concrete_fields}
    lines = [f"{name}: say in his_file.csv whether he gets it" for name in columns - set(hands)]
    lines += [f"{name}: is in his_file.csv and nowhere else" for name in set(hands) - columns]
    for name, hand in hands.items():
        if hand.hand not in {"give", "open", "leave"}:
            lines.append(f"{name}: nobody knows the hand {hand.hand!r}")
        if (hand.hand == "leave") != bool(hand.why):
            lines.append(f"{name}: left out without a reason, or given with one")
    return sorted(lines)


def test_every_column_of_his_was_decided_about() -> None:
    assert undecided(tables.tables(), tables.hands()) == []


def test_what_is_given_has_a_label_and_what_is_opened_an_opener() -> None:
    hands = tables.hands()
    assert {name for name, hand in hands.items() if hand.hand == "give"} == set(whole.LABELS)
    assert {name for name, hand in hands.items() if hand.hand == "open"} == set(opening._OPENERS)


def test_sealed_columns_are_never_given_as_they_are() -> None:
    for table in tables.tables():
        for field in table.model._meta.concrete_fields:
            if isinstance(field, models.BinaryField | models.TextField | models.JSONField):
                assert tables.hands()[f"{table.label}.{field.name}"].hand != "give"


def test_no_table_of_the_wall_leads_to_a_man_or_is_read_for_him() -> None:
    rooms = {table.model._meta.app_label for table in tables.tables()}
    assert "survivors" not in rooms
    ours = {"people", "programmes", "circles", "care", "outreach", "studies", "reports", "letters"}
    assert rooms == ours


def test_who_erases_knows_every_table() -> None:
    assert {table.label for table in tables.tables()} == set(TITLES)


def ends() -> dict[str, str]:
    """What the database does with each relation when he goes."""
    known = {table.model for table in tables.tables()} - set(LOOSE)
    return {
        relation.related_model._meta.label: relation.on_delete.__name__
        for model in known
        for relation in model._meta.related_objects
        if not relation.many_to_many
    }


def test_nothing_keeps_him_or_points_at_nobody() -> None:
    found = ends()
    assert set(found.values()) <= ENDS
    assert {label for label, end in found.items() if end == "DO_NOTHING"} <= DO_NOTHING
    assert {label for label, end in found.items() if end == "SET_NULL"} <= SET_NULL


def test_a_key_without_a_relation_is_known_too() -> None:
    suspects = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.UUIDField)
        and not field.primary_key
        and any(word in field.name for word in ("participant", "subject", "man", "person"))
    }
    loose = {f"{model._meta.label}.{field}" for model, field in LOOSE.items()}
    assert suspects - NOT_MEN == loose


@isolate_apps("tequio.people")
def test_a_new_column_that_nobody_decided_about_is_found() -> None:
    class Nickname(models.Model):
        __module__ = "tequio.people.models"
        participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
        text = models.CharField(max_length=10)

        class Meta:
            app_label = "people"

    found = undecided((Table(Nickname, "participant"),), {})
    assert any("people.Nickname.text" in line for line in found)


@pytest.mark.parametrize(("hand", "why"), [("leave", ""), ("give", "because"), ("show", "")])
def test_a_decision_that_says_nothing_is_found(hand: str, why: str) -> None:
    mine = {"people.Participant.folio": Hand(hand, why)}
    assert any("folio" in line for line in undecided((), mine) if "nowhere else" not in line)


def test_every_clock_that_erases_is_told_on_the_page_with_its_days() -> None:
    from tests.meta.test_clocks import listed

    told = kept.lines_by_clock()
    for name, row in listed().items():
        if not row["clock"] or row["clock"].startswith("survivors."):
            continue
        assert row["clock"] in told, f"{name}: «Qué se guarda» does not speak of {row['clock']}"
        days = {line.after.total_seconds() / 86400 for line in told[row["clock"]] if line.after}
        assert not days or float(row["after"]) in days, name
