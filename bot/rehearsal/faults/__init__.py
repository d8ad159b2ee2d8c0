"""Faults on demand: what Slack, the network or an administrator may do to an app, to be tried in a rehearsal."""
