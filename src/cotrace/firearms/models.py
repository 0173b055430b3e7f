"""A gun as one agency describes it. That two descriptions are the same gun is a judgement, made elsewhere."""

from django.db import models

from cotrace.sharing.models import NUMBER_LENGTH, Holding


class Firearm(models.Model):
    """One described gun. `seizure` is the number of the seizure it was taken in, by name, not by foreign key.

    `make` and `calibre` are as read on the gun; the codes beside them are NCIC's and coarser.
    `serial_normal` is what two readings are compared by.
    """

    holding = models.OneToOneField(Holding, primary_key=True, on_delete=models.PROTECT, related_name="firearm")
    owner = models.CharField(max_length=24)
    seizure = models.CharField(max_length=NUMBER_LENGTH)
    exhibit_number = models.CharField(max_length=80, blank=True)
    type_code = models.CharField(max_length=2)
    make_code = models.CharField(max_length=8, blank=True)
    make = models.CharField(max_length=100, blank=True)
    model = models.CharField(max_length=100, blank=True)
    calibre_code = models.CharField(max_length=8, blank=True)
    calibre = models.CharField(max_length=60, blank=True)
    country_of_origin = models.CharField(max_length=2, blank=True)
    importer = models.CharField(max_length=100, blank=True)
    importer_mark = models.CharField(max_length=12)
    serial = models.CharField(max_length=60, blank=True)
    serial_normal = models.CharField(max_length=60, blank=True)
    serial_condition = models.CharField(max_length=12)
    is_privately_made = models.BooleanField(default=False)
    markings = models.TextField(blank=True)
    described_by = models.CharField(max_length=64)
    described_at = models.DateTimeField()
    corrected_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "seizure", "exhibit_number"],
                condition=~models.Q(exhibit_number=""),
                name="firearm_exhibit_once",
            ),
            models.CheckConstraint(
                condition=models.Q(serial_condition__in=["read", "partial"])
                | models.Q(serial_condition__in=["obliterated", "none"], serial=""),
                name="firearm_serial_as_its_condition",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "seizure"], name="firearms_of_seizure"),
            models.Index(fields=["owner", "serial_normal"], name="firearms_by_serial"),
        ]

    def __str__(self) -> str:
        return self.holding_id
