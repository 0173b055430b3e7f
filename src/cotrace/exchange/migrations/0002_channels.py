"""Numbers of messages are counted in channels; messages carry the moment they were noted."""

from datetime import UTC, datetime

import django.db.models.deletion
from django.db import migrations, models

UNKNOWN = datetime(2026, 1, 1, tzinfo=UTC)
"""Until 0003 says when."""


class Migration(migrations.Migration):
    dependencies = [("exchange", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Channel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("agency", models.CharField(max_length=24)),
                ("answers", models.CharField(blank=True, max_length=32)),
                ("code", models.CharField(max_length=32)),
                (
                    "peer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="channels", to="exchange.peer"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("peer", "agency", "answers"), name="channel_once"),
                    models.UniqueConstraint(fields=("peer", "code"), name="channel_code_once"),
                ],
            },
        ),
        migrations.RemoveConstraint(model_name="sentmessage", name="sent_sequence_once"),
        migrations.RemoveConstraint(model_name="receivedmessage", name="received_sequence_once"),
        migrations.RemoveIndex(model_name="sentmessage", name="sent_of_agency"),
        migrations.RemoveIndex(model_name="receivedmessage", name="received_of_agency"),
        migrations.RemoveIndex(model_name="refusedfile", name="refused_of_agency"),
        migrations.AddField(
            model_name="sentmessage",
            name="channel",
            field=models.CharField(blank=True, default="", max_length=32),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="sentmessage",
            name="noted_at",
            field=models.DateTimeField(default=UNKNOWN),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="receivedmessage",
            name="channel",
            field=models.CharField(blank=True, default="", max_length=32),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="sentmessage",
            constraint=models.UniqueConstraint(fields=("peer", "channel", "sequence"), name="sent_sequence_once"),
        ),
        migrations.AddConstraint(
            model_name="receivedmessage",
            constraint=models.UniqueConstraint(
                fields=("peer", "channel", "sequence"), name="received_sequence_once"
            ),
        ),
        migrations.AddIndex(
            model_name="sentmessage",
            index=models.Index(fields=["agency", "-noted_at"], name="sent_of_agency_newest"),
        ),
        migrations.AddIndex(
            model_name="sentmessage",
            index=models.Index(fields=["agency", "record"], name="sent_about_record"),
        ),
        migrations.AddIndex(
            model_name="sentmessage",
            index=models.Index(condition=models.Q(("state", "waiting")), fields=["agency"], name="sent_waiting"),
        ),
        migrations.AddIndex(
            model_name="receivedmessage",
            index=models.Index(fields=["agency", "-received_at"], name="received_newest"),
        ),
        migrations.AddIndex(
            model_name="receivedmessage",
            index=models.Index(fields=["agency", "number"], name="received_about_record"),
        ),
        migrations.AddIndex(
            model_name="refusedfile",
            index=models.Index(fields=["agency", "-offered_at"], name="refused_newest"),
        ),
    ]
