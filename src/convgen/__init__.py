"""Document engine for French legal acts."""

__version__ = "0.1.0"
