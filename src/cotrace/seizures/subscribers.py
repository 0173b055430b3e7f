"""What this room does when something is announced."""

from cotrace.foundation.events import subscribe
from cotrace.foundation.principal import Door, installation_principal
from cotrace.seizures.events import SeizureImportDue
from cotrace.seizures.services.imports import import_continue, import_rows_forget
from cotrace.seizures.services.uploads import uploads_expire


@subscribe(SeizureImportDue, name="seizures.import_continue")
def continue_import(event: SeizureImportDue) -> None:
    """Apply the next rows of an import."""
    import_continue(job_number=event.job)


def expire_uploads() -> int:
    """The worker's duty: delete tried logs whose hour is over."""
    return uploads_expire(installation_principal(Door.WORKER))


def forget_rows() -> int:
    """The worker's duty: delete rows that became seizures long ago."""
    return import_rows_forget(installation_principal(Door.WORKER))
