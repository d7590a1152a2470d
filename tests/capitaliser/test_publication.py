"""Publier fige, republier ajoute une édition, retirer garde ; la bibliothèque parle français."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from maillage.capitaliser.models import EtatFiche, Fiche, Publication
from maillage.capitaliser.operations import changer_etat_de_fiche, effacer_fiche
from maillage.finaliser.models import Resultat
from maillage.ingenieries.models import Ingenierie
from maillage.socle.droits import Refus
from maillage.socle.models import Acte
from maillage.socle.transitions import TransitionRefusee
from maillage.socle.verrou import ConflitDeVersion
from tests.capitaliser.fabriques import fiche_publiee
from tests.fabriques import agent, mission

pytestmark = pytest.mark.django_db


def test_publier_fige_le_contenu_du_jour() -> None:
    m = mission(titre="Mécénat")
    publication = fiche_publiee(m)
    Resultat.objects.create(ingenierie=m, nature="projet", phrase="Venu après")
    publication.refresh_from_db()
    assert publication.contexte.resultats == ()
    assert publication.fiche.etat == EtatFiche.PUBLIEE
    assert "a publié la fiche, édition 1" in [a.phrase for a in Acte.objects.sur(m)]


def test_republier_ajoute_une_edition_et_garde_la_premiere() -> None:
    m = mission()
    premiere = fiche_publiee(m)
    Resultat.objects.create(ingenierie=m, nature="projet", phrase="Venu après")
    fiche = premiere.fiche
    changer_etat_de_fiche(fiche, "republier", version=fiche.version, par=agent(m.operateur))
    seconde = Publication.objects.en_rayon().get()
    assert (seconde.edition, seconde.contexte.resultats[0].phrase) == (2, "Venu après")
    assert list(fiche.publications.order_by("edition").values_list("edition", "en_vigueur")) == [
        (1, False),
        (2, True),
    ]


def test_retirer_sort_du_rayon_puis_republier_y_remet() -> None:
    m = mission()
    fiche, par = fiche_publiee(m).fiche, agent(m.operateur)
    changer_etat_de_fiche(fiche, "retirer", version=fiche.version, par=par)
    assert not Publication.objects.en_rayon().exists()
    assert fiche.publications.count() == 1
    changer_etat_de_fiche(fiche, "publier", version=fiche.version, par=par)
    assert Publication.objects.en_rayon().get().edition == 2


def test_seul_un_titre_est_exige() -> None:
    m = mission()
    fiche = Fiche.objects.create(ingenierie=m, titre="  ")
    par = agent(m.operateur)
    with pytest.raises(TransitionRefusee, match="Donnez un titre"):
        changer_etat_de_fiche(fiche, "publier", version=1, par=par)
    fiche.titre = "Une fiche presque vide"
    fiche.save()
    changer_etat_de_fiche(fiche, "publier", version=1, par=par)
    assert len(fiche.publications.get().contexte.manques) > 10


def test_deux_personnes_qui_publient_n_en_font_qu_une() -> None:
    m = mission()
    Fiche.objects.create(ingenierie=m, titre="Une")
    une, autre = (Fiche.objects.get() for _ in range(2))
    par = agent(m.operateur)
    changer_etat_de_fiche(une, "publier", version=1, par=par)
    with pytest.raises(ConflitDeVersion):
        changer_etat_de_fiche(autre, "publier", version=1, par=par)
    assert Publication.objects.count() == 1


def test_la_base_refuse_deux_editions_en_rayon() -> None:
    publication = fiche_publiee()
    publication.pk, publication.edition = None, 2
    publication._state.adding = True
    with transaction.atomic(), pytest.raises(IntegrityError, match="une_seule_en_rayon"):
        publication.save()


def test_une_fiche_deja_parue_ne_s_efface_pas() -> None:
    m = mission()
    fiche = fiche_publiee(m).fiche
    with pytest.raises(Refus, match="a été publiée"):
        effacer_fiche(fiche, nom="la fiche", par=agent(m.operateur))
    assert Fiche.objects.filter(pk=fiche.pk).exists()


@pytest.mark.parametrize(
    "question",
    [
        "mécénat",
        "mecenat",
        "MÉCÉNATS",
        "partenariat entreprise",
        "jurys",
        "Doubs",
        "chefs d’entreprise",
    ],
)
def test_la_recherche_ignore_accents_pluriels_et_casse(doubs: Ingenierie, question: str) -> None:
    """« chefs » n'est pas dans la fiche : tous les mots doivent y être."""
    trouvees = Publication.objects.en_rayon().cherche(question)
    attendu = 0 if "chefs" in question else 1
    assert trouvees.count() == attendu


def test_un_mot_du_titre_pese_plus_qu_un_mot_du_texte() -> None:
    fiche_publiee(mission(titre="Gestion"), resume="On y parle aussi de trésorerie.")
    fiche_publiee(mission(titre="Trésorerie"))
    trouvees = Publication.objects.cherche("tresorerie").order_by("-justesse")
    assert [p.titre for p in trouvees] == ["Trésorerie", "Gestion"]


def test_ce_qui_manque_a_une_fiche_n_est_pas_ce_dont_elle_parle() -> None:
    fiche_publiee(mission(titre="Vide"))
    assert not Publication.objects.cherche("provenance des fonds").exists()
