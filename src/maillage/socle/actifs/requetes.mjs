/* HTMX : jeton CSRF, et une phrase quand le serveur ne répond pas comme prévu. */
import { dire } from "./messages.mjs";

const jeton = document.querySelector('meta[name="jeton-csrf"]')?.content;

const PHRASES = {
  0: "Le serveur ne répond pas. Ce que vous avez tapé est gardé ; réessayez dans un instant.",
  401: "Votre session a expiré. Reconnectez-vous : ce que vous avez tapé est gardé sur ce poste.",
  403: "Ce geste ne vous est pas ouvert. Rechargez la page pour en lire la raison.",
  404: "Ce dossier n’existe pas, ou il est hors de votre périmètre.",
  409: "Quelqu’un d’autre a modifié ce dossier. Rechargez la page pour voir les deux versions.",
  429: "Trop de demandes à la fois. Attendez une minute, puis réessayez.",
};
const PAR_DEFAUT = "Le geste n’a pas abouti, rien n’a été enregistré. Rechargez la page et réessayez.";

document.addEventListener("htmx:configRequest", (evenement) => {
  if (jeton) evenement.detail.headers["X-CSRFToken"] = jeton;
});

for (const nom of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(nom, (evenement) =>
    dire(PHRASES[evenement.detail.xhr?.status ?? 0] ?? PAR_DEFAUT),
  );
}
