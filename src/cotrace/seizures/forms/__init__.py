"""The forms of this room: fields and their words. What may be kept is decided by the services."""
