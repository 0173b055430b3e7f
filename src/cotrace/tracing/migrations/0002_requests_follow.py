"""Let requests submitted before holdings could follow another follow their seizures, and lie where those lie."""

from django.db import migrations


def follow(apps, schema_editor):
    holding, shelf = apps.get_model("sharing", "Holding"), apps.get_model("sharing", "Shelf")
    requests = apps.get_model("tracing", "TraceRequest").objects.exclude(seizure="")
    for number, seizure in requests.values_list("pk", "seizure").iterator():
        leader = holding.objects.select_related("shelf").filter(pk=seizure).first()
        row = holding.objects.select_related("shelf").get(pk=number)
        if leader is None or leader.owner != row.owner:
            continue
        row.shelf, _ = shelf.objects.get_or_create(
            owner=row.owner,
            kind=row.shelf.kind,
            category=row.shelf.category,
            cap=leader.shelf.cap,
            circle=leader.shelf.circle,
        )
        row.follows = seizure
        row.save(update_fields=["shelf", "follows"])


class Migration(migrations.Migration):
    dependencies = [("tracing", "0001_initial"), ("sharing", "0002_holdings_follow")]
    operations = [migrations.RunPython(follow, migrations.RunPython.noop)]
