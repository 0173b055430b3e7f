"""Attachments of records: what was received, what may be shown of it. The originals are written once.

An original lies in a table of its own, so that whatever reads attachments reads no megabytes; its rows can be neither
changed nor deleted (migration 0002), by the running role on PostgreSQL not even if the triggers were gone.
"""

from django.db import models

from cotrace.sharing.models import NUMBER_LENGTH, Holding

HASH_LENGTH = 64


class Attachment(models.Model):
    """One photograph or opinion of a record, seen by whoever sees that record in full.

    `sha256`, `size_bytes` and `media_type` are of the original, the last found in its bytes. `pages` is how many it has,
    `pages_shown` of how many there is a cleaned copy. Withdrawn, it stays: `superseded_by` names what counts instead.
    """

    number = models.CharField(max_length=NUMBER_LENGTH, primary_key=True)
    owner = models.CharField(max_length=24)
    record = models.ForeignKey(Holding, on_delete=models.PROTECT, related_name="attachments")
    kind = models.CharField(max_length=12)
    caption = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=HASH_LENGTH)
    size_bytes = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=24)
    pages = models.PositiveIntegerField(default=1)
    pages_shown = models.PositiveSmallIntegerField(default=1)
    added_by = models.CharField(max_length=64)
    added_at = models.DateTimeField()
    withdrawn_by = models.CharField(max_length=64, blank=True, default="")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.CharField(max_length=500, blank=True, default="")
    superseded_by = models.CharField(max_length=NUMBER_LENGTH, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "record", "sha256"],
                condition=models.Q(withdrawn_at=None),
                name="attachment_once_on_record",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None, withdrawn_because="", withdrawn_by="", superseded_by="")
                | (models.Q(withdrawn_at__isnull=False) & ~models.Q(withdrawn_because="") & ~models.Q(withdrawn_by="")),
                name="attachment_withdrawn_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["record", "added_at", "number"], name="attachments_of_record")]

    def __str__(self) -> str:
        return self.number


class Original(models.Model):
    """The bytes as they came. Never changed; gone only with a purge of the record."""

    attachment = models.OneToOneField(Attachment, primary_key=True, on_delete=models.PROTECT, related_name="original")
    content = models.BinaryField()

    def __str__(self) -> str:
        return f"original of {self.attachment_id}"


class CleanedCopy(models.Model):
    """A JPEG painted anew from the original: page 1 and following, and page 0 for the thumbnail."""

    attachment = models.ForeignKey(Attachment, on_delete=models.CASCADE, related_name="copies")
    page = models.PositiveSmallIntegerField()
    content = models.BinaryField()

    class Meta:
        verbose_name_plural = "cleaned copies"
        constraints = [models.UniqueConstraint(fields=["attachment", "page"], name="one_copy_per_page")]

    def __str__(self) -> str:
        return f"{self.attachment_id} {self.page}"
