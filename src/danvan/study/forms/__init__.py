"""What people type about campaigns, sessions, themselves and training."""
