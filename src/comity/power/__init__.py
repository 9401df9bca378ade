"""How much a member can decide: power indices, coalitions, and what a change of rule would do."""
