"""Les repères de chaque page : seulement ce que le rôle peut ouvrir, et où je suis."""

from __future__ import annotations

import pytest

from maillage.annuaire.models import Nature, Role
from tests.comptes import connecte
from tests.fabriques import agent, mission, operateur, organisation

pytestmark = pytest.mark.django_db


def page(compte, adresse: str = "/bibliotheque/"):
    client = connecte(compte)
    return client.get(adresse)


@pytest.mark.parametrize(
    ("nature", "role", "lieux"),
    [
        (
            Nature.OPERATEUR,
            Role.CHARGE_ACCOMPAGNEMENT,
            [
                "Aujourd’hui",
                "Structures",
                "Portefeuille",
                "Besoins",
                "Missions",
                "Comités",
                "Bibliothèque",
                "Pilotage",
            ],
        ),
        (Nature.NATIONAL, Role.NATIONAL, ["Aujourd’hui", "Bibliothèque", "Pilotage"]),
        (
            Nature.PRESTATAIRE,
            Role.PRESTATAIRE,
            ["Aujourd’hui", "Consultations", "Diagnostics", "Bibliothèque"],
        ),
        (
            Nature.FINANCEUR,
            Role.PARTENAIRE,
            ["Aujourd’hui", "Missions", "Diagnostics", "Bibliothèque"],
        ),
        (
            Nature.RESEAU,
            Role.MEMBRE_COMITE,
            ["Aujourd’hui", "Missions", "Comités", "Diagnostics", "Bibliothèque"],
        ),
        (
            Nature.STRUCTURE,
            Role.STRUCTURE,
            ["Aujourd’hui", "Structures", "Missions", "Bibliothèque"],
        ),
    ],
)
def test_chaque_role_a_ses_lieux(nature, role, lieux: list[str]) -> None:
    contexte = page(agent(organisation(nature), role)).context
    assert [lien.libelle for lien in contexte["navigation"]] == lieux
    assert bool(contexte["url_saisie"]) == (role in Role.d_agent())


def test_le_lieu_ou_je_suis_est_marque_et_lui_seul() -> None:
    m = mission()
    compte = agent(m.operateur)
    for adresse, lieu in (
        ("/", "Aujourd’hui"),
        ("/bibliotheque/", "Bibliothèque"),
        (f"/missions/{m.pk}/fiche/", "Missions"),
        ("/annuaire/", "Structures"),
        ("/diagnostics/", "Portefeuille"),
        ("/recherche/?q=xy", None),
    ):
        actifs = [
            lien.libelle for lien in page(compte, adresse).context["navigation"] if lien.actif
        ]
        assert actifs == ([lieu] if lieu else [])


def test_le_coin_droit_dit_qui_je_suis_et_au_titre_de_quoi() -> None:
    moi = page(agent(operateur())).context["moi"]
    assert moi.perimetre == "DLA du Doubs · chargé·e d’accompagnement"


def test_qui_n_est_pas_connecte_n_a_aucun_repere(client) -> None:
    assert "navigation" not in client.get("/compte/login/").context
