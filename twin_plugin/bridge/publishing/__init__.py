"""A twin base as configurations of servers."""
