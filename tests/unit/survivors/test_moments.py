"""Her moments: from the day of her own yes, no longer than it lasts, none against her word."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from tequio.instruments.definitions import newest
from tequio.survivors import words
from tequio.survivors.queries.change import changes, in_words
from tequio.survivors.rules import moments, standing
from tequio.survivors.rules.covers import Cover
from tequio.survivors.rules.sheets import (
    Assessment,
    Body,
    Closure,
    Consent,
    Contact,
    Reopening,
)

YES_ON = date(2026, 3, 1)


def yes(on: date = YES_ON, decision: str = "given", **more: object) -> Consent:
    usual = {
        "purpose": "questionnaires",
        "decision": decision,
        "on": on,
        "text_version": "1",
        "text_sha256": "x",
        "recorded_by": "sol",
    }
    return Consent(**{**usual, **more})  # type: ignore[arg-type]


def answered(slug: str = "espacio-ella", wave: str = "", **more: object) -> Assessment:
    at = datetime(2026, 3, 2, 12, tzinfo=UTC)
    usual = {
        "slug": slug,
        "version": "1",
        "sha256": newest(slug).sha256,
        "began_at": at,
        "number": "n",
        "wave": wave,
        "how": "worker",
        "finished_at": at,
    }
    return Assessment(**{**usual, **more})  # type: ignore[arg-type]


def asked(said: str, on: date, wave: str = "T0") -> Contact:
    return Contact(on=on, began="she", how="call", reached="spoke", by="sol", wave=wave, asked=said)


def found(*sheets: Body) -> dict[str, moments.Moment]:
    return {one.label: one for one in moments.of(sheets)}


def test_without_her_yes_there_is_no_moment() -> None:
    assert found() == {}
    assert found(yes(decision="refused")) == {}
    assert found(yes(), yes(date(2026, 4, 1), "withdrawn", turn=2)) == {}


def test_all_hang_on_her_first_yes_and_every_one_has_words() -> None:
    all_of = found(yes(), yes(date(2026, 5, 1), turn=2))
    assert list(all_of) == ["T0", "T1", "T2", "T3", "T4", "M1", "M2", "M3"]
    assert all_of["T0"].opens_on == YES_ON
    assert all_of["T3"].opens_on == YES_ON + timedelta(days=91)
    assert set(all_of) <= words.codes(words.WAVES)


def test_nothing_is_asked_after_her_yes_ran_out() -> None:
    all_of = found(yes(until=YES_ON + timedelta(days=30)))
    assert list(all_of) == ["T0", "T1"]
    assert all_of["T1"].closes_on == YES_ON + timedelta(days=30)


def test_what_was_answered_is_not_asked_again_and_a_correction_takes_its_place() -> None:
    first = answered(wave="T1", number="a")
    again = answered(wave="T1", number="b", replaces="a", answers={"opinar": "4"})
    assert found(yes(), first)["T1"].left == ("conductas-ella",)
    assert moments.answers_of([first, again]) == [again]


def test_a_no_ends_the_moment_and_another_day_puts_it_off() -> None:
    on = YES_ON + timedelta(days=1)
    assert not found(yes(), asked("no", on))["T0"].waits
    later = found(yes(), asked("later", on))["T0"]
    assert (later.waits, later.again_on) == (True, on + timedelta(days=7))


def test_whoever_left_may_still_say_how_she_is_and_nobody_looks_for_her() -> None:
    gone = Closure(on=date(2026, 4, 20), reason="hers", by="sol")
    all_of = found(yes(), gone)
    assert (all_of["S"].opens_on, all_of["S"].asks[0]) == (gone.on, "espacio-ella")
    assert all_of["T3"].after_leaving
    assert not all_of["T3"].waits
    closed = standing.covered(Cover("F", "Jacinta", state="closed"), [yes(), gone])
    assert closed.due == ()
    again = found(yes(), gone, Reopening(on=date(2026, 5, 2), by="sol"))
    assert "S" not in again
    assert again["T3"].waits


def test_a_window_that_closed_is_due_no_more() -> None:
    cover = standing.covered(Cover("F", "Jacinta", since="2026-03-01"), [yes()])
    open_on = YES_ON + timedelta(days=2)
    assert [due.about for due in standing.due_now(cover, open_on) if due.what == "wave"] == ["T0"]
    closed_on = YES_ON + timedelta(days=14)
    assert [due.about for due in standing.due_now(cover, closed_on) if due.what == "wave"] == []


def test_a_value_is_said_in_the_words_of_the_answers() -> None:
    from fractions import Fraction

    whole = newest("espacio-ella").instrument
    scale = whole.scales[0]
    assert in_words(whole, scale, Fraction(3)) == "«De acuerdo»"
    assert in_words(whole, scale, Fraction(5, 2)) == "entre «Poco de acuerdo» y «De acuerdo»"
    counted = newest("conductas-ella").instrument
    assert in_words(counted, counted.the_scale("physical_count"), Fraction(2)) == "2 de 4"


def test_what_is_not_known_is_a_gap_and_not_a_guess() -> None:
    full = {item.id: "2" for item in newest("espacio-ella").instrument.questions}
    known = answered(answers=full)
    later = answered(
        number="m",
        answers={"opinar": "4"},
        finished_at=datetime(2026, 6, 1, 12, tzinfo=UTC),
    )
    (change,) = changes([known, later])
    (drawing,) = change.drawings
    assert [bool(one.y) for one in drawing.points] == [True, False]
    assert drawing.lines == ()
    assert "No se sabe" in drawing.points[1].said
