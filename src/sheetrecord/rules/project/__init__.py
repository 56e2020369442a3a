"""Rules about the Project sheet: summary, milestones, issues and changes."""
