"""Let guns described before holdings could follow another follow their seizures."""

from django.db import migrations


def follow(apps, schema_editor):
    holding = apps.get_model("sharing", "Holding")
    for number, seizure in apps.get_model("firearms", "Firearm").objects.values_list("pk", "seizure").iterator():
        holding.objects.filter(pk=number).update(follows=seizure)


class Migration(migrations.Migration):
    dependencies = [("firearms", "0001_initial"), ("sharing", "0002_holdings_follow")]
    operations = [migrations.RunPython(follow, migrations.RunPython.noop)]
