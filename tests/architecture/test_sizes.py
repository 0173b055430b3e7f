"""Files and functions fit a head: STYLE 5."""

import warnings

from tests.architecture.source import Module, found_in, functions, modules, modules_of_tests, sample, say

FILE_STOP = 500
FILE_AIM = 300
FUNCTION_STOP = 60


def long_files(module: Module) -> list[str]:
    """Find a file above the stop."""
    lines = module.text.count("\n")
    return [f"{module.name} has {lines} lines, the stop is {FILE_STOP}"] if lines > FILE_STOP else []


def long_functions(module: Module) -> list[str]:
    """Find functions above the stop; the docstring counts."""
    return [
        module.at(node, f"{node.name} has {_lines(node)} lines, the stop is {FUNCTION_STOP}")
        for node in functions(module)
        if _lines(node) > FUNCTION_STOP
    ]


def _lines(node) -> int:
    return node.end_lineno - node.lineno + 1


def test_no_file_is_longer_than_the_stop():
    findings = found_in((*modules(), *modules_of_tests()), long_files)
    assert not findings, say(findings)


def test_no_function_is_longer_than_a_screen():
    findings = found_in((*modules(), *modules_of_tests()), long_functions)
    assert not findings, say(findings)


def test_files_beyond_the_aim_are_named():
    beyond = {module.name: module.text.count("\n") for module in modules()}
    for name, lines in sorted(beyond.items()):
        if lines > FILE_AIM:
            warnings.warn(f"{name} has {lines} lines, the aim is {FILE_AIM}", stacklevel=1)
    assert len(beyond) > 50


def test_a_long_file_and_a_long_function_are_found():
    body = "    x = 1\n" * (FUNCTION_STOP + 1)
    assert long_functions(sample(f"def act():\n{body}"))
    assert not long_functions(sample("def act():\n" + "    x = 1\n" * (FUNCTION_STOP - 1)))
    assert long_files(sample("x = 1\n" * (FILE_STOP + 1)))
    assert not long_files(sample("x = 1\n" * FILE_STOP))
