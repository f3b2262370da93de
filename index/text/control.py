"""Control characters that carry no text: dropped where they occur, and counted to tell binaries."""

import re

# C0 controls except tab, line feed, form feed and carriage return; also DEL and the byte order mark
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufeff]")
