"""Every browser test gets the same browser and the same site."""

from tests.support.browser import chromium, site, visit

__all__ = ["chromium", "site", "visit"]
