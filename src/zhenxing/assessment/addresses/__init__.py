"""Addresses of the assessment part, one list a field of work."""
