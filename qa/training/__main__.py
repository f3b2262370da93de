"""`python -m qa.training`; apart from `command`, as spawned processes cannot import this module."""

from qa.training.run.command import main

if __name__ == "__main__":
    main()
