"""Le registre des sujets : visible, ou inexistant."""

import uuid
from collections.abc import Callable

import pytest
from django.http import Http404

from maillage.socle.models import Travail, Utilisateur
from maillage.socle.sujets import Sujet, pourquoi, sujet


def test_un_sujet_dit_ce_qu_une_personne_y_peut(
    vu_par: Callable[[Utilisateur], Sujet], agent: Utilisateur, partenaire: Utilisateur
) -> None:
    conduit, suivi = vu_par(agent), vu_par(partenaire)
    assert conduit.modifiable
    assert conduit.interne
    assert conduit.titre == "Mission <b>Doubs</b>"
    assert not suivi.modifiable
    assert suivi.modifiable.recours == "Adressez-vous à Agent."
    assert not suivi.interne


def test_la_page_dit_pourquoi_on_voit(dossier: Travail, partenaire: Utilisateur) -> None:
    assert pourquoi(dossier, partenaire) == "Ce dossier est dans votre périmètre."


@pytest.mark.parametrize("etiquette", ["socle.travail", "socle.inconnu", "../etc", ""])
def test_hors_perimetre_rien_n_existe(
    etiquette: str, dossier: Travail, etranger: Utilisateur
) -> None:
    with pytest.raises(Http404):
        sujet(etiquette, dossier.pk, etranger)


def test_un_objet_absent_n_existe_pas(dossier: Travail, agent: Utilisateur) -> None:
    with pytest.raises(Http404):
        sujet("socle.travail", uuid.uuid4(), agent)
