"""What Slack sends in, by noun: decode it, call a verb, answer."""
