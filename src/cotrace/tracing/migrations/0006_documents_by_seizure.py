"""The same document is refused once more only beside the seizure it is seen with: a circle's request answers nobody outside."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tracing', '0005_queue_order_and_hold_reasons'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='tracerequest', name='request_document_once'),
        migrations.AddConstraint(
            model_name='tracerequest',
            constraint=models.UniqueConstraint(
                condition=models.Q(('status', 'cancelled'), _negated=True),
                fields=('owner', 'seizure', 'document_sha256'),
                name='request_document_once',
            ),
        ),
    ]
