"""What every test run stands on; loaded by pytest before Django's settings are read."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

from hypothesis import settings

# A data folder of its own: no test may meet the demo county's keys, files or ledger.
if "ZHENXING_TEST_GROUND" not in os.environ:
    folder = tempfile.mkdtemp(prefix="zhenxing-test-")
    os.environ |= {"ZHENXING_TEST_GROUND": folder, "ZHENXING_DATA": folder}
    atexit.register(shutil.rmtree, folder, ignore_errors=True)

# Two slow cores and a browser beside it: time is measured by the trials, not by each example.
settings.register_profile("zhenxing", deadline=None)
settings.load_profile("zhenxing")
