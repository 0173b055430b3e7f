"""What ATF publishes of its licensees: business data, brought in by the operator. No holding: it is public, and nobody's own."""

from django.db import models


class PublishedLicensee(models.Model):
    """A licensee as the newest edition that lists it has it. `key`: region, district and sequence, eight digits.

    `number` has its hyphens; `phone` is ten digits or empty. `edition` is year and month.
    """

    key = models.CharField(max_length=8, primary_key=True)
    number = models.CharField(max_length=20)
    licence_type = models.CharField(max_length=2)
    licence_name = models.CharField(max_length=120)
    business_name = models.CharField(max_length=120, blank=True)
    street = models.CharField(max_length=120)
    city = models.CharField(max_length=60)
    state = models.CharField(max_length=2)
    zip_code = models.CharField(max_length=10, blank=True)
    phone = models.CharField(max_length=10, blank=True)
    edition = models.CharField(max_length=7)
    loaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.number


class PublishedList(models.Model):
    """A file that was loaded to its end. `states`: those it lists in full, without the one in which a cut file ends."""

    edition = models.CharField(max_length=7)
    file_sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    accepted = models.PositiveIntegerField()
    rejected = models.PositiveIntegerField()
    states = models.JSONField(default=list)
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "file_sha256"], name="published_list_once")]

    def __str__(self) -> str:
        return f"{self.edition} {self.file_sha256[:8]}"
