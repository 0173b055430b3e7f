"""A home of its own for each test process, set before settings load (`-p tests.support.environment`)."""

import atexit
import os
import shutil
import tempfile

HOME = tempfile.mkdtemp(prefix="cotrace-test-")
os.environ["COTRACE_HOME"] = HOME
os.environ["COTRACE_INSTALLATION"] = "TEST"
os.environ.setdefault("COTRACE_FSYNC", "off")
os.environ["COTRACE_SECRET_KEY"] = "only-for-tests"
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
