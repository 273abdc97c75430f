"""French spelling, grammar and typography. Import the module you need: nothing heavy is loaded here."""
