"""The `levers` command: each module holds the commands of one noun."""
