"""The pages of models, their spread, movements and commendations."""
