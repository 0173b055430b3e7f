"""Refusals of a service beside the fields of the form that asked for it."""

from django import forms
from django.utils.functional import lazy

from cotrace.doors.sentences import sentence, sentence_of
from cotrace.foundation.errors import CotraceError


def one_sentence_for_empty_fields() -> None:
    """Give Django's forms this project's sentence for a required field: one wording, whoever finds it empty."""
    forms.Field.default_error_messages["required"] = lazy(sentence, str)("required")


def add_refusal(form: forms.BaseForm, refusal: CotraceError) -> None:
    """Put each problem beside its field, or above all fields; a refusal about none of them stands there alone."""
    if not any(problem.field in form.fields for problem in refusal.fields):
        form.add_error(None, sentence_of(refusal))
        return
    for problem in refusal.fields:
        field = problem.field if problem.field in form.fields else None
        form.add_error(field, sentence_of(problem))
