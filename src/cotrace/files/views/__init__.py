"""Pages of attachments: adding them, one with its picture and custody log, the files themselves."""

from cotrace.files.views.adding import attach
from cotrace.files.views.pages import attachment, withdraw
from cotrace.files.views.sending import original, picture, thumbnail

__all__ = ["attach", "attachment", "original", "picture", "thumbnail", "withdraw"]
