from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sharing', '0002_holdings_follow'),
    ]

    operations = [
        migrations.AddField(
            model_name='emergencysession',
            name='session',
            field=models.CharField(blank=True, default='', max_length=64),
        ),
    ]
