"""Decisions about files on plain values: what a cell says, what a mapping means, what a row becomes.

Nothing here opens a file: `cotrace.files.imports` reads, these modules judge.
"""
