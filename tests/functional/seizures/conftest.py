"""The cast of these tests: an owner, a viewer and a stranger, each signed in."""
