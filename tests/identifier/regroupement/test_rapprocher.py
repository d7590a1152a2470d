"""Le travail de fond : il propose, retrouve ce qu'il avait proposé, ne revient pas sur un choix."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import F

from maillage.annuaire.models import Nature, Organisation
from maillage.identifier.models import (
    CumulDeTheme,
    DecisionDeRapprochement,
    EtatRapprochement,
    Rapprochement,
)
from maillage.identifier.regroupement import operations
from maillage.identifier.regroupement.travail import RAPPROCHER, chaque_nuit, rapprocher
from maillage.socle.models import Travail
from maillage.socle.travaux.registre import trouver
from tests.fabriques import agent, commune, departement, operateur, organisation
from tests.identifier.monde import signal
from tests.identifier.regroupement.monde import (
    FRAIS,
    PRET,
    Compteur,
    besoin_de_diagnostic,
    dire,
    lancer,
    membres,
    trouve,
)

pytestmark = pytest.mark.django_db


def test_trois_besoins_voisins_se_proposent_avec_leurs_raisons(dla: Organisation) -> None:
    dits = dire(dla, 3)
    signal(dla, texte="Un local plus grand pour les répétitions")
    assert lancer(dla) == "1\u00a0besoin partagé à revoir."
    propose = trouve(dla)
    assert membres(propose) == set(dits)
    assert propose.theme == "finances.banque"
    assert "garantie" in propose.mots


def test_la_progression_compte_les_besoins(dla: Organisation) -> None:
    dire(dla, 4)
    compteur: Any = Compteur()
    rapprocher(compteur, operateurs=[str(dla.pk)])
    assert [fait for fait, _, _ in compteur.dits] == [1, 2, 3, 4]
    assert {total for _, total, _ in compteur.dits} == {4}


def test_recommencer_ne_change_rien(dla: Organisation) -> None:
    dire(dla, 3)
    dire(dla, 3, FRAIS)
    lancer()
    avant = {r.pk: membres(r) for r in Rapprochement.objects.all()}
    versions = list(Rapprochement.objects.order_by("pk").values_list("pk", "version"))
    lancer()
    assert {r.pk: membres(r) for r in Rapprochement.objects.all()} == avant
    assert list(Rapprochement.objects.order_by("pk").values_list("pk", "version")) == versions


def test_une_proposition_que_plus_rien_ne_tient_disparait(dla: Organisation) -> None:
    for dit in dire(dla, 3)[:2]:
        lancer(dla)
        dit.delete()
    assert lancer(dla) == "Rien de nouveau à revoir : aucun autre besoin partagé ne se dégage."
    assert not Rapprochement.objects.exists()


def test_chaque_dla_chez_soi_et_la_region_sur_tous_les_siens(dla: Organisation) -> None:
    jura = operateur("DLA du Jura", departement("39", "Jura"))
    region = organisation(
        Nature.DLA_REGIONAL, territoires=[departement("25", "Doubs"), departement("39", "Jura")]
    )
    dire(dla, 2)
    dire(jura, 1)
    lancer()
    assert list(Rapprochement.objects.values_list("operateur", flat=True)) == [region.pk]


def test_un_retenu_garde_les_siens_et_recoit_les_nouveaux(dla: Organisation) -> None:
    par = agent(dla)
    dits = dire(dla, 3)
    lancer(dla)
    operations.changer_etat(trouve(dla), "retenir", version=1, par=par)
    (quatrieme,) = dire(dla, 1)
    for dit in dits[:2]:
        dit.themes = ["ecologie.energie"]
        dit.save()
    lancer(dla)
    assert membres(trouve(dla)) == {*dits, quatrieme}
    assert trouve(dla).etat == EtatRapprochement.RETENU


def test_un_ecarte_le_reste_et_garde_sa_raison(dla: Organisation) -> None:
    dire(dla, 3)
    lancer(dla)
    operations.changer_etat(
        trouve(dla), "ecarter", version=1, motif="Trois situations sans rapport", par=agent(dla)
    )
    dire(dla, 1)
    lancer(dla)
    (ecarte,) = Rapprochement.objects.all()
    assert (ecarte.etat, ecarte.motif) == ("ecarte", "Trois situations sans rapport")
    assert ecarte.signaux.count() == 4


@pytest.mark.parametrize("rang", [0, -1])
def test_ce_que_l_on_joint_reste_joint_et_ce_que_l_on_sort_ne_revient_pas(
    rang: int, dla: Organisation
) -> None:
    """Même si c'est par celui que l'on sort que les autres étaient réunis (le premier)."""
    par = agent(dla)
    tous = sorted([*dire(dla, 3), *dire(dla, 3, FRAIS)], key=lambda dit: dit.pk)
    lancer(dla)
    un, autre = Rapprochement.objects.order_by("libelle")
    operations.joindre(un, autre, par=par)
    sorti = tous.pop(rang)
    operations.sortir(un, [sorti], par=par)
    for _ in range(2):
        lancer(dla)
        assert membres(trouve(dla)) == set(tous)


def test_sortir_n_apprend_rien_de_ceux_que_personne_n_a_reunis(dla: Organisation) -> None:
    dits = dire(dla, 4)
    lancer(dla)
    operations.sortir(trouve(dla), dits[:1], par=agent(dla))
    assert not DecisionDeRapprochement.objects.filter(ensemble=True).exists()


def test_ce_que_l_on_scinde_reste_en_deux(dla: Organisation) -> None:
    dits = dire(dla, 6)
    lancer(dla)
    operations.scinder(trouve(dla), dits[:3], par=agent(dla))
    lancer(dla)
    parts = [membres(r) for r in Rapprochement.objects.all()]
    assert len(parts) == 2
    assert set(dits[:3]) in parts
    assert set(dits[3:]) in parts


def test_la_derniere_decision_l_emporte(dla: Organisation) -> None:
    par = agent(dla)
    dits = dire(dla, 4)
    lancer(dla)
    groupe = trouve(dla)
    part = operations.scinder(groupe, dits[:2], par=par)
    operations.joindre(groupe, part, par=par)
    lancer(dla)
    assert membres(trouve(dla)) == set(dits)
    assert not DecisionDeRapprochement.objects.filter(ensemble=False).exists()
    assert not DecisionDeRapprochement.objects.filter(premier__gte=F("second")).exists()


@pytest.mark.parametrize("gardes", [0, 3])
def test_scinder_laisse_deux_besoins_de_chaque_cote(dla: Organisation, gardes: int) -> None:
    dits = dire(dla, 3)
    lancer(dla)
    with pytest.raises(operations.GesteImpossible):
        operations.scinder(trouve(dla), dits[gardes:] or dits, par=agent(dla))
    assert membres(trouve(dla)) == set(dits)


def test_on_ne_joint_pas_ce_qui_est_d_un_autre_dla(dla: Organisation) -> None:
    jura = operateur("DLA du Jura", departement("39", "Jura"))
    dire(dla, 3)
    dire(jura, 3)
    lancer()
    un, autre = (trouve(d) for d in (dla, jura))
    with pytest.raises(operations.GesteImpossible):
        operations.joindre(un, autre, par=agent(dla))


def test_nourrir_ouvre_une_problematique_avec_ses_preuves_et_ses_structures(
    dla: Organisation,
) -> None:
    dits = dire(dla, 3)
    lancer(dla)
    par = agent(dla)
    problematique = operations.nourrir(trouve(dla), None, par=par)
    assert set(problematique.signaux.all()) == set(dits)
    assert problematique.structures.count() == 3
    assert trouve(dla).etat == EtatRapprochement.RETENU
    (venu,) = dire(dla, 1)
    lancer(dla)
    operations.nourrir(trouve(dla), problematique, par=par)
    assert venu in problematique.signaux.all()


def test_la_problematique_ouverte_garde_les_departements_ou_on_le_dit(dla: Organisation) -> None:
    """Sauf ceux qu'un diagnostic serait seul à faire connaître (règle 3)."""
    doubs, jura = departement(), departement("39", "Jura")
    for besoin, ou in zip(dire(dla, 3), (doubs, doubs, jura), strict=True):
        besoin.territoire = ou
        besoin.save(update_fields=["territoire"])
    lancer(dla)
    problematique = operations.nourrir(trouve(dla), None, par=agent(dla))
    assert set(problematique.territoires.all()) == {doubs, jura}


def test_les_voisins_se_comptent_par_structure_et_sous_le_seuil_on_ne_dit_rien(
    dla: Organisation,
) -> None:
    doubs, jura = departement("25", "Doubs"), departement("39", "Jura")
    besancon = commune(dans=doubs)
    une = organisation(operateur=dla, commune=besancon)
    for structure in (une, une, *(organisation(commune=besancon) for _ in range(2))):
        signal(dla, texte="un prêt", structure=structure, themes=["finances.banque"])
    ailleurs = organisation(operateur=dla)
    signal(dla, structure=ailleurs, themes=["finances.banque"], territoire=jura)
    lancer()
    cumuls = CumulDeTheme.objects.values_list("departement__nom", "structures")
    assert set(cumuls) == {("Doubs", 3), ("Jura", None)}


def test_un_diagnostic_se_rapproche_pour_son_equipe_sans_laisser_ses_mots(
    dla: Organisation,
) -> None:
    """Ni la région, ni l'historique, ne lisent les mots d'un diagnostic (règle 3)."""
    region = organisation(Nature.DLA_REGIONAL, territoires=[departement("25", "Doubs")])
    for _ in range(3):
        besoin_de_diagnostic(dla, theme=PRET[0], dit=PRET[1])
    besoin_de_diagnostic(dla, theme=PRET[0], dit=PRET[1], interne=True)
    lancer()
    (propose,) = Rapprochement.objects.all()
    assert propose.operateur == dla != region
    assert propose.signaux.count() == 3
    assert propose.mots == []


def test_ce_qui_devient_interne_quitte_meme_un_retenu(dla: Organisation) -> None:
    besoins = [besoin_de_diagnostic(dla, theme=PRET[0], dit=PRET[1]) for _ in range(4)]
    lancer(dla)
    operations.changer_etat(trouve(dla), "retenir", version=1, par=agent(dla))
    besoins[0].interne = True
    besoins[0].save()
    lancer(dla)
    assert trouve(dla).signaux.count() == 3


def test_chaque_nuit_tous_les_dla_sont_rapproches() -> None:
    chaque_nuit(0)
    travail = Travail.objects.get()
    assert (travail.tache, travail.parametres) == (RAPPROCHER, {})
    assert trouver(RAPPROCHER) is rapprocher
