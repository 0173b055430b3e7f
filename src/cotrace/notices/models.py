"""Notices: what a person must hear, once per cause."""

from django.db import models


class Notice(models.Model):
    """One notice to one member. Codes and ids only; the sentence is made in the reader's language."""

    id = models.CharField(max_length=40, primary_key=True)
    recipient = models.CharField(max_length=64)
    agency = models.CharField(max_length=24)
    cause = models.CharField(max_length=120)
    code = models.CharField(max_length=64)
    subject = models.CharField(max_length=40, blank=True)
    page = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cause", "recipient"], name="notice_once_per_cause")]
        indexes = [models.Index(fields=["recipient", "-created_at"], name="notices_of_member")]

    def __str__(self) -> str:
        return f"{self.code} to {self.recipient}"
