"""Translating articles, pages and procedures into English: the list, the screen, publishing."""
