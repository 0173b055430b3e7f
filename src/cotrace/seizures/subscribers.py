"""What this room does when something is announced."""

from cotrace.foundation.events import subscribe
from cotrace.seizures.events import SeizureImportDue
from cotrace.seizures.services.imports import import_continue


@subscribe(SeizureImportDue, name="seizures.import_continue")
def continue_import(event: SeizureImportDue) -> None:
    """Apply the next rows of an import."""
    import_continue(job_number=event.job)
