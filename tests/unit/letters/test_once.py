"""What one process of the server has looked at, no other shows again."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

PARTED = """
import os
from tequio.letters import once

fresh, used = once.stamp(), None
while used in (None, fresh):
    used = once.stamp()
if os.fork() == 0:
    once.use(used, taken=True)
    os._exit(0)
os.wait()
print(once.standing(fresh), once.standing(used))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Aquí los procesos no se separan de uno.")
def test_a_form_that_one_process_took_is_known_to_the_other() -> None:
    done = subprocess.run(
        [sys.executable, "-P", "-c", PARTED], check=True, capture_output=True, text=True
    )
    assert done.stdout.split() == ["fresh", "taken"]
