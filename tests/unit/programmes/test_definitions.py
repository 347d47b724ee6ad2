"""Models of intervention are data with a schema: whatever is wrong is named by file and field."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tequio.programmes import definitions
from tequio.programmes.definitions import BadModelFile, read, shipped

GOOD = definitions.FOLDER / "guia-simetria.toml"


def _written(folder: Path, text: str, name: str = "guia-simetria.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_every_shipped_model_can_be_read_and_says_whose_words_it_is() -> None:
    assert {"guia-simetria", "registro-previo"} <= set(shipped())
    for found in shipped().values():
        assert found.model.sessions.count.origin in {"seed", "published", "ours"}
        assert found.model.group.smallest.value <= found.model.group.largest.value


def test_the_fingerprint_is_that_of_the_file() -> None:
    assert read(GOOD).sha256 == hashlib.sha256(GOOD.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('from = "seed"', 'from = "somebody"', "from"),
        ("count = { value = 12", 'count = { value = "doce"', "sessions.count"),
        ("[absence]", "[absense]", "absence"),
        ("schema = 1", "schema = 2", "schema"),
        ('slug = "guia-simetria"', 'slug = "guia"', "slug"),
        ("[sessions]", "[sessions", "guia-simetria.toml"),
    ],
)
def test_a_fault_is_named(old: str, new: str, named: str, tmp_path: Path) -> None:
    text = GOOD.read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(BadModelFile, match=named) as refused:
        read(_written(tmp_path, text.replace(old, new)))
    assert "guia-simetria.toml" in str(refused.value)
