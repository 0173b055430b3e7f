"""The centre's work: traces, where they came from, inquiries and their answers, purchasers, releases."""

from django.db import models
from django.db.models import Case, Q, Value, When

from cotrace.sharing.models import NUMBER_LENGTH, Holding
from cotrace.tracing.rules.queue_order import PLACES, URGENT_LEAVES, Place
from cotrace.tracing.rules.request_document import Priority

SERIAL_LENGTH = 200


def _in_place(place: Place) -> Q:
    return Q(status__in=sorted(status.value for status, each in PLACES.items() if each is place))


QUEUE_PLACE = Case(
    *(When(_in_place(place), then=Value(place.value)) for place in sorted(URGENT_LEAVES)),
    When(priority=Priority.URGENT.value, then=Value(Place.URGENT.value)),
    When(_in_place(Place.WAITS_FOR_PERSON), then=Value(Place.WAITS_FOR_PERSON.value)),
    default=Value(Place.GOES_ON.value),
)
"""The table of `rules.queue_order` as the database computes it, so that no act can forget to."""


class Trace(models.Model):
    """One trace of the gun that its first source describes. `version` grows with every change.

    `waiting_*` say what a tracer has to look at; `start` is the licensee a tracer chose among several.
    `serial_normal` is the gun's serial in normal form, by which the queue finds it; `concluded_by` is empty where
    the walk ended by itself. `queue_place` follows from status and priority, and orders the queue.
    """

    holding = models.OneToOneField(Holding, primary_key=True, on_delete=models.PROTECT, related_name="trace")
    owner = models.CharField(max_length=24)
    status = models.CharField(max_length=20)
    version = models.PositiveIntegerField(default=1)
    serial_normal = models.CharField(max_length=SERIAL_LENGTH, blank=True, default="")
    recovered_on = models.DateField(null=True)
    priority = models.CharField(max_length=12)
    start = models.CharField(max_length=30, blank=True)
    is_held = models.BooleanField(default=False)
    waiting_reason = models.CharField(max_length=30, blank=True)
    waiting_licensee = models.CharField(max_length=30, blank=True)
    waiting_step = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=4, blank=True)
    taken_by = models.CharField(max_length=64, blank=True)
    taken_name = models.CharField(max_length=160, blank=True)
    taken_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField()
    concluded_at = models.DateTimeField(null=True)
    concluded_by = models.CharField(max_length=64, blank=True, default="")
    released_at = models.DateTimeField(null=True)
    withheld_at = models.DateTimeField(null=True)
    withheld_by = models.CharField(max_length=64, blank=True)
    withheld_ground = models.TextField(blank=True)
    review_on = models.DateField(null=True)
    queue_place = models.GeneratedField(
        expression=QUEUE_PLACE, output_field=models.SmallIntegerField(), db_persist=True
    )

    class Meta:
        indexes = [
            models.Index(fields=["owner", "queue_place", "opened_at", "holding"], name="traces_in_queue"),
            models.Index(fields=["owner", "status", "queue_place", "opened_at", "holding"], name="traces_of_status"),
            models.Index(
                fields=["owner", "queue_place", "opened_at", "holding"],
                condition=models.Q(taken_by=""),
                name="traces_of_nobody",
            ),
            models.Index(fields=["taken_by"], condition=~models.Q(taken_by=""), name="traces_of_taker"),
            models.Index(
                fields=["owner", "waiting_reason"],
                condition=~models.Q(waiting_reason=""),
                name="traces_of_reason",
            ),
            models.Index(
                fields=["owner", "serial_normal"],
                opclasses=["varchar_ops", "varchar_pattern_ops"],
                name="traces_by_serial",
            ),
        ]

    def __str__(self) -> str:
        return self.holding_id


class TraceSource(models.Model):
    """A request that a trace answers, as it came. `installation` is empty for one from this installation.

    `requester` is the agency's code here, or what the document calls it where it came from elsewhere.
    """

    trace = models.ForeignKey(Trace, on_delete=models.PROTECT, related_name="sources")
    owner = models.CharField(max_length=24)
    installation = models.CharField(max_length=63, blank=True)
    request = models.CharField(max_length=60)
    message = models.CharField(max_length=64)
    requester = models.CharField(max_length=24, blank=True)
    document = models.JSONField()
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "installation", "request"], name="source_once"),
        ]
        indexes = [models.Index(fields=["owner", "request"], name="sources_by_request")]

    def __str__(self) -> str:
        return self.message


class Inquiry(models.Model):
    """One question to one licensee, under one id for life. `body` is what is sent, the same at every try.

    `answer` is the answer without its purchaser; `answer_body` the signed bytes, empty where they name
    a purchaser: those lie with the `Transferee`. `answered_by` is empty for a connector's answer. An inquiry
    is superseded where it was put because of an answer that was corrected since: it counts no more, and stays.
    """

    id = models.CharField(max_length=64, primary_key=True)
    trace = models.ForeignKey(Trace, on_delete=models.PROTECT, related_name="inquiries")
    hop = models.PositiveSmallIntegerField()
    licensee = models.CharField(max_length=30)
    role = models.CharField(max_length=12)
    channel = models.CharField(max_length=10)
    body = models.TextField()
    state = models.CharField(max_length=10, default="open")
    tries = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField()
    answer_due_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    next_try_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=40, blank=True)
    failure_reason = models.CharField(max_length=40, blank=True)
    answer = models.JSONField(null=True)
    answer_body = models.TextField(blank=True)
    answer_sha256 = models.CharField(max_length=64, blank=True)
    answer_signature = models.CharField(max_length=100, blank=True)
    answered_by = models.CharField(max_length=64, blank=True)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "inquiries"
        constraints = [
            models.UniqueConstraint(
                fields=["trace", "hop"], condition=~models.Q(state="superseded"), name="inquiry_once_per_hop"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["open", "failed"], answer=None)
                | models.Q(state="answered", answer__isnull=False)
                | models.Q(state="superseded", superseded_at__isnull=False),
                name="inquiry_state_known",
            ),
        ]
        indexes = [
            models.Index(fields=["next_try_at"], condition=models.Q(state="open"), name="inquiries_to_repeat"),
            models.Index(fields=["answer_due_at"], condition=models.Q(state="open"), name="inquiries_overdue"),
            models.Index(fields=["licensee", "state"], name="inquiries_of_licensee"),
        ]

    def __str__(self) -> str:
        return self.id


class EarlierAnswer(models.Model):
    """An answer entered by hand that was corrected since: what it said, who said so, and why it counts no more."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="earlier_answers")
    answer = models.JSONField()
    answered_by = models.CharField(max_length=64)
    answered_at = models.DateTimeField()
    note = models.TextField()
    corrected_by = models.CharField(max_length=64)
    corrected_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"earlier answer to {self.inquiry_id}"


class Acceptance(models.Model):
    """A tracer looked at a reason to wait and let the walk go on, with a note why; void once its answer is."""

    trace = models.ForeignKey(Trace, on_delete=models.PROTECT, related_name="acceptances")
    reason = models.CharField(max_length=30)
    step = models.PositiveSmallIntegerField()
    note = models.TextField()
    accepted_by = models.CharField(max_length=64)
    accepted_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["trace", "reason", "step"],
                condition=models.Q(superseded_at=None),
                name="acceptance_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.trace_id} {self.reason} {self.step}"


class Transferee(models.Model):
    """The person a gun was sold to, on one record of one agency: the only place where one is kept.

    There is no index over persons and no selector that lists them: law forbids a searchable register.
    `record` is the number of the trace or request, `hop` the step that named the person (0 on a request).
    Whoever a corrected answer named stays as superseded, and is shown and released to nobody.
    """

    owner = models.CharField(max_length=24)
    record = models.CharField(max_length=NUMBER_LENGTH)
    hop = models.PositiveSmallIntegerField(default=0)
    person = models.JSONField()
    answer_body = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "record", "hop"],
                condition=models.Q(superseded_at=None),
                name="transferee_once",
            )
        ]

    def __str__(self) -> str:
        return f"transferee of {self.record}"


class ReleasedResult(models.Model):
    """A result as released to one requester, without its purchaser."""

    trace = models.ForeignKey(Trace, on_delete=models.PROTECT, related_name="releases")
    source = models.ForeignKey(TraceSource, on_delete=models.PROTECT, related_name="releases")
    message = models.CharField(max_length=64)
    document = models.JSONField()
    released_by = models.CharField(max_length=64)
    released_name = models.CharField(max_length=160)
    released_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["trace", "message"], name="release_once")]

    def __str__(self) -> str:
        return self.message
