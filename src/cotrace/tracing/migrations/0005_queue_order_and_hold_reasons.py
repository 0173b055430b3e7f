"""The queue has an order of its own that the database keeps; a contact hold on a licensee says why, by whom and when."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sharing', '0003_emergency_session'),
        ('tracing', '0004_serials_filled'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='trace',
            name='traces_of_status',
        ),
        migrations.RemoveIndex(
            model_name='trace',
            name='traces_of_nobody',
        ),
        migrations.AddField(
            model_name='licenseeentry',
            name='held_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='licenseeentry',
            name='held_by',
            field=models.CharField(blank=True, default='', max_length=64),
        ),
        migrations.AddField(
            model_name='licenseeentry',
            name='hold_reason',
            field=models.TextField(blank=True, default=''),
        ),
        migrations.AddField(
            model_name='trace',
            name='queue_place',
            field=models.GeneratedField(db_persist=True, expression=models.Case(models.When(models.Q(('status__in', ['withheld'])), then=models.Value(3)), models.When(models.Q(('status__in', ['closed', 'released'])), then=models.Value(4)), models.When(priority='urgent', then=models.Value(0)), models.When(models.Q(('status__in', ['awaiting_tracer', 'concluded'])), then=models.Value(1)), default=models.Value(2)), output_field=models.SmallIntegerField()),
        ),
        migrations.AddIndex(
            model_name='trace',
            index=models.Index(fields=['owner', 'queue_place', 'opened_at', 'holding'], name='traces_in_queue'),
        ),
        migrations.AddIndex(
            model_name='trace',
            index=models.Index(fields=['owner', 'status', 'queue_place', 'opened_at', 'holding'], name='traces_of_status'),
        ),
        migrations.AddIndex(
            model_name='trace',
            index=models.Index(condition=models.Q(('taken_by', '')), fields=['owner', 'queue_place', 'opened_at', 'holding'], name='traces_of_nobody'),
        ),
    ]
