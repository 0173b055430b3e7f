"""Find at once whether a purge names an event."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0005_details_purged_on_record")]
    operations = [
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(
                condition=models.Q(("action", "audit.detail_purged")),
                fields=["chain", "subject", "id"],
                name="audit_purges",
            ),
        ),
    ]
