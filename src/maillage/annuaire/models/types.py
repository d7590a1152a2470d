"""Les trois listes fermées de l'annuaire ; leurs codes sont stables, leurs libellés libres."""

from __future__ import annotations

from django.db import models


class Nature(models.TextChoices):
    """Ce qu'est une organisation dans le métier ; elle peut être plusieurs choses à la fois."""

    STRUCTURE = "structure", "structure"
    OPERATEUR = "operateur", "opérateur d’un DLA départemental"
    DLA_REGIONAL = "dla_regional", "DLA régional"
    CENTRE_RESSOURCES = "centre_ressources", "centre de ressources DLA"
    NATIONAL = "national", "pilotage national du DLA"
    FINANCEUR = "financeur", "financeur"
    COLLECTIVITE = "collectivite", "collectivité"
    RESEAU = "reseau", "réseau ou fédération"
    PRESTATAIRE = "prestataire", "prestataire"
    RESSOURCE = "ressource", "structure ou personne ressource"
    ENTREPRISE = "entreprise", "entreprise"
    SERVICE_PUBLIC = "service_public", "service public"

    @classmethod
    def du_dla(cls) -> frozenset[str]:
        """Celles qui ouvrent des droits de métier : seule l'administration les donne."""
        return frozenset({cls.OPERATEUR, cls.DLA_REGIONAL, cls.CENTRE_RESSOURCES, cls.NATIONAL})

    @classmethod
    def partagees(cls) -> frozenset[str]:
        """Celles de l'annuaire partagé entre les agents du DLA : toutes, sauf les structures."""
        return frozenset(cls.values) - {cls.STRUCTURE}


class Agrement(models.TextChoices):
    """Ce qui rend une société commerciale éligible au DLA, avec son statut (loi ESS, 2014)."""

    SIAE = "siae", "structure d’insertion par l’activité économique"
    ENTREPRISE_ADAPTEE = "entreprise_adaptee", "entreprise adaptée"
    ESUS = "esus", "entreprise solidaire d’utilité sociale"


class Role(models.TextChoices):
    """Ce qu'une personne fait au titre d'une organisation."""

    CHARGE_ACCOMPAGNEMENT = "charge_accompagnement", "chargé·e d’accompagnement"
    RESPONSABLE = "responsable", "responsable du DLA"
    DLA_REGIONAL = "dla_regional", "DLA régional"
    CENTRE_RESSOURCES = "centre_ressources", "centre de ressources"
    NATIONAL = "national", "niveau national"
    MEMBRE_COMITE = "membre_comite", "membre de comité"
    PARTENAIRE = "partenaire", "partenaire ou financeur"
    PRESTATAIRE = "prestataire", "prestataire"
    STRUCTURE = "structure", "contact de la structure"
    ANIMATEUR = "animateur", "animateur ou animatrice de territoire"
    ADMINISTRATEUR = "administrateur", "administration de l’instance"

    @classmethod
    def d_operateur(cls) -> frozenset[str]:
        """Ceux qui accompagnent au nom d'un opérateur départemental."""
        return frozenset({cls.CHARGE_ACCOMPAGNEMENT, cls.RESPONSABLE})

    @classmethod
    def territoriaux(cls) -> frozenset[str]:
        """Ceux qui tiennent un portefeuille et un territoire : créent et modifient des fiches."""
        return cls.d_operateur() | {cls.DLA_REGIONAL}

    @classmethod
    def d_agent(cls) -> frozenset[str]:
        """Les agents du DLA, à qui l'annuaire partagé est ouvert."""
        return cls.territoriaux() | {cls.CENTRE_RESSOURCES}
