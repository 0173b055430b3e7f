"""Pages of signing in, of one's own account, and of an agency's members; and what allauth asks of us."""
