"""Other installations and their keys; what was sent to them, what came, and what was refused."""

from django.db import models


class Peer(models.Model):
    """Another installation, by the code it signs with; `agreement` is the memorandum files go under."""

    code = models.CharField(max_length=63, primary_key=True)
    name = models.CharField(max_length=160)
    address = models.CharField(max_length=200, blank=True)
    agreement = models.CharField(max_length=60)
    is_active = models.BooleanField(default=True)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.code


class PeerKey(models.Model):
    """A public key of a peer, handed over by another way than the files it signs."""

    peer = models.ForeignKey(Peer, on_delete=models.CASCADE, related_name="keys")
    key_id = models.CharField(max_length=32)
    key = models.CharField(max_length=60)
    valid_from_at = models.DateTimeField()
    valid_until_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key_id"], name="peer_key_once")]

    def __str__(self) -> str:
        return f"{self.peer_id} {self.key_id}"


class SentMessage(models.Model):
    """A message to a peer. The file is written anew each time, byte for byte the same: no copy is kept.

    `record` is the number of what it carries, or the id of the message it acknowledges. A message that
    waits to be exported has no sequence and no times yet.
    """

    peer = models.ForeignKey(Peer, on_delete=models.PROTECT, related_name="sent")
    agency = models.CharField(max_length=24)
    kind = models.CharField(max_length=20)
    record = models.CharField(max_length=64)
    message = models.CharField(max_length=64)
    in_reply_to = models.CharField(max_length=64, blank=True)
    agreement = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=10)
    sequence = models.PositiveBigIntegerField(null=True)
    created_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    acknowledged_at = models.DateTimeField(null=True)
    code = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["peer", "message"], name="sent_message_once"),
            models.UniqueConstraint(fields=["peer", "sequence"], name="sent_sequence_once"),
            models.CheckConstraint(
                condition=models.Q(state="waiting", sequence=None)
                | models.Q(state__in=["sent", "accepted", "refused"], sequence__gte=1),
                name="sent_state_known",
            ),
        ]
        indexes = [models.Index(fields=["agency", "-id"], name="sent_of_agency")]

    def __str__(self) -> str:
        return f"{self.peer_id} {self.message}"


class ReceivedMessage(models.Model):
    """A message that its sender's key proved, and what became of it. Its content lies with its subject."""

    peer = models.ForeignKey(Peer, on_delete=models.PROTECT, related_name="received")
    agency = models.CharField(max_length=24)
    kind = models.CharField(max_length=20)
    message = models.CharField(max_length=64)
    in_reply_to = models.CharField(max_length=64, blank=True)
    sequence = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    attachments = models.JSONField(default=list)
    disposition = models.CharField(max_length=10)
    code = models.CharField(max_length=60, blank=True)
    number = models.CharField(max_length=60, blank=True)
    taken_by = models.CharField(max_length=64)
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["peer", "message"], name="received_message_once"),
            models.UniqueConstraint(fields=["peer", "sequence"], name="received_sequence_once"),
        ]
        indexes = [models.Index(fields=["agency", "-id"], name="received_of_agency")]

    def __str__(self) -> str:
        return f"{self.peer_id} {self.message}"


class RefusedFile(models.Model):
    """A file that was not acted on. What it claims of itself is proven by nothing."""

    agency = models.CharField(max_length=24)
    offered_by = models.CharField(max_length=64)
    offered_at = models.DateTimeField()
    sha256 = models.CharField(max_length=64)
    code = models.CharField(max_length=60)
    claimed_sender = models.CharField(max_length=63, blank=True)
    claimed_message = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [models.Index(fields=["agency", "-id"], name="refused_of_agency")]

    def __str__(self) -> str:
        return f"{self.sha256[:8]} {self.code}"
