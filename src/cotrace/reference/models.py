"""Code tables: published lists with English and Spanish labels, version and source."""

from django.db import models


class CodeTable(models.Model):
    """One list as loaded: where it came from, which version, when, and the digest of its file."""

    code = models.CharField(max_length=40, primary_key=True)
    title_en = models.CharField(max_length=160)
    title_es = models.CharField(max_length=160)
    source = models.CharField(max_length=300)
    version = models.CharField(max_length=40)
    sha256 = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.code


class Code(models.Model):
    """One entry of a list. `parent` is the code of the entry it belongs to in another list."""

    table = models.ForeignKey(CodeTable, on_delete=models.CASCADE, related_name="codes")
    code = models.CharField(max_length=40)
    label_en = models.CharField(max_length=200)
    label_es = models.CharField(max_length=200)
    parent = models.CharField(max_length=40, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    is_retired = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["table", "code"], name="code_once_per_table")]
        indexes = [models.Index(fields=["table", "parent"], name="codes_of_parent")]

    def __str__(self) -> str:
        return f"{self.table_id}:{self.code}"
