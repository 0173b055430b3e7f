"""Corrected answers keep what they said before; the queue is found by serial, taker and reason; entries have versions."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sharing', '0003_emergency_session'),
        ('tracing', '0002_requests_follow'),
    ]

    operations = [
        migrations.CreateModel(
            name='EarlierAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answer', models.JSONField()),
                ('answered_by', models.CharField(max_length=64)),
                ('answered_at', models.DateTimeField()),
                ('note', models.TextField()),
                ('corrected_by', models.CharField(max_length=64)),
                ('corrected_at', models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='acceptance',
            name='acceptance_once',
        ),
        migrations.RemoveConstraint(
            model_name='inquiry',
            name='inquiry_once_per_hop',
        ),
        migrations.RemoveConstraint(
            model_name='inquiry',
            name='inquiry_state_known',
        ),
        migrations.RemoveConstraint(
            model_name='transferee',
            name='transferee_once',
        ),
        migrations.AddField(
            model_name='acceptance',
            name='superseded_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='inquiry',
            name='superseded_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='licenseeentry',
            name='version',
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='trace',
            name='concluded_by',
            field=models.CharField(blank=True, default='', max_length=64),
        ),
        migrations.AddField(
            model_name='trace',
            name='serial_normal',
            field=models.CharField(blank=True, default='', max_length=200),
        ),
        migrations.AddField(
            model_name='transferee',
            name='superseded_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name='trace',
            index=models.Index(condition=models.Q(('taken_by', '')), fields=['owner', 'status', 'opened_at'], name='traces_of_nobody'),
        ),
        migrations.AddIndex(
            model_name='trace',
            index=models.Index(condition=models.Q(('taken_by', ''), _negated=True), fields=['taken_by'], name='traces_of_taker'),
        ),
        migrations.AddIndex(
            model_name='trace',
            index=models.Index(condition=models.Q(('waiting_reason', ''), _negated=True), fields=['owner', 'waiting_reason'], name='traces_of_reason'),
        ),
        migrations.AddIndex(
            model_name='trace',
            index=models.Index(fields=['owner', 'serial_normal'], name='traces_by_serial', opclasses=['varchar_ops', 'varchar_pattern_ops']),
        ),
        migrations.AddIndex(
            model_name='tracesource',
            index=models.Index(fields=['owner', 'request'], name='sources_by_request'),
        ),
        migrations.AddConstraint(
            model_name='acceptance',
            constraint=models.UniqueConstraint(condition=models.Q(('superseded_at', None)), fields=('trace', 'reason', 'step'), name='acceptance_once'),
        ),
        migrations.AddConstraint(
            model_name='inquiry',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'superseded'), _negated=True), fields=('trace', 'hop'), name='inquiry_once_per_hop'),
        ),
        migrations.AddConstraint(
            model_name='inquiry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', None), ('state__in', ['open', 'failed'])), models.Q(('answer__isnull', False), ('state', 'answered')), models.Q(('state', 'superseded'), ('superseded_at__isnull', False)), _connector='OR'), name='inquiry_state_known'),
        ),
        migrations.AddConstraint(
            model_name='transferee',
            constraint=models.UniqueConstraint(condition=models.Q(('superseded_at', None)), fields=('owner', 'record', 'hop'), name='transferee_once'),
        ),
        migrations.AddField(
            model_name='earlieranswer',
            name='inquiry',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='earlier_answers', to='tracing.inquiry'),
        ),
    ]
