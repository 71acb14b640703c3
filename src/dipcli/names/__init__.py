"""Names of persons and organisations: normal forms, likeness, and whether two names are one person."""

from dipcli.names.forms import normal, slug

__all__ = ["normal", "slug"]
