"""Every address of the editors: name, pattern, what it stands for. One function for each area."""

from pyramid.config import Configurator

from portal import contexts


def shared(config: Configurator) -> None:
    """What all writing screens use."""
    add = config.add_route
    subject, factory = "{subject:[a-z_]+:[a-z0-9-]+}", contexts.subject
    add("editorial.autosave", f"/bien-tap/tu-luu/{subject}", factory=factory)
    add("editorial.autosave.drop", f"/bien-tap/tu-luu/{subject}/bo", factory=factory)
    add("editorial.lock.take", f"/bien-tap/khoa/{subject}", factory=factory)


def articles(config: Configurator) -> None:
    """News."""
    add = config.add_route
    add("editorial.home", "/bien-tap")
    add("editorial.article.new", "/bien-tap/tin/moi")
    add("editorial.article.edit", "/bien-tap/tin/{id:\\d+}", factory=contexts.editorial_article)
    preview = "/bien-tap/tin/{id:\\d+}/xem-truoc"
    add("editorial.article.preview", preview, factory=contexts.editorial_article)
    publish = "/bien-tap/tin/{id:\\d+}/cong-bo"
    add("editorial.article.publish", publish, factory=contexts.editorial_article)
    withdraw = "/bien-tap/tin/{id:\\d+}/go"
    add("editorial.article.withdraw", withdraw, factory=contexts.editorial_article)


def media(config: Configurator) -> None:
    """The media library."""
    add = config.add_route
    base, one, folder = "/bien-tap/thu-vien", "/bien-tap/thu-vien/{id:\\d+}", "{id:\\d+}"
    add("editorial.media", base)
    add("editorial.media.upload", f"{base}/tai-len")
    add("editorial.media.pick", f"{base}/chon")
    add("editorial.media.json", f"{base}/danh-sach.json")
    add("editorial.media.folders", f"{base}/thu-muc")
    folder_factory, factory = contexts.media_folder, contexts.medium
    add("editorial.media.folder", f"{base}/thu-muc/{folder}", factory=folder_factory)
    add("editorial.media.folder.delete", f"{base}/thu-muc/{folder}/xoa", factory=folder_factory)
    add("editorial.medium", one, factory=factory)
    add("editorial.medium.replace", f"{one}/thay", factory=factory)
    add("editorial.medium.delete", f"{one}/xoa", factory=factory)


#: The areas in their order; an owner of screens adds a function and its name here.
AREAS = (shared, articles, media)


def editors(config: Configurator) -> None:
    """All of them."""
    for area in AREAS:
        area(config)
