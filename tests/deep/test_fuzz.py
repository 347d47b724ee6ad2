"""Twenty thousand odd requests over every route, by every role: no answer is a failure."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from tests.fuzz_world import people  # noqa: F401
from tests.fuzzing import Fuzz

from tequio.access.models import User

pytestmark = [pytest.mark.deep, pytest.mark.django_db]

# A share of the whole for trying the harness: TEQUIO_PROOF_SHARE=0.02
SHARE = float(os.environ.get("TEQUIO_PROOF_SHARE", "1"))
REQUESTS, SEED = round(20_000 * SHARE), int(os.environ.get("TEQUIO_FUZZ_SEED", "20261121"))


def test_no_answer_is_a_failure(people: dict[str, User | None], proofs: Path) -> None:  # noqa: F811
    began = time.monotonic()
    fuzz = Fuzz(people, SEED)
    result = fuzz.run(REQUESTS)
    opened = {name for name, _method in result.reached}
    shown = ", ".join(f"{code}: {n:,}" for code, n in sorted(result.statuses.items()))
    if SHARE == 1:
        (proofs / "fuzz.md").write_text(
            "# Odd requests\n\n"
            f"{result.sent:,} requests (after {result.right:,} right ones, which teach what the "
            f"pages offer) over {len(fuzz.routes)} routes by {len(people)} people (every role, "
            f"nobody, another organisation), seed {SEED}: methods that do not exist, "
            "parameters of wrong type, very long, with zero bytes or not UTF-8, broken forms, "
            f"uploads and headers; {time.monotonic() - began:.0f} s.\n\n"
            f"- answers by status: {shown}\n"
            f"- routes that somebody signed in opened meanwhile: {len(opened)}\n"
            f"- failures (5xx): {len(result.failures)}\n\n"
            "Each batch of 200 begins from the same data: what they did is taken back. Inside "
            "Django, with its test client: not the server's own reading of HTTP.\n\n"
            "Repeat: `./tequio test --deep tests/deep/test_fuzz.py`. With another seed: "
            "`TEQUIO_FUZZ_SEED=7`.\n",
            encoding="utf-8",
        )
    assert not result.failures, "\n\n".join(
        f"#{one.number} {one.status}: {one.request}\n{one.trace}" for one in result.failures[:20]
    )
    assert len(opened) > len(fuzz.routes) * 0.7, sorted(set(fuzz.routes) - opened)
