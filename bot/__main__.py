"""`python -m bot` is the `levers` command."""

from bot.cli.main import main

main()
