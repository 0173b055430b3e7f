"""Where traces are worked, and whom the centre can ask."""

from django.db import models


class TracingCentre(models.Model):
    """An agency that traces. `installation` is empty where it works here, otherwise a peer's code.

    `call_back` is the published number that requesters and licensees are given.
    """

    agency = models.CharField(max_length=24, primary_key=True)
    installation = models.CharField(max_length=63, blank=True)
    call_back = models.CharField(max_length=40)
    is_default = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"], condition=models.Q(is_default=True), name="one_default_centre"
            ),
        ]

    def __str__(self) -> str:
        return self.agency


class LicenseeEntry(models.Model):
    """A licensee in a centre's register. `number_key` is the licence number without its hyphens.

    `keys` holds the pinned public keys of its connector, two while it changes one; `url` is empty
    where it is asked by telephone. `successor` is a licence number. `version` grows with every change.
    `hold_reason`, `held_by` and `held_at` are empty where no contact hold stands; its history is in the log.
    """

    owner = models.CharField(max_length=24)
    number = models.CharField(max_length=30)
    number_key = models.CharField(max_length=30)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=12)
    address = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    url = models.CharField(max_length=200, blank=True)
    keys = models.JSONField(default=list)
    reach = models.CharField(max_length=10, default="public")
    ca_file = models.CharField(max_length=200, blank=True)
    is_open = models.BooleanField(default=True)
    successor = models.CharField(max_length=30, blank=True)
    is_held = models.BooleanField(default=False)
    hold_reason = models.TextField(blank=True, default="")
    held_by = models.CharField(max_length=64, blank=True, default="")
    held_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "licensee entries"
        constraints = [models.UniqueConstraint(fields=["owner", "number_key"], name="licensee_once")]

    def __str__(self) -> str:
        return f"{self.owner} {self.number}"


class LicenseeName(models.Model):
    """A name by which makers and importers are found: as marked on guns, in normal form."""

    entry = models.ForeignKey(LicenseeEntry, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=120)
    normal = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "normal"], name="licensee_name_once")]
        indexes = [models.Index(fields=["normal"], name="licensees_by_name")]

    def __str__(self) -> str:
        return self.name
