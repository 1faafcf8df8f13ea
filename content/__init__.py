"""The domain: what the authority publishes and what people file.

Knows SQLAlchemy, the standard library and a few libraries of its trade. It must
never import ``search``, ``portal``, Pyramid, deform, Jinja2 or Whoosh.
"""
