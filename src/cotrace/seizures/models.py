"""A seizure as an event: when, where, who took part, what was taken."""

from django.db import models

from cotrace.sharing.models import Holding


class Seizure(models.Model):
    """One seizure of one agency. `holding` carries owner, visibility and number.

    `source_system` and `source_ref` name the row of the log it came from: importing twice adds
    nothing twice. `search_text` is folded (no accents, lower case) for plain substring search.
    """

    holding = models.OneToOneField(Holding, primary_key=True, on_delete=models.PROTECT, related_name="seizure")
    owner = models.CharField(max_length=24)
    occurred_on = models.DateField()
    country = models.CharField(max_length=2, default="MX")
    state_code = models.CharField(max_length=2, blank=True)
    municipio_code = models.CharField(max_length=5, blank=True)
    place = models.CharField(max_length=200, blank=True)
    detained = models.PositiveIntegerField(null=True)
    detained_reason = models.CharField(max_length=24, blank=True)
    notes = models.TextField(blank=True)
    tear_line = models.CharField(max_length=500, blank=True)
    source_system = models.CharField(max_length=60, blank=True)
    source_ref = models.CharField(max_length=200, blank=True)
    search_text = models.TextField(blank=True)
    has_guns = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "source_system", "source_ref"],
                condition=~models.Q(source_ref=""),
                name="seizure_of_source_once",
            ),
            models.CheckConstraint(
                condition=models.Q(detained=None, detained_reason__gt="")
                | models.Q(detained__gte=0, detained_reason=""),
                name="seizure_detained_or_reason",
            ),
        ]
        indexes = [models.Index(fields=["owner", "state_code", "-occurred_on"], name="seizure_of_state")]

    def __str__(self) -> str:
        return self.holding_id


class SeizedItem(models.Model):
    """How many of one kind of item were taken; a blank has a reason."""

    seizure = models.ForeignKey(Seizure, on_delete=models.CASCADE, related_name="items")
    item = models.CharField(max_length=24)
    quantity = models.PositiveIntegerField(null=True)
    reason = models.CharField(max_length=24, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seizure", "item"], name="seized_item_once"),
            models.CheckConstraint(
                condition=models.Q(quantity=None, reason__gt="") | models.Q(quantity__gte=0, reason=""),
                name="seized_quantity_or_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seizure_id} {self.item}"


class Participant(models.Model):
    """A force that took part, by the code of the reference table."""

    seizure = models.ForeignKey(Seizure, on_delete=models.CASCADE, related_name="participants")
    force = models.CharField(max_length=24)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seizure", "force"], name="participant_once")]

    def __str__(self) -> str:
        return f"{self.seizure_id} {self.force}"


class SeizureImport(models.Model):
    """One import of one file by one member; its rows wait as rows, so a kill loses nothing.

    `reviewed_at` is when somebody of the agency said that its rejected rows were looked at.
    """

    id = models.CharField(max_length=40, primary_key=True)
    agency = models.CharField(max_length=24)
    member = models.CharField(max_length=64)
    member_name = models.CharField(max_length=160)
    purpose = models.CharField(max_length=64, blank=True)
    file_name = models.CharField(max_length=200)
    file_sha256 = models.CharField(max_length=64)
    mapping = models.CharField(max_length=60)
    state = models.CharField(max_length=12, default="ready")
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    rows = models.PositiveIntegerField(default=0)
    accepted = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    repeated = models.PositiveIntegerField(default=0)
    report = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["agency", "-created_at"], name="imports_of_agency")]

    def __str__(self) -> str:
        return self.id


class ImportRow(models.Model):
    """One accepted row that waits to become a seizure, or has become one."""

    job = models.ForeignKey(SeizureImport, on_delete=models.CASCADE, related_name="waiting")
    number = models.PositiveIntegerField()
    values = models.JSONField()
    state = models.CharField(max_length=10, default="waiting")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "number"], name="import_row_once")]

    def __str__(self) -> str:
        return f"{self.job_id} {self.number}"
