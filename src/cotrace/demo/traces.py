"""The tracing story through the services that people use: guns described, requests submitted, traces worked."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from cotrace.demo.agenda import Entry
from cotrace.demo.people import Cast
from cotrace.demo.photographs import photographs_attached
from cotrace.demo.rules.plots import ActKind
from cotrace.demo.rules.seizures import SyntheticSeizure
from cotrace.demo.rules.stories import Act, OpenGun, Story, TracingStory
from cotrace.firearms.services import firearm_describe
from cotrace.foundation import outbox
from cotrace.foundation.principal import Principal
from cotrace.seizures.services.record import Visibility, seizure_record
from cotrace.tracing.selectors.centre import trace_get
from cotrace.tracing.selectors.requests import request_get
from cotrace.tracing.services.release import trace_release, trace_withhold
from cotrace.tracing.services.requests import trace_submit_firearm
from cotrace.tracing.services.tracer import trace_accept, trace_answer, trace_take

TRACER = "tracer@ntc.example"
SUPERVISOR = "supervisor@ntc.example"
PHOTOGRAPHED = 3
"""How many guns of the stories, the first ones, have photographs of their marks."""


@dataclass(slots=True)
class Telling:
    """Tells the stories; remembers the numbers that their records got."""

    cast: Cast
    seizures: dict[str, str] = field(default_factory=dict)
    firearms: dict[str, str] = field(default_factory=dict)
    requests: dict[str, str] = field(default_factory=dict)
    open_seizure: str = ""

    def entries(self, story: TracingStory) -> Iterator[Entry]:
        """Yield everything that happens in the stories, each at its moment."""
        yield Entry(at=story.open_gun.recorded_at, act=partial(self._record_open, story.open_gun))
        for each in story.stories:
            yield Entry(at=each.recorded_at, act=partial(self._record, each))
            yield Entry(at=each.described_at, act=partial(self._describe, each))
            yield Entry(at=each.submitted_at, act=partial(self._submit, each))
            for act in each.acts:
                yield Entry(at=act.at, act=partial(self._work, each, act))

    def _record(self, story: Story) -> None:
        self.seizures[story.key] = _recorded(self.cast.principal(story.by), story.seizure)

    def _record_open(self, gun: OpenGun) -> None:
        self.open_seizure = _recorded(self.cast.principal(gun.by), gun.seizure)

    def _describe(self, story: Story) -> None:
        who = self.cast.principal(story.by)
        self.firearms[story.key] = firearm_describe(who, seizure=self.seizures[story.key], values=story.gun)
        if len(self.firearms) <= PHOTOGRAPHED:
            photographs_attached(who, gun=self.firearms[story.key], values=story.gun)

    def _submit(self, story: Story) -> None:
        self.requests[story.key] = trace_submit_firearm(
            self.cast.principal(story.by),
            firearm=self.firearms[story.key],
            details=story.details,
            centre=story.centre,
        )
        outbox.drain()

    def _work(self, story: Story, act: Act) -> None:
        request = request_get(self.cast.principal(story.by), number=self.requests[story.key])
        who = self.cast.principal(SUPERVISOR if act.kind in (ActKind.RELEASE, ActKind.WITHHOLD) else TRACER)
        _act(who, act, number=request.centre_number or "")
        outbox.drain()


def _recorded(who: Principal, seizure: SyntheticSeizure) -> str:
    return seizure_record(who, values=seizure.values, visibility=Visibility(cap=seizure.cap))


def _act(who: Principal, act: Act, *, number: str) -> None:
    if act.kind is ActKind.TAKE:
        trace_take(who, number=number)
        return
    version = trace_get(who, number=number).version
    match act.kind:
        case ActKind.ANSWER:
            trace_answer(who, number=number, version=version, answer=act.answer)
        case ActKind.ACCEPT:
            trace_accept(who, number=number, version=version, note=act.text)
        case ActKind.WITHHOLD:
            trace_withhold(who, number=number, version=version, ground=act.text)
        case _:
            trace_release(who, number=number, version=version)
