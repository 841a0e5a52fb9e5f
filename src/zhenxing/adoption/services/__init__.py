"""What may be done with what was read."""
