"""Rounds that were handed to the agencies, the name that this log is signed under, and its pages by time."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_insert_only")]
    operations = [
        migrations.CreateModel(
            name="RoundHandover",
            fields=[
                ("round_id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("handed_at", models.DateTimeField()),
            ],
            options={"indexes": [models.Index(fields=["-handed_at"], name="handed_newest")]},
        ),
        migrations.CreateModel(
            name="SigningName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=16)),
                ("key_id", models.CharField(max_length=32)),
                ("bound_at", models.DateTimeField()),
            ],
        ),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(fields=["chain", "-recorded_at"], name="audit_of_chain_newest"),
        ),
    ]
