"""What visitors search for, in which language, with which browser, and from where they come."""

from __future__ import annotations

LANGUAGES = ("fr", "nl", "de", "en")
#: Share of the visits, %.
LANGUAGE_SHARES = (35, 25, 22, 18)

#: What the shop sells, in the same order in every language: two words for each kind of product.
NOUNS = {
    "fr": "enceinte haut-parleur lampe lampadaire veste manteau crème baume raquette balle puzzle jeu "
    "roman livre café thé",
    "nl": "luidspreker speaker lamp leeslamp jas mantel crème balsem racket bal puzzel spel roman boek "
    "koffie thee",
    "de": "Lautsprecher Box Lampe Leselampe Jacke Mantel Creme Balsam Schläger Ball Puzzle Spiel Roman Buch "
    "Kaffee Tee",
    "en": "speaker loudspeaker lamp reading-lamp jacket coat cream balm racket ball puzzle game novel book "
    "coffee tea",
}
#: What products are like, in the same order in every language.
ADJECTIVES = {
    "fr": "compact classique léger robuste doux clair silencieux rapide",
    "nl": "compact klassiek licht robuust zacht helder stil snel",
    "de": "kompakt klassisch leicht robust weich hell leise schnell",
    "en": "compact classic light robust soft bright quiet quick",
}
#: What people add to a search; empty most of the time.
ADDITIONS = {
    "fr": ("", "", "", "pas cher", "soldes", "livraison demain", "pour enfants"),
    "nl": ("", "", "", "goedkoop", "aanbieding", "morgen in huis", "voor kinderen"),
    "de": ("", "", "", "günstig", "im Angebot", "für Kinder", "Lieferung morgen"),
    "en": ("", "", "", "cheap", "sale", "next day delivery", "for kids"),
}

#: Countries of delivery by the language of the visit, with their shares, %.
COUNTRIES = {
    "fr": (("FR", "BE", "LU"), (70, 22, 8)),
    "nl": (("NL", "BE"), (72, 28)),
    "de": (("DE", "LU"), (94, 6)),
    "en": (("GB", "NL", "ES", "IT"), (64, 10, 13, 13)),
}

REFERRERS = (
    None,
    "https://www.google.com/",
    "https://www.bing.com/",
    "https://duckduckgo.com/",
    "https://news.example.net/gift-guide",
    "https://mail.example.org/",
)
REFERRER_SHARES = (38, 40, 6, 4, 6, 6)

DESKTOPS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 "
    "Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 "
    "Safari/605.1.15",
    "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0",
)
PHONES = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.1 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile "
    "Safari/537.36",
)
BOTS = (
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
)
#: Share of the visits: desktop, phone, bot, %.
DEVICE_SHARES = (38, 58, 4)
