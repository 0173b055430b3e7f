"""What the walk of the two worlds sends: kinds of objects, acts that change, commands, and who asks.

A route, a changing method or a command that nobody wrote down here fails
tests/security/test_walk_is_whole.py with the place where it belongs.
"""
