"""A sentence for every code of the room `files`; their Spanish is in `locale/es`.

A door translates the sentence and fills in the parameters of the refusal or the problem.
"""

from collections.abc import Mapping

from cotrace.files.sentences.attachments import ATTACHMENTS
from cotrace.files.sentences.pictures import PICTURES
from cotrace.files.sentences.rows import BESIDE_THEIR_CELL, REASONS, ROWS
from cotrace.files.sentences.tables import FILES, MAPPINGS

SENTENCES: Mapping[str, str] = {**ROWS, **FILES, **MAPPINGS, **PICTURES, **ATTACHMENTS}

__all__ = ["BESIDE_THEIR_CELL", "REASONS", "SENTENCES"]
