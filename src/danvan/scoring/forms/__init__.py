"""Forms of scoring: they read and judge what was typed; they write nothing."""
