"""`make bench`: everything that is measured, one line of figures each."""

import importlib
import sys

from benchmarks.ground import set_up

ALL = ("audit", "visibility", "pages", "tracing")

if __name__ == "__main__":
    set_up()
    for name in sys.argv[1:] or ALL:
        importlib.import_module(f"benchmarks.{name}").main()
