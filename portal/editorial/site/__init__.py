"""Editors and administrators: banners, menus, the home page, who publishes."""
