"""An agency's request to trace one gun of one recovery, and the results that came back."""

from django.db import models

from cotrace.sharing.models import NUMBER_LENGTH, Holding


class TraceRequest(models.Model):
    """One request. `document` is what was submitted, unchanged since; `sending` counts its messages.

    `firearm` and `seizure` are numbers, empty where the request came as a document. `centre_number` is
    the centre's own number, once it said so. The same document is taken once for each seizure whose circle may hold it:
    who cannot see that seizure learns nothing of a request that names it.
    """

    holding = models.OneToOneField(
        Holding, primary_key=True, on_delete=models.PROTECT, related_name="trace_request"
    )
    owner = models.CharField(max_length=24)
    status = models.CharField(max_length=20)
    centre = models.CharField(max_length=24)
    centre_installation = models.CharField(max_length=63, blank=True)
    centre_number = models.CharField(max_length=60, blank=True)
    firearm = models.CharField(max_length=NUMBER_LENGTH, blank=True)
    seizure = models.CharField(max_length=NUMBER_LENGTH, blank=True)
    document = models.JSONField()
    document_sha256 = models.CharField(max_length=64)
    sending = models.PositiveSmallIntegerField(default=1)
    submitted_by = models.CharField(max_length=64)
    submitted_name = models.CharField(max_length=160)
    submitted_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "seizure", "document_sha256"],
                condition=~models.Q(status="cancelled"),
                name="request_document_once",
            ),
            models.UniqueConstraint(
                fields=["owner", "firearm"],
                condition=~models.Q(firearm="") & ~models.Q(status__in=["completed", "cancelled"]),
                name="request_of_firearm_once",
            ),
        ]

    def __str__(self) -> str:
        return self.holding_id


class RequestResult(models.Model):
    """A result as it came, without its purchaser, who is kept as a `Transferee`; the latest counts."""

    request = models.ForeignKey(TraceRequest, on_delete=models.PROTECT, related_name="results")
    message = models.CharField(max_length=64)
    document = models.JSONField()
    received_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "message"], name="result_once")]

    def __str__(self) -> str:
        return self.message
