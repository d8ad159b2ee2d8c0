"""The surface: Slack, the command line, sentences, and the only place that wires the rooms together."""
