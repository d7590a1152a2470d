"""Registres nationaux (RNA, SIRENE) : les importer, les relier, les comparer aux fiches."""
