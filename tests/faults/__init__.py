"""Faults: what a crash, a network or Slack itself may do, and that nothing is lost or repeated."""
