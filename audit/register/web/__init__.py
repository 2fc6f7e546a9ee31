"""The web's side: logs of servers, and recordings of what a browser was given."""
