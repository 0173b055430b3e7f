"""Sentences of this room's codes; `labels` names what a seizure counts and why a number is missing."""

from django.utils.translation import gettext_noop as _

SENTENCES = {
    "seizure_incomplete": _("The seizure was not saved. Correct the marked fields."),
    "date_out_of_range": _("The date lies in the future or before 1900."),
    "state_unknown": _("This is not an INEGI state code."),
    "municipio_unknown": _("This is not an INEGI municipality code."),
    "municipio_outside_state": _("The municipality does not lie in the chosen state."),
    "item_unknown": _("This kind of item is not known here."),
    "reason_unknown": _("Give a number, or say why there is none."),
    "amount_and_reason": _("Give either a number or a reason why there is none, not both."),
    "count_out_of_range": _("The number is negative or too large to be true."),
    "force_unknown": _("The code %(code)s names no force here."),
    "cap_unknown": _("This is not one of the levels."),
    "import_runs": _("This import still runs. Look at its rejected rows once it has ended."),
    "columns_fit_another": _(
        "The file lacks columns that are needed: %(columns)s. Its columns are those of “%(mapping)s”: choose that "
        "kind of log."
    ),
    "export_too_large": _(
        "More than %(limit)s seizures fit, and a part would be taken for all of them. Narrow the search, by dates for "
        "example, and take them out in several files."
    ),
    "upload_not_kept": _(
        "The file could not be kept: the disk is full or cannot be written. Tell whoever runs this installation."
    ),
    "category_seizure": _("Seizures"),
    "act_seizure.opened": _("opened the record"),
    "act_seizure.listed": _("saw it in a list"),
    "act_seizure.exported": _("took it into a file"),
    "act_seizure.recorded": _("recorded it"),
    "act_seizure.edited": _("corrected it"),
    "act_seizure.visibility_set": _("set who may see it"),
    "act_seizure.import_tried": _("tried a seizure log"),
    "act_seizure.import_started": _("started an import"),
    "act_seizure.import_reviewed": _("said that an import's rejected rows were looked at"),
    "act_seizure.import_stopped": _("an import was stopped: whoever started it may import no more"),
    "act_seizure.imported": _("imported rows"),
    "act_seizure.import_rows_deleted": _("deleted the rows of an import, which are seizures since"),
}
