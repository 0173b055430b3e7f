"""An import whose rejected rows were looked at leaves the first page."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("seizures", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="seizureimport",
            name="reviewed_at",
            field=models.DateTimeField(null=True),
        ),
    ]
