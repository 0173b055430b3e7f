"""The code tables that ship with this room, with their texts in both languages."""

from functools import cache
from importlib.resources import files

from cotrace.tracing.rules.ffl_numbers import FflCodes, parse_codes
from cotrace.tracing.rules.outcomes import Outcome, parse_outcomes
from cotrace.tracing.rules.statuses import Status, StatusObject, parse_statuses


@cache
def outcome_table() -> dict[str, Outcome]:
    """List the outcomes by code, in the order of the file."""
    return {outcome.code: outcome for outcome in parse_outcomes(_text("outcomes.csv"))}


@cache
def status_table() -> dict[tuple[StatusObject, str], Status]:
    """List the statuses of requests and traces by object and code, in the order of the file."""
    return {(status.object, status.code): status for status in parse_statuses(_text("statuses.csv"))}


@cache
def ffl_codes() -> FflCodes:
    """Return what the parts of licence numbers mean: types, and the states of ATF's districts."""
    return parse_codes(types=_text("ffl_types.csv"), districts=_text("ffl_districts.csv"))


def _text(name: str) -> str:
    return files("cotrace.tracing").joinpath("data", name).read_text("utf-8")
