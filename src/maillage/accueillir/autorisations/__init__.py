"""Ce qu'une structure ouvre de ses diagnostics, et le journal de qui les lit (règle 3)."""
