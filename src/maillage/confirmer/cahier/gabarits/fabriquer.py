"""Fabriquer `cahier.docx`, le gabarit Word du cahier des charges, aux styles de la fiche.

    python -m maillage.confirmer.cahier.gabarits.fabriquer

À relancer quand la grille change ; le document produit est commis.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from maillage.socle.documents import pieces_word
from maillage.socle.documents.pieces_word import (
    JOINTS,
    espacer,
    poser_chiffres,
    poser_liste,
    poser_reperes,
    poser_si,
    poser_si_liste,
)

ICI = Path(__file__).parent


def fabriquer() -> Path:
    """Écrit le gabarit à côté de ce module et rend son chemin."""
    return pieces_word.fabriquer(ICI / "cahier.docx", _composer)


def _composer(document: Any) -> None:
    ecrire = document.add_paragraph
    ecrire("Cahier des charges · {{ identite.secteur }} · {{ identite.annee }}", "Surtitre")
    ecrire("{{ titre }}", "Title")
    poser_si(document, "accroche", [("{{ accroche }}", "Chapeau")])
    ecrire("{{ identite.dla }} · {{ identite.territoires }}", "Signature du document")
    poser_chiffres(document)
    for partie in (
        _demarche,
        _objectifs,
        _public,
        _attendus,
        _deroule,
        _conditions,
        _evaluation,
        _limites,
        _criteres,
        _repondre,
    ):
        partie(document)
    poser_si(document, "identite.source", [("Source : {{ identite.source }}", "Précision")])


def _demarche(document: Any) -> None:
    document.add_heading("La démarche et la problématique", 1)
    _sinon_muet(document, ("demarche.texte", "demarche.problematique"))
    _textes(document, "demarche.texte")
    poser_si(document, "demarche.problematique", [("{{ demarche.problematique }}", "Heading 2")])
    _textes(document, "demarche.contexte")
    _sous(document, ("Enjeux", "demarche.enjeux"), ("Besoins repérés", "demarche.besoins"))


def _objectifs(document: Any) -> None:
    document.add_heading("Les objectifs", 1)
    niveaux = ("objectifs.strategiques", "objectifs.operationnels")
    mots = ("objectifs.texte", "objectifs.collectifs", "objectifs.individuels")
    _sinon_muet(document, (*mots, *niveaux))
    _textes(document, "objectifs.texte")
    for titre, suite in zip(("Stratégiques", "Opérationnels"), niveaux, strict=True):
        texte = "{{ ligne.libelle }}{% if ligne.texte %} : {{ ligne.texte }}{% endif %}"
        poser_si_liste(document, suite, titre, texte)
    _sous(document, ("Pour le groupe", mots[1]), ("Pour chaque structure", mots[2]))


def _public(document: Any) -> None:
    document.add_heading("Le public", 1)
    _sinon_muet(document, ("public.entonnoir", "public.structures", "public.profil"))
    poser_liste(
        document,
        "public.entonnoir",
        "{{ ligne.texte }} {{ ligne.libelle }}"
        "{% if ligne.detail %} ({{ ligne.detail }}){% endif %}",
    )
    groupe = "{{ ligne.libelle }}{% if ligne.texte %} : {{ ligne.texte }}{% endif %}"
    poser_liste(document, "public.groupes", groupe)
    joints = f"{{{{ public.structures{JOINTS} }}}}"
    poser_si(document, "public.structures", [(joints, "Normal")])
    poser_si(document, "public.sans_nom", [("{{ public.sans_nom }}", "Précision")])
    document.add_paragraph("{%p for critere in public.profil %}")
    document.add_heading("{{ critere.libelle }}", 2)
    poser_liste(document, "critere.retenus", "{{ ligne.libelle }} : {{ ligne.texte }}")
    document.add_paragraph("{%p endfor %}")


def _attendus(document: Any) -> None:
    document.add_heading("L’objet et les résultats attendus", 1)
    champs = ("attendus.texte", "attendus.qualitatifs", "attendus.quantitatifs")
    _sinon_muet(document, champs)
    _textes(document, champs[0])
    _sous(document, ("En mots", champs[1]), ("En chiffres", champs[2]))


def _deroule(document: Any) -> None:
    document.add_heading("Le déroulé", 1)
    lignes = (
        ("Typologie", "deroule.typologie"),
        ("Solution", "deroule.solution"),
        ("Formes de travail", f"deroule.formes{JOINTS}"),
        ("Types de prestation", f"deroule.prestations{JOINTS}"),
        ("Contenus", "deroule.contenus"),
        ("Journées", "deroule.jours"),
        ("Durée", "deroule.duree"),
        ("Rythme", "deroule.rythme"),
        ("Lieu", "deroule.lieu"),
        ("Besoins sur place", "deroule.logistique"),
        ("Calendrier", "deroule.calendrier"),
        ("Prestataires attendus", "deroule.prestataires"),
        ("Qui intervient", "deroule.intervenants"),
        ("Présence du DLA", "deroule.presence_du_dla"),
    )
    _sinon_muet(document, tuple(champ.partition("|")[0] for _, champ in lignes))
    poser_reperes(document, lignes)


def _conditions(document: Any) -> None:
    document.add_heading("Les conditions à respecter", 1)
    _sinon_muet(document, ("conditions",))
    _textes(document, "conditions")


def _evaluation(document: Any) -> None:
    document.add_heading("La part du prestataire dans l’évaluation", 1)
    _sinon_muet(document, ("evaluation.role", "evaluation.registres", "evaluation.indicateurs"))
    _textes(document, "evaluation.role")
    registres = f"Registres retenus : {{{{ evaluation.registres{JOINTS}|lower }}}}."
    poser_si(document, "evaluation.registres", [(registres, "Précision")])
    _sous(document, ("Outils et indicateurs", "evaluation.indicateurs"))


def _limites(document: Any) -> None:
    document.add_heading("Le délai et le budget plafond", 1)
    _sinon_muet(document, ("limites.delai", "limites.plafond"))
    poser_reperes(
        document, (("Délai d’exécution", "limites.delai"), ("Budget plafond", "limites.plafond"))
    )


def _criteres(document: Any) -> None:
    document.add_heading("Sur quoi les offres seront comparées", 1)
    poser_liste(document, "criteres", "{{ ligne.libelle }} : {{ ligne.texte }}")


def _repondre(document: Any) -> None:
    document.add_heading("Répondre", 1)
    appel = ("limite", "consigne", "dla", "interlocuteur", "courriel", "telephone")
    _sinon_muet(document, tuple(f"consultation.{champ}" for champ in appel))
    _textes(document, "consultation.consigne")
    poser_reperes(
        document,
        (
            ("Date limite", "consultation.limite"),
            ("À qui", "consultation.dla"),
            ("Interlocuteur·rice", "consultation.interlocuteur"),
            ("Courriel", "consultation.courriel"),
            ("Téléphone", "consultation.telephone"),
        ),
    )
    espacer(document)


# Ce que les rubriques ont en commun


def _textes(document: Any, *champs: str) -> None:
    for champ in champs:
        poser_si(document, champ, [(f"{{{{ {champ} }}}}", "Normal")])


def _sous(document: Any, *parties: tuple[str, str]) -> None:
    """Des intertitres et leur texte."""
    for titre, champ in parties:
        poser_si(document, champ, [(titre, "Heading 2"), (f"{{{{ {champ} }}}}", "Normal")])


def _sinon_muet(document: Any, champs: tuple[str, ...]) -> None:
    """Quand rien de la rubrique n'est dit, le document le dit."""
    vide = " and ".join(f"not {champ}" for champ in champs)
    poser_si(document, vide, [("{{ muet|capitalize }}.", "Précision")])


if __name__ == "__main__":
    print(fabriquer())
