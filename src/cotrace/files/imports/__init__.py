"""Formats in: the cage that reads files nobody trusts, and the run that maps their rows.

`tables.read_table` starts a child process (`cage`) that opens the file; `runs.dry_run` says what an
import would do. This module stays empty: the child imports the package and should start fast.
"""
