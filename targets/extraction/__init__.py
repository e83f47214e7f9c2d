"""Finding targets in the text of a policy: rules propose, a person confirms. Pure functions; the grammar is data."""

from targets.extraction.engine import ENGINE_VERSION, extract

__all__ = ["ENGINE_VERSION", "extract"]
