"""What a notice says, held against the law: the phrases, the rules behind the checks, the wordings."""
