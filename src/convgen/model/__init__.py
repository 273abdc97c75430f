"""Definitions, typed: what the YAML files mean once merged, checked and computed."""
