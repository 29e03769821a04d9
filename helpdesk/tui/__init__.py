"""The console: what is shown and what the keys do."""

import os

# Paintings a second: what comes soon after another would wait for a sixtieth of a second.
os.environ.setdefault("TEXTUAL_FPS", "250")
