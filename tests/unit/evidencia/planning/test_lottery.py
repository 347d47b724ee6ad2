from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from itertools import permutations
from math import factorial, sqrt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencia import Refusal
from evidencia.planning.lottery import (
    Lottery,
    Person,
    Record,
    commit,
    draw,
    list_digest,
    read,
    verify,
    write,
)
from evidencia.planning.lottery.__main__ import main

SEED = "4 1 6 6 2 3 5 1 1 4 6 2 5 3 3 6 1 2 4 5"
BEACON = "2026-07-14 primer premio 31415"


def people(n: int, strata: str = "n") -> tuple[Person, ...]:
    return tuple(Person(f"P{i:02d}", strata[i % len(strata)]) for i in range(n))


def a_lottery(n: int = 12, **more: object) -> Lottery:
    agreed = {"seats": {"n": 5}, **more}
    return Lottery("Grupo de otoño", people(n), 90, **agreed)  # type: ignore[arg-type]


def a_record(lottery: Lottery | None = None, **more: str) -> Record:
    dates = {"committed_on": "2026-07-01", "closed_on": "2026-07-10"}
    return Record.of(lottery or a_lottery(), seed=SEED, **{"beacon": BEACON, **dates, **more})


def test_the_seats_are_given_and_the_others_wait_in_order() -> None:
    places = draw(a_lottery(), SEED)

    assert sorted(p.rank for p in places) == list(range(1, 13))
    assert all((p.start == "now") == (p.rank <= 5) for p in places)


def test_a_committed_example_never_changes() -> None:
    """Nobody may change these digests: a file drawn today must verify in ten years."""
    assert commit(SEED) == "5f0b34a231fcb8ada498c20478e70a0e6715c58750ec0ecc245ebdfdaebff50a"
    assert (
        list_digest(people(3)) == "28ae9d6a41004c1c5b7e9b0d818d03abb667b5ad13522927ff524c8fb22f1659"
    )
    assert [p.rank for p in draw(a_lottery(6), SEED, BEACON)] == [4, 1, 6, 5, 2, 3]


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="needs sha256sum (coreutils)")
def test_sha256sum_and_sort_give_the_same_draw() -> None:
    lottery = a_lottery()
    listed = "".join(f"{p.code}\\t{p.stratum}\\t{p.exempt}\\n" for p in lottery.people)
    codes = " ".join(p.code for p in lottery.people)
    script = f"""
    hash() {{ sha256sum | cut -d' ' -f1; }}
    list=$(printf '{listed}' | hash)
    key=$(printf 'evidencia-lottery-1\\n%s\\n%s\\n%s\\n%s\\n%s' '{SEED}' "$list" '{BEACON}' \\
        '{lottery.title}' '{lottery.max_delay_days}' | hash)
    for code in {codes}; do
        echo "$(printf '%s\\n%s' "$key" "$code" | hash) $code"
    done | LC_ALL=C sort | cut -d' ' -f2
    """
    done = subprocess.run(
        ["sh", "-c", script], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    places = sorted(draw(lottery, SEED, BEACON), key=lambda p: p.rank)

    assert done.stdout.split() == [p.code for p in places]


def test_every_order_is_as_likely_as_any_other() -> None:
    """Chi-square over the 24 orders of four people and 4,800 seeds; 23 degrees of freedom."""
    lottery, runs = a_lottery(4, seats={"n": 2}), 4_800
    times = dict.fromkeys(permutations(range(1, 5)), 0)
    for i in range(runs):
        times[tuple(p.rank for p in draw(lottery, f"{SEED} {i}"))] += 1
    expected = runs / factorial(4)
    chi = sum((n - expected) ** 2 / expected for n in times.values())

    assert abs(chi - 23) < 4 * sqrt(2 * 23)


def test_those_exempt_have_a_place_at_once_and_change_nobodys_chance() -> None:
    members = (Person("court", "n", "mandated"), *people(6), Person("risk", "n", "high_risk"))
    places = draw(Lottery("t", members, 30, {"n": 3}), SEED)

    assert [p.start for p in places if p.code in ("court", "risk")] == ["exempt", "exempt"]
    assert sum(p.start == "now" for p in places) == 3


@given(st.integers(2, 30), st.sampled_from(["n", "ns", "nsw"]), st.integers(2, 6))
def test_blocks_are_halved_within_their_stratum(n: int, strata: str, size: int) -> None:
    listed = people(n, strata)
    places = {p.code: p for p in draw(Lottery("t", listed, 30, None, size), SEED)}

    for stratum in {p.stratum for p in listed}:
        codes = [p.code for p in listed if p.stratum == stratum]
        for start in range(0, len(codes), size):
            block = codes[start : start + size]
            assert sum(places[c].start == "now" for c in block) == len(block) // 2


def test_another_seed_title_beacon_or_list_is_another_draw() -> None:
    first = draw(a_lottery(), SEED, BEACON)
    longer = Lottery("Grupo de otoño", (*people(12), Person("new", "n")), 90, {"n": 5})

    assert draw(a_lottery(), SEED + "!", BEACON) != first
    assert draw(a_lottery(), SEED, "") != first
    assert draw(replace(a_lottery(), title="x"), SEED, BEACON) != first
    assert [p.rank for p in draw(longer, SEED, BEACON)][:12] != [p.rank for p in first]


def test_a_finished_lottery_is_written_read_and_verified(tmp_path: Path) -> None:
    write(a_record(), tmp_path / "lottery.json")
    found = verify(read(tmp_path / "lottery.json"))

    assert found.right
    assert [note.code for note in found.notes] == ["planning.lottery_right"]


def test_without_a_public_number_it_is_right_and_said() -> None:
    found = verify(a_record(beacon=""))

    assert found.right
    assert found.notes[1].code == "planning.lottery_no_beacon"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"seed": SEED.replace("4", "5")}, "planning.lottery_wrong_seed"),
        ({"seed": "short"}, "planning.lottery_wrong_seed"),
        ({"beacon": "another"}, "planning.lottery_wrong_result"),
        ({"list_sha256": "0" * 64}, "planning.lottery_wrong_list"),
        ({"committed_on": "2026-07-10"}, "planning.lottery_wrong_order"),
        ({"lottery": a_lottery(11)}, "planning.lottery_wrong_list"),
        ({"lottery": replace(a_lottery(), max_delay_days=365)}, "planning.lottery_wrong_result"),
    ],
)
def test_whatever_somebody_changes_is_found(change: dict[str, object], code: str) -> None:
    found = verify(replace(a_record(), **change))  # type: ignore[arg-type]

    assert not found.right
    assert found.notes[0].code == code


def test_two_people_who_exchange_their_places_are_found() -> None:
    record = a_record()
    one = next(p for p in record.result if p.start == "now")
    two = next(p for p in record.result if p.start == "later")
    swapped = {
        one.code: replace(two, code=one.code),
        two.code: replace(one, code=two.code),
    }
    result = tuple(swapped.get(p.code, p) for p in record.result)

    assert verify(replace(record, result=result)).notes[0].code == "planning.lottery_wrong_result"
    extra = replace(record, result=(*record.result, replace(one, code="friend")))
    assert dict(verify(extra).notes[0].values) == {"code": "friend"}


def test_where_there_is_room_for_everybody_there_is_no_lottery() -> None:
    with pytest.raises(Refusal, match="No lottery is needed"):
        a_lottery(5)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: Lottery("t", people(2) * 2, 30, {"n": 1}), "twice"),
        (lambda: a_lottery(seats=None), "either seats"),
        (lambda: a_lottery(seats={"s": 1}), "each stratum"),
        (lambda: Lottery("t", people(4), 0, {"n": 1}), "at least one day"),
        (lambda: Person("a\tb"), "holds a tab"),
        (lambda: Person(""), "needs a code"),
        (lambda: Person("n\u0303"), "NFC"),
        (lambda: commit("too short"), "at least 20"),
        (lambda: a_record(committed_on="2026-07-10"), "before the list closes"),
    ],
)
def test_impossible_lotteries_are_errors(wrong: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        wrong()  # type: ignore[operator]


def test_one_command_verifies_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "lottery.json"
    write(a_record(), path)
    assert main(["verify", str(path)]) == 0
    assert "El sorteo cuadra" in capsys.readouterr().out

    facts = json.loads(path.read_text(encoding="utf-8"))
    facts["result"][0]["rank"] = 99
    path.write_text(json.dumps(facts), encoding="utf-8")
    assert main(["verify", str(path), "--language", "en"]) == 1
    assert "P00" in capsys.readouterr().out

    path.write_text("{}", encoding="utf-8")
    assert main(["verify", str(path)]) == 2
    assert "no es un sorteo" in capsys.readouterr().err


def test_the_command_runs_as_a_module(tmp_path: Path) -> None:
    write(a_record(), tmp_path / "lottery.json")
    source = Path(__file__).parents[4] / "src"
    done = subprocess.run(
        [sys.executable, "-m", "evidencia.planning.lottery", "verify", "lottery.json"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(source), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
