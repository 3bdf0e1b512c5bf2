"""The verbs: opening (the system), submissions, progress, dossiers."""
