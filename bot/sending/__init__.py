"""Sending what is owed: claimed, begun, posted once and marked; looked for where in doubt; paused where refused."""
