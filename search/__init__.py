"""The index: a view derived from content that may be deleted and rebuilt at any time.

Turns content into flat documents and questions into keys. Holds no truth of its
own: what is public is decided again when the rows are loaded.
"""
