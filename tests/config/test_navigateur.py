"""Le navigateur des parcours : une page s'ouvre, sous la politique de sécurité du produit."""

from playwright.sync_api import Page


def test_une_page_fermee_mene_a_la_connexion(page: Page) -> None:
    page.goto("/compte/email/")
    assert page.url.endswith("/compte/login/?next=/compte/email/")
    assert page.locator("form:has(input[type=password])").count() == 1
