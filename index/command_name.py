"""What a command is called in its own help: by the words with which it was started."""

import sys
from pathlib import Path

PACKAGES = ("index", "qa")  # whose modules are also started by `python -m`


def command_name(command: str = "") -> str:
    """Return `python -m MODULE`, or `archive-qa` or `python app.py` with the subcommand."""
    spec = getattr(sys.modules["__main__"], "__spec__", None)  # None: no module was named
    module = spec.name.removesuffix(".__main__") if spec else ""
    if module.partition(".")[0] in PACKAGES:
        return f"python -m {module}"
    program = "python app.py" if Path(sys.argv[0]).name == "app.py" else "archive-qa"
    return f"{program} {command}".rstrip()
