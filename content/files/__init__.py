"""Stored files: a row that describes, a store that keeps the bytes."""

from content.files.model import StoredFile
from content.files.service import FileService
from content.files.store import DiskStore, FileStore, MemoryStore

__all__ = ["DiskStore", "FileService", "FileStore", "MemoryStore", "StoredFile"]
