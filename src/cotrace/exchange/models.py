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


class Channel(models.Model):
    """The messages of one agency to one peer that answer one channel of that peer, or none where `answers` is empty.

    Numbers are counted in it, so that no agency sees from a gap that another one sent or got something.
    """

    peer = models.ForeignKey(Peer, on_delete=models.PROTECT, related_name="channels")
    agency = models.CharField(max_length=24)
    answers = models.CharField(max_length=32, blank=True)
    code = models.CharField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["peer", "agency", "answers"], name="channel_once"),
            models.UniqueConstraint(fields=["peer", "code"], name="channel_code_once"),
        ]

    def __str__(self) -> str:
        return f"{self.peer_id} {self.code}"


class SentMessage(models.Model):
    """A message to a peer. The file is written anew each time, byte for byte the same: no copy is kept.

    `record` is the number of what it carries, or the id of the message it acknowledges. A message that
    waits to be exported has no sequence and no times yet. `channel` is what `sequence` counts in; it is empty
    for what waits, and for what left before channels had names.
    """

    peer = models.ForeignKey(Peer, on_delete=models.PROTECT, related_name="sent")
    agency = models.CharField(max_length=24)
    kind = models.CharField(max_length=20)
    record = models.CharField(max_length=64)
    message = models.CharField(max_length=64)
    in_reply_to = models.CharField(max_length=64, blank=True)
    agreement = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=10)
    noted_at = models.DateTimeField()
    channel = models.CharField(max_length=32, blank=True)
    sequence = models.PositiveBigIntegerField(null=True)
    created_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    acknowledged_at = models.DateTimeField(null=True)
    code = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["peer", "message"], name="sent_message_once"),
            models.UniqueConstraint(fields=["peer", "channel", "sequence"], name="sent_sequence_once"),
            models.CheckConstraint(
                condition=models.Q(state="waiting", sequence=None)
                | models.Q(state__in=["sent", "accepted", "refused"], sequence__gte=1),
                name="sent_state_known",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "-noted_at"], name="sent_of_agency_newest"),
            models.Index(fields=["agency", "record"], name="sent_about_record"),
            models.Index(fields=["agency"], condition=models.Q(state="waiting"), name="sent_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.peer_id} {self.message}"


class ReceivedMessage(models.Model):
    """A message that its sender's key proved, and what became of it. Its content lies with its subject."""

    peer = models.ForeignKey(Peer, on_delete=models.PROTECT, related_name="received")
    agency = models.CharField(max_length=24)
    kind = models.CharField(max_length=20)
    message = models.CharField(max_length=64)
    in_reply_to = models.CharField(max_length=64, blank=True)
    channel = models.CharField(max_length=32, blank=True)
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
            models.UniqueConstraint(fields=["peer", "channel", "sequence"], name="received_sequence_once"),
        ]
        indexes = [
            models.Index(fields=["agency", "-received_at"], name="received_newest"),
            models.Index(fields=["agency", "number"], name="received_about_record"),
        ]

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
        indexes = [models.Index(fields=["agency", "-offered_at"], name="refused_newest")]

    def __str__(self) -> str:
        return f"{self.sha256[:8]} {self.code}"
