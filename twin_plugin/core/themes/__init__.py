"""Themes: documents of one map for water, power or rail, their indicators, and districts as workspaces."""
