"""Addresses of the reader pages. One name, four places: URL name, view function, template, test file."""

from django.urls import path

from .views import articles, check, compare, drugs, effects, pages, search

urlpatterns = [
    path("", pages.home, name="home"),
    path("articles/", articles.articles, name="articles"),
    path("articles/<slug:slug>/", articles.article, name="article"),
    path("medicines/", drugs.drugs, name="drugs"),
    path("medicines/<slug:slug>/", drugs.drug, name="drug"),
    path("medicines/<slug:slug>/<slug:effect>/", drugs.pair, name="pair"),
    path("symptoms/", effects.symptoms, name="symptoms"),
    path("symptoms/<slug:slug>/", effects.symptom, name="symptom"),
    path("check/", check.check, name="check"),
    path("check/sheet/", check.visit_sheet, name="visit_sheet"),
    path("compare/", compare.compare, name="compare"),
    path("search/", search.search, name="search"),
    path("questions/", pages.questions, name="questions"),
    path("glossary/", pages.glossary, name="glossary"),
    path("about/", pages.about, name="about"),
    path("about/data/", pages.about_data, name="about_data"),
    path("about/accessibility/", pages.about_accessibility, name="about_accessibility"),
    path("about/privacy/", pages.about_privacy, name="about_privacy"),
    path("about/report/", pages.about_report, name="about_report"),
]
