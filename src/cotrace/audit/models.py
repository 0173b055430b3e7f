"""The log: events (insert-only), details (to be purged on record alone), seals and signed heads (insert-only)."""

from django.db import models


class AuditEvent(models.Model):
    """One act: who, what, on what, through which door, with what outcome. Ids and codes only.

    `chain` is the code of the agency whose log this is. `digest` is SHA-256(salt‖detail), or of
    the empty text where there is no detail.
    """

    chain = models.CharField(max_length=24)
    recorded_at = models.DateTimeField()
    actor = models.CharField(max_length=64)
    actor_agency = models.CharField(max_length=24, blank=True)
    door = models.CharField(max_length=12)
    action = models.CharField(max_length=64)
    subject = models.CharField(max_length=64, blank=True)
    outcome = models.CharField(max_length=64)
    purpose = models.CharField(max_length=64, blank=True)
    case_ref = models.CharField(max_length=64, blank=True)
    session = models.CharField(max_length=64, blank=True)
    request_id = models.CharField(max_length=36, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        indexes = [
            models.Index(fields=["chain", "subject", "id"], name="audit_who_looked"),
            models.Index(fields=["chain", "id"], name="audit_of_chain"),
            models.Index(fields=["chain", "-recorded_at"], name="audit_of_chain_newest"),
            models.Index(
                fields=["chain", "subject", "id"], condition=models.Q(action="audit.detail_purged"), name="audit_purges"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.chain} {self.action} {self.subject}"


class AuditDetail(models.Model):
    """What may have to be purged (names, search text); its salted digest stays in the event.

    The database lets a row go only where a purge names its event, so that nothing shown is forgotten in silence.
    """

    event_id = models.BigIntegerField(primary_key=True)
    salt = models.CharField(max_length=32)
    detail = models.TextField()

    def __str__(self) -> str:
        return f"detail of {self.event_id}"


class AuditPending(models.Model):
    """Events that still wait for their seal; filled by a trigger, emptied by the sealer."""

    event_id = models.BigIntegerField(primary_key=True)

    def __str__(self) -> str:
        return f"pending {self.event_id}"


class AuditSeal(models.Model):
    """The place of an event in its agency's chain: hash(position) covers hash(position - 1)."""

    chain = models.CharField(max_length=24)
    position = models.BigIntegerField()
    event_id = models.BigIntegerField(unique=True)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chain", "position"], name="one_seal_per_position"),
        ]

    def __str__(self) -> str:
        return f"{self.chain} {self.position}"


class HeadRound(models.Model):
    """One signed round of blinded heads, one per chain: what the other agencies are handed.

    A copy kept elsewhere proves later that no chain was cut or written anew, whoever owns the database.
    """

    id = models.CharField(max_length=32, primary_key=True)
    installation = models.CharField(max_length=16)
    signed_at = models.DateTimeField()
    blinded = models.JSONField()
    key_id = models.CharField(max_length=32)
    signature = models.CharField(max_length=128)

    class Meta:
        indexes = [models.Index(fields=["-signed_at"], name="head_round_newest")]

    def __str__(self) -> str:
        return f"round {self.id}"


class RoundHandover(models.Model):
    """A round that every agency was handed: it can read and download it, and was told."""

    round_id = models.CharField(max_length=32, primary_key=True)
    handed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["-handed_at"], name="handed_newest")]

    def __str__(self) -> str:
        return f"handed {self.round_id}"


class SigningName(models.Model):
    """The name under which this log is signed, and the key that signs; the newest row counts."""

    name = models.CharField(max_length=16)
    key_id = models.CharField(max_length=32)
    bound_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.key_id}"


class AuditHead(models.Model):
    """How far one chain had come when a round was signed; the salt lets its owner open the blinded head."""

    round_id = models.CharField(max_length=32)
    chain = models.CharField(max_length=24)
    position = models.BigIntegerField()
    hash = models.CharField(max_length=64)
    salt = models.CharField(max_length=32)
    blinded = models.CharField(max_length=64, unique=True)

    class Meta:
        indexes = [models.Index(fields=["chain", "position"], name="audit_head_of_chain")]

    def __str__(self) -> str:
        return f"head {self.chain} {self.position}"
