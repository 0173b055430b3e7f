"""The outbox: what was announced, and who still has to hear of it."""

from django.db import models


class OutboxEvent(models.Model):
    """One announced fact: ids and codes only, written in the transaction that caused it."""

    name = models.CharField(max_length=80)
    payload = models.JSONField()
    published_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.pk}"


class OutboxDelivery(models.Model):
    """One handler's duty towards one event; done at most once, tried until done or dead."""

    event = models.ForeignKey(OutboxEvent, on_delete=models.CASCADE, related_name="deliveries")
    handler = models.CharField(max_length=120)
    state = models.CharField(max_length=8, default="due")
    due_at = models.DateTimeField()
    lease_until_at = models.DateTimeField(null=True)
    lease = models.CharField(max_length=32, default="", blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error_code = models.CharField(max_length=80, default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "handler"], name="one_delivery_per_handler"),
            models.CheckConstraint(
                condition=models.Q(state__in=["due", "done", "dead"]), name="delivery_state_known"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=models.Q(state="due"), name="delivery_due"),
        ]

    def __str__(self) -> str:
        return f"{self.handler} {self.state}"
