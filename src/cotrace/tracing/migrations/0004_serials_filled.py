"""Let the queue find traces opened before by the serial of their gun."""

import unicodedata

from django.db import migrations

LONGEST = 200
BATCH = 500


def fill(apps, schema_editor):
    sources, traces = apps.get_model("tracing", "TraceSource"), apps.get_model("tracing", "Trace")
    seen, changed = set(), []
    for number, document in sources.objects.order_by("pk").values_list("trace_id", "document").iterator():
        if number in seen:
            continue
        seen.add(number)
        folded = unicodedata.normalize("NFKC", document.get("gun", {}).get("serial") or "").upper()
        serial = "".join(letter for letter in folded if letter.isalnum())[:LONGEST]
        changed.append(traces(pk=number, serial_normal=serial))
    traces.objects.bulk_update(changed, ["serial_normal"], batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [("tracing", "0003_answers_superseded")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
