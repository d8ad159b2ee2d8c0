"""The practice workspace: a small local Slack on which a team can rehearse a session before running it."""
