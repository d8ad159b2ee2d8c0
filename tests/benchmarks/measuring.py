"""Whether times count here."""

import os

MEASURED = "PYTEST_XDIST_WORKER" not in os.environ
"""Beside other tests times say nothing: there a benchmark only shows, with less of everything, that it runs."""
