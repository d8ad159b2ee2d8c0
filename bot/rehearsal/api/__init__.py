"""Slack's Web API, a table of methods."""
