"""What was sent before was noted when it was made; what waits was noted at the upgrade, as nothing else is known."""

from django.db import migrations, models
from django.utils import timezone


def fill(apps, _schema_editor):
    sent = apps.get_model("exchange", "SentMessage")
    sent.objects.exclude(created_at=None).update(noted_at=models.F("created_at"))
    sent.objects.filter(created_at=None).update(noted_at=timezone.now())


class Migration(migrations.Migration):
    dependencies = [("exchange", "0002_channels")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
