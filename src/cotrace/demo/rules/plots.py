"""Decides which trace requests the synthetic world holds, and how far each has come.

A table: who asks about which gun, through which licensees' hands it went, how the last of them ended it, and what
the centre's people did. `hours_ago` is before the world's moment; who was asked by connector was asked less than the
14 days ago that an inquiry lives. Tests: tests/unit/demo/test_stories.py.
"""

from dataclasses import dataclass
from enum import StrEnum


class End(StrEnum):
    """What the last licensee's book says."""

    SOLD = "sold"
    STOLEN = "stolen"
    AGENCY = "agency"
    NOT_IN_BOOK = "not_in_book"


class Twist(StrEnum):
    """What makes the gun, the request or the books unusual."""

    NONE = "none"
    OBLITERATED = "obliterated"
    PRIVATELY_MADE = "privately_made"
    NEVER_IMPORTED = "never_imported"
    DATES_GO_BACK = "dates_go_back"
    OTHER_MAKE = "other_make"
    SPECIAL_INSTRUCTIONS = "special_instructions"


class ActKind(StrEnum):
    """What a tracer or the tracing supervisor did."""

    TAKE = "take"
    ANSWER = "answer"
    ACCEPT = "accept"
    RELEASE = "release"
    WITHHOLD = "withhold"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """One request. `path` names licensees by key; `answer` among the acts enters the next one's, said by telephone."""

    key: str
    by: str
    model: str
    hours_ago: int
    path: tuple[str, ...] = ()
    end: End = End.SOLD
    twist: Twist = Twist.NONE
    acts: tuple[ActKind, ...] = ()
    sold_days: tuple[int, int] | None = None
    centre: str = ""


SONORA = "perita@fge-son.example"
FGR = "analista@fgr.example"
ATF = "agent@atf.example"
HSI = "agent@ice-hsi.example"
EL_PASO = "officer@pd-ep.example"

CONNECTORS = ("maker", "wholesaler", "dealer")
TELEPHONES = ("maker_by_telephone", "wholesaler_by_telephone", "dealer_by_telephone")
ELSEWHERE = "CNFTC"
"""A tracing centre whose installation is another: what goes there waits to be exported as a signed file."""

TAKE, ANSWER, ACCEPT, RELEASE, WITHHOLD = ActKind

PLOTS = (
    Plot(key="three_connectors", by=SONORA, model="colt-38-super", hours_ago=282, path=CONNECTORS, acts=(RELEASE,)),
    Plot(key="rifle", by=FGR, model="am-15", hours_ago=260, path=CONNECTORS, acts=(RELEASE,)),
    Plot(
        key="successor",
        by=HSI,
        model="sw-mp9",
        hours_ago=232,
        path=("maker", "wholesaler_taken_over", "dealer_taken_over"),
        acts=(RELEASE,),
        sold_days=(30, 160),
    ),
    Plot(
        key="never_imported", by=FGR, model="norinco-mak90", hours_ago=211, twist=Twist.NEVER_IMPORTED, acts=(RELEASE,)
    ),
    Plot(key="obliterated", by=SONORA, model="beretta-92", hours_ago=190, twist=Twist.OBLITERATED, acts=(RELEASE,)),
    Plot(
        key="dealer_closed",
        by=FGR,
        model="colt-ar15",
        hours_ago=168,
        path=("maker", "wholesaler", "dealer_closed"),
        acts=(TAKE, ACCEPT, RELEASE),
    ),
    Plot(
        key="stolen_from_dealer", by=ATF, model="sw-mp9", hours_ago=150, path=CONNECTORS, end=End.STOLEN, acts=(RELEASE,)
    ),
    Plot(
        key="privately_made", by=EL_PASO, model="am-15", hours_ago=131, twist=Twist.PRIVATELY_MADE, acts=(RELEASE,)
    ),
    Plot(
        key="not_in_book", by=SONORA, model="sw-10", hours_ago=112, path=("maker",), end=End.NOT_IN_BOOK, acts=(RELEASE,)
    ),
    Plot(
        key="three_telephones",
        by=FGR,
        model="ruger-p95",
        hours_ago=97,
        path=TELEPHONES,
        acts=(TAKE, ANSWER, ANSWER, ANSWER, RELEASE),
    ),
    Plot(key="withheld", by=HSI, model="am-15", hours_ago=80, path=CONNECTORS, acts=(WITHHOLD,), sold_days=(25, 80)),
    Plot(key="to_be_released", by=ATF, model="sw-mp9", hours_ago=61, path=CONNECTORS, end=End.AGENCY),
    Plot(
        key="dates_conflict",
        by=SONORA,
        model="colt-38-super",
        hours_ago=50,
        path=CONNECTORS,
        twist=Twist.DATES_GO_BACK,
        acts=(TAKE,),
    ),
    Plot(key="other_make", by=FGR, model="sw-mp9", hours_ago=41, path=("maker",), twist=Twist.OTHER_MAKE),
    Plot(
        key="held", by=HSI, model="am-15", hours_ago=30, path=CONNECTORS, twist=Twist.SPECIAL_INSTRUCTIONS
    ),
    Plot(key="maker_unknown", by=SONORA, model="hi-point-c9", hours_ago=26),
    Plot(key="elsewhere", by=FGR, model="para-p14", hours_ago=21, twist=Twist.NEVER_IMPORTED, centre=ELSEWHERE),
    Plot(key="telephone", by=FGR, model="ruger-gp100", hours_ago=9, path=TELEPHONES, acts=(TAKE,)),
    Plot(
        key="second_telephone",
        by=SONORA,
        model="glock-19",
        hours_ago=7,
        path=("importer", "wholesaler_by_telephone", "dealer_by_telephone"),
        acts=(TAKE, ANSWER),
    ),
    Plot(key="silent", by=EL_PASO, model="colt-ar15", hours_ago=4, path=("maker", "wholesaler", "dealer_silent")),
)
"""Oldest first."""
