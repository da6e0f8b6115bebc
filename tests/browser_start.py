"""How Chromium is started by tests: Debian's browser, headless, silent towards the network."""

CHROMIUM = "/usr/bin/chromium"
LAUNCH = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
