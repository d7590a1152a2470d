"""Le piège des variables inconnues prend nos gabarits, et eux seuls."""

import pytest
from django.template import Context, Origin, Template, engines

from tests.gabarits import DEPOT


def rendre(source: str, chemin: str) -> str:
    moteur = engines["django"].engine  # type: ignore[attr-defined]
    return Template(source, Origin(chemin), engine=moteur).render(Context({"connue": "ici"}))


@pytest.mark.parametrize(
    "source",
    ["{{ inconue }}", "{{ connue.attribut }}", "{{ inconue|upper }}"],
)
def test_chez_nous_une_variable_inconnue_echoue(source: str) -> None:
    with pytest.raises(AssertionError, match="inconnue"):
        rendre(source, str(DEPOT / "src/x.html"))


@pytest.mark.parametrize(
    ("source", "rendu"),
    [
        ("{{ inconue }}", ""),
        ("{{ inconue|default:'rien' }}", "rien"),
        ("{% if inconue %}oui{% else %}non{% endif %}", "non"),
        ("{{ connue }}", "ici"),
    ],
)
def test_chez_les_autres_elle_reste_vide(source: str, rendu: str) -> None:
    assert rendre(source, "/ailleurs/allauth/login.html") == rendu


def test_chez_nous_une_condition_peut_porter_sur_l_absence() -> None:
    assert rendre("{% if inconue %}oui{% else %}non{% endif %}", str(DEPOT / "src/x.html")) == "non"
