"""The routes that take files, and how many bytes a form for each may have; every other route takes small forms alone."""

from cotrace.exchange.rules.envelope import FILE_LIMITS
from cotrace.files.imports.limits import DEFAULT_LIMITS, DEFAULT_PICTURE_LIMITS
from cotrace.files.rules.attachments import MOST_AT_ONCE

FILES_OF_A_LOG = 4
"""A log and its sister files; `files` judges each of them again."""

REST_OF_FORM = 64 * 1024
LOG = FILES_OF_A_LOG * DEFAULT_LIMITS.file_bytes + REST_OF_FORM
SIGNED_FILE = FILE_LIMITS.size_bytes + REST_OF_FORM
PICTURE = DEFAULT_PICTURE_LIMITS.file_bytes + REST_OF_FORM
PICTURES = MOST_AT_ONCE * DEFAULT_PICTURE_LIMITS.file_bytes + REST_OF_FORM

UPLOAD_BYTES: dict[str, int] = {
    "seizures:import_new": LOG,
    "api:seizure_imports": LOG,
    "api:seizure_dry_run": LOG,
    "files:attach": PICTURES,
    "api:attachment_list": PICTURE,
    "exchange:receive": SIGNED_FILE,
    "api:exchange_import": SIGNED_FILE,
}
