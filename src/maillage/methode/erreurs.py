"""Ce que la méthode dit quand un de ses fichiers est faux."""


class MethodeInvalide(Exception):
    """Un fichier de la méthode est refusé.

    Attributs : ``fichier`` (nom du YAML), ``code`` (l'élément ou le compte en cause, ou le nom
    du sujet quand c'est le fichier entier), ``raison`` (une phrase qui dit quoi réparer).
    """

    def __init__(self, fichier: str, code: str, raison: str) -> None:
        super().__init__(f"{fichier}, {code} : {raison}")
        self.fichier = fichier
        self.code = code
        self.raison = raison

    def __reduce__(self) -> tuple[type["MethodeInvalide"], tuple[str, str, str]]:
        return type(self), (self.fichier, self.code, self.raison)
