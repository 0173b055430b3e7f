"""What tests of the tracing centre's pages share: people of the centre, a trace, and the acts of its page."""

from django.test import Client

from cotrace.foundation import outbox
from cotrace.tracing.models import Trace
from tests.support.pages import client_of
from tests.unit.tracing.builders import DEALER, WHOLESALER
from tests.usecases.tracing.world import SURNAME, submit

NOTE = "Called the licensee, who confirmed it."
GROUND = "Sealed by order of the district court, file 118."
BUYER = {"detail__purchaser__family_names": SURNAME, "detail__purchaser__given_names": "Avery"}


def tracer_client(name: str = "Ana Ruiz") -> Client:
    """Return a client in which a tracer of the centre is signed in."""
    return client_of("ATF", name=name, roles=("tracer",))


def supervisor_client(name: str = "Sol Vega") -> Client:
    """Return a client in which a tracing supervisor of the centre is signed in."""
    return client_of("ATF", name=name, roles=("tracing_supervisor",))


def new_trace(serial: str = "ABC-1234", **changes: object) -> str:
    """Submit a request and let the centre open its trace; return the trace's number."""
    request = submit(serial, **changes)
    outbox.drain()
    return str(Trace.objects.get(sources__request=request).holding_id)


class Desk:
    """One person of the centre at one trace."""

    def __init__(self, client: Client, number: str) -> None:
        self.client, self.number = client, number

    @property
    def address(self) -> str:
        """Where the trace's page is."""
        return f"/centre/traces/{self.number}"

    def page(self):
        """Return the trace's page."""
        return self.client.get(self.address)

    def version(self) -> int:
        """Return the version that the page shows now."""
        return int(Trace.objects.get(pk=self.number).version)

    def act(self, act: str, *, version: int | None = None, follow: bool = False, **said: object):
        """Post an act as the page's form does."""
        sent = {"version": self.version() if version is None else version, **said}
        return self.client.post(f"{self.address}/{act}", sent, follow=follow)

    def answer(self, kind: str, *, version: int | None = None, **said: object):
        """Enter an answer of a kind, as its form does."""
        inquiry = Trace.objects.get(pk=self.number).inquiries.order_by("-hop").first()
        sent = {"version": self.version() if version is None else version, "inquiry": inquiry.pk, **said}
        return self.client.post(f"{self.address}/answer?kind={kind}", sent)


def at(client: Client, number: str) -> Desk:
    """Return a person of the centre at a trace."""
    return Desk(client, number)


def taken(number: str, client: Client | None = None) -> Desk:
    """Let a tracer take a trace."""
    desk = Desk(client or tracer_client(), number)
    desk.act("take")
    return desk


def shipped_to(licensee, on: str = "2023-02-01") -> dict[str, object]:
    """Return the form of the answer that the gun went on to a licensee."""
    return {
        "kind": "shipped_to",
        "detail__licensee__number": licensee.number,
        "detail__licensee__name": licensee.name,
        "detail__shipped_on": on,
    }


def to_the_dealer(desk: Desk) -> None:
    """Enter the answers of maker and wholesaler."""
    desk.answer(**shipped_to(WHOLESALER))
    desk.answer(**shipped_to(DEALER, "2023-02-10"))


def sold(desk: Desk) -> None:
    """Enter the whole chain, to the purchaser."""
    to_the_dealer(desk)
    desk.answer("sold_to_purchaser", detail__sold_on="2023-06-15", **BUYER)


def status(number: str) -> str:
    """Return where a trace stands."""
    return str(Trace.objects.get(pk=number).status)
