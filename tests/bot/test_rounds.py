"""Once a day Levers looks who is still there, and goes on asking where Slack says that it asks too much."""

from tests.bot.stage import Stage


def test_who_left_while_levers_was_stopped_is_found_though_slack_refuses_to_say_at_first(committed: Stage) -> None:
    committed.settled()
    committed.stop_bot()
    teacher = committed.visitor("UTEACHER4")
    teacher.leave("CPLAN1")
    teacher.cause("rate_limited", method="conversations.members", seconds=1)
    committed.restart_bot(stop=False)
    committed.until(lambda: "UTEACHER4" not in committed.read(lambda ledger: ledger.people.members("CPLAN1")))
    assert "UTEACHER3" in committed.read(lambda ledger: ledger.people.members("CPLAN1"))
