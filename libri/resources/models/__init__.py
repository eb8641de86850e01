"""What is true of resources and collections."""

from .collections import Collection, CollectionItem
from .resources import DownloadCount, NotPublishable, Resource, ResourceTranslator, ResourceUse, ResourceVersion, ResourceWish, Shared

__all__ = ["Collection", "CollectionItem", "DownloadCount", "NotPublishable", "Resource", "ResourceTranslator", "ResourceUse",
           "ResourceVersion", "ResourceWish", "Shared"]
