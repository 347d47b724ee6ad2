"""Models of intervention are data: whatever is wrong is named by line, key and right word."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from tequio.programmes import definitions
from tequio.programmes.definitions import BadModelFile, every, find, read, shipped
from tequio.programmes.definitions.locking import faults, fingerprints, locked
from tequio.programmes.definitions.reading import line_of
from tequio.programmes.definitions.shape import Intervention

OLD = definitions.FOLDER / "guia-simetria" / "1.toml"
GOOD = definitions.FOLDER / "guia-simetria" / "2.toml"
SCHEMA = definitions.FOLDER / "schema.json"


def _written(folder: Path, text: str, name: str = "2.toml") -> Path:
    path = folder / "guia-simetria" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_every_shipped_model_can_be_read_and_says_whose_words_it_is() -> None:
    assert set(shipped()) == {
        "gendes",
        "guia-simetria",
        "insp-2010",
        "mantenimiento",
        "registro-previo",
    }
    for found in every().values():
        assert found.model.sessions.count.origin in {"seed", "published", "ours"}
        assert found.model.endorsement in {"inspired", "own", "none"}


def test_the_facts_of_the_founding_documents_are_in_the_models() -> None:
    guia, gendes, insp = (shipped()[s].model for s in ("guia-simetria", "gendes", "insp-2010"))
    assert [guia.sessions.count.value, guia.sessions.minutes.value] == [12, 90]
    assert (guia.group.largest.value, guia.facilitators.needed.value) == (12, 1)
    assert gendes.sessions.minutes.value == 150
    assert gendes.sessions.days_a_week is not None
    assert (gendes.sessions.days_a_week.value, gendes.facilitators.needed.value) == (4, 2)
    assert gendes.pause is not None and gendes.pause.least_minutes.origin == "seed"
    assert gendes.opening is not None and gendes.opening.answer.value == "Te apoyo"
    assert insp.dose is not None and insp.dose.high_above_percent is not None
    assert insp.dose.high_above_percent.value == 75


def test_a_number_that_no_source_confirms_is_ours_and_says_so() -> None:
    count = shipped()["insp-2010"].model.sessions.count
    assert count.origin == "ours" and "no pudimos confirmarlo" in count.note


def test_a_new_version_is_offered_and_the_old_one_is_still_found() -> None:
    assert shipped()["guia-simetria"].model.version == "2"
    old = find("guia-simetria", "1")
    assert old is not None and old.model.entry is None
    assert find("guia-simetria", "99") is None


def test_the_fingerprint_is_that_of_the_file() -> None:
    assert read(GOOD).sha256 == hashlib.sha256(GOOD.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("old", "new", "stands", "said"),
    [
        ('90, from = "seed"', '90, from = "sead"', '"sead"', "¿Quisiste escribir «seed»?"),
        ("count = { value = 12", 'count = { value = "doce"', '"doce"', "un número entero"),
        ("[absence]", "[absense]", "[absense]", "¿Quisiste escribir «absence»?"),
        ("call_after", "cal_after", "cal_after", "¿Quisiste escribir «call_after»?"),
        ('kind = { value = "closed"', 'kind = { value = "close"', '"close"',
         "¿Quisiste escribir «closed»?"),
        ("[entry]", "[entry]\nzzz = 1", "zzz", "Aquí se puede escribir: kind, late_until."),
        ("smallest = { value = 6", "smallest = { value = 60", "[group]", "es mayor que largest"),
        ("schema = 1", "schema = 7", "schema = 7", "schema"),
        ('slug = "guia-simetria"', 'slug = "guia"', None, "Deben ser iguales"),
        ("[sessions]", "[sessions", None, "2.toml"),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_line_and_the_nearest_right_word(
    old: str, new: str, stands: str | None, said: str, tmp_path: Path
) -> None:
    text = GOOD.read_text(encoding="utf-8")
    assert old in text
    spoilt = text.replace(old, new, 1)
    with pytest.raises(BadModelFile) as refused:
        read(_written(tmp_path, spoilt))
    message = str(refused.value)
    assert said in message and "2.toml" in message
    if stands is not None:
        lines = spoilt.splitlines()
        line = next(n for n, words in enumerate(lines, start=1) if stands in words)
        assert f"línea {line}," in message


def test_all_faults_of_a_file_are_said_at_once(tmp_path: Path) -> None:
    text = GOOD.read_text(encoding="utf-8").replace("name =", "nome =", 1)
    with pytest.raises(BadModelFile) as refused:
        read(_written(tmp_path, text.replace("[group]", "[grupo]", 1)))
    message = str(refused.value)
    assert "«name»: Falta" in message and "¿Quisiste escribir «name»?" in message
    assert "¿Quisiste escribir «group»?" in message


def test_a_key_of_an_array_of_tables_is_found_on_its_line() -> None:
    text = "a = 1\n[[b]]\nc = 1\n[[b]]\nc = 2\nd = { e = 3 }\n"
    assert line_of(text, ("b", 0, "c")) == 3
    assert line_of(text, ("b", 1, "c")) == 5
    assert line_of(text, ("b", 1, "d", "e")) == 6
    assert line_of(text, ("z",)) == 1


def test_the_json_schema_on_disk_is_the_one_that_the_house_checks_with() -> None:
    wanted = Intervention.model_json_schema(by_alias=True)
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == wanted


def test_what_was_published_has_not_changed() -> None:
    found = fingerprints(definitions.FOLDER, definitions.CURRICULA)
    assert list(faults(found, locked())) == []


def test_a_changed_a_missing_and_a_new_file_are_found(tmp_path: Path) -> None:
    path = _written(tmp_path, OLD.read_text(encoding="utf-8"), "1.toml")
    lock = fingerprints(tmp_path)
    assert list(faults(fingerprints(tmp_path), lock)) == []
    path.write_text(path.read_text(encoding="utf-8") + " ", encoding="utf-8")
    _written(tmp_path, "", "3.toml")
    changed, new = faults(fingerprints(tmp_path), lock)
    assert "write a new version beside it" in changed and "3.toml is not in" in new
    path.unlink()
    assert "is gone" in next(faults(fingerprints(tmp_path), lock))
