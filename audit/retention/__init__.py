"""What the register knows of when each record's time starts, and what may keep it longer."""
