"""What a team decides: the session, the plan, and its follow-up, as pure values and verbs."""
