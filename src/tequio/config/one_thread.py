"""One thread for linear algebra, asked for before numpy is imported: import this first.

The matrices of an evaluation are small, and threads that wait for each other cost more than they
bring: on two busy cores, seven times the seconds. Whoever sets the variables is obeyed.
"""

from __future__ import annotations

import os

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")
