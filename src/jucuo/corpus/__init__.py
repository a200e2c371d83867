"""Annotated texts: the inline markup they are written in, checks, statistics and conversions."""
