"""What every clause of the notice comes to: findings and statements brought together by promise."""

from audit.coverage.clauses import clause_states

__all__ = ["clause_states"]
