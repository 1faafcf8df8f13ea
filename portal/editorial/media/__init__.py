"""Editors: the media library."""
