"""Every permission there is, named ``thing:action``."""

from enum import StrEnum


class Permission(StrEnum):
    """What a view may ask for. Public views say ``NO_PERMISSION_REQUIRED`` instead."""

    NOBODY = "nobody"
    ACCOUNT_USE = "account:use"
    DRAFT_EDIT = "draft:edit"
    DRAFT_SUBMIT = "draft:submit"
    DOSSIER_READ = "dossier:read"
    DESK_USE = "desk:use"
    DOSSIER_HANDLE = "dossier:handle"
    DOSSIER_ACCEPT = "dossier:accept"
    EDITORIAL_USE = "editorial:use"
    WRITING_KEEP = "writing:keep"
    ARTICLE_EDIT = "article:edit"
    ARTICLE_PUBLISH = "article:publish"
    MEDIA_EDIT = "media:edit"
    SITE_ARRANGE = "site:arrange"
    SITE_IDENTITY = "site:identity"
    PROCEDURE_EDIT = "procedure:edit"
    PROCEDURE_SETTLE = "procedure:settle"
    DECISION_EDIT = "decision:edit"
    DECISION_PUBLISH = "decision:publish"
    DECISION_ACKNOWLEDGE = "decision:acknowledge"
    PROCEDURE_IMPORT = "procedure:import"
    FORM_EDIT = "form:edit"
    FORM_PUBLISH = "form:publish"
    COMMENT_MODERATE = "comment:moderate"
    AUTHORITY_EDIT = "authority:edit"
    SUGGESTION_HANDLE = "suggestion:handle"
