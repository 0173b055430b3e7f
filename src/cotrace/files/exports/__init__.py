"""Files that leave, from values that came from anywhere."""
