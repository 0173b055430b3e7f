"""Two who see everything take each other out at the same moment: the circle keeps somebody."""

import threading

from django.db import connections

from cotrace.agencies.selectors import principal_of_member
from cotrace.foundation.errors import NotFound, Refused
from cotrace.foundation.principal import Door, Principal
from cotrace.sharing.models import CircleMember
from cotrace.sharing.services.circles import circle_add, circle_open, circle_remove
from tests.support.world import agencies_exist, member


def person(name: str) -> Principal:
    found = principal_of_member(member("FGR", name=name), door=Door.TEST)
    assert found is not None
    return found


def test_two_who_take_each_other_out_at_once_leave_one_inside(committed) -> None:
    agencies_exist()
    ana, eva = person("ana"), person("eva")
    number = circle_open(ana, name="Operación reservada")
    circle_add(ana, circle=number, member=eva.id)
    refused: list[str] = []

    def take_out(who: Principal, whom: Principal, ready: threading.Barrier) -> None:
        ready.wait()
        try:
            circle_remove(who, circle=number, member=whom.id)
        except (NotFound, Refused) as refusal:
            refused.append(refusal.code)
        finally:
            connections.close_all()

    both = threading.Barrier(2)
    threads = [threading.Thread(target=take_out, args=(*pair, both)) for pair in ((ana, eva), (eva, ana))]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert (CircleMember.objects.count(), len(refused)) == (1, 1)
