"""What can be done about models, movements and commendations, one file per noun."""
