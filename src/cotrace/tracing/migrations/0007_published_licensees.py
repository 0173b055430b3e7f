"""ATF's published list of licensees, and which of its files were loaded to their end."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tracing', '0006_documents_by_seizure'),
    ]

    operations = [
        migrations.CreateModel(
            name='PublishedLicensee',
            fields=[
                ('key', models.CharField(max_length=8, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=20)),
                ('licence_type', models.CharField(max_length=2)),
                ('licence_name', models.CharField(max_length=120)),
                ('business_name', models.CharField(blank=True, max_length=120)),
                ('street', models.CharField(max_length=120)),
                ('city', models.CharField(max_length=60)),
                ('state', models.CharField(max_length=2)),
                ('zip_code', models.CharField(blank=True, max_length=10)),
                ('phone', models.CharField(blank=True, max_length=10)),
                ('edition', models.CharField(max_length=7)),
                ('loaded_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='PublishedList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('edition', models.CharField(max_length=7)),
                ('file_sha256', models.CharField(max_length=64)),
                ('rows', models.PositiveIntegerField()),
                ('accepted', models.PositiveIntegerField()),
                ('rejected', models.PositiveIntegerField()),
                ('states', models.JSONField(default=list)),
                ('loaded_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('edition', 'file_sha256'), name='published_list_once')],
            },
        ),
    ]
