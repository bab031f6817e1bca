"""The rules: one function a rule, named after it, with its citation. plan.py calls them in order."""
