"""Turn documents about diplomacy into a searchable record of events, actors and relations."""

__version__ = "0.1.0"
