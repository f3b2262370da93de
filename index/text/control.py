"""Control characters that no text needs: they are dropped, and too many mean a binary file."""

import re

# every C0 control character but tab, line feed, vertical tab's kin that end lines, and carriage
# return; DEL and the byte order mark
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufeff]")
