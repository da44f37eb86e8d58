from django.conf import settings
from django.urls import path

from mentorship.home import (
    as_of_page,
    certificates,
    dashboard,
    forecast_page,
    ideas_page,
    look,
    own_notebooks,
    portfolio,
    rehearsal_page,
    sitemaps,
    views,
)
from mentorship.home.audit import views as audit
from mentorship.home.cockpit import report_views as reports
from mentorship.home.cockpit import views as cockpit
from mentorship.home.interviews import page as interviews
from mentorship.home.search import views as search

app_name = "home"
urlpatterns = [
    path("", views.landing, name="landing"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-<slug:name>-<int:number>.xml", sitemaps.section, name="sitemap_section"),
    path("charter/", views.charter, name="charter"),
    path("faq/", views.faq, name="faq"),
    path("home/", dashboard.home, name="home"),
    path("study/forecast/", forecast_page.forecast, name="forecast"),
    path("study/forecast/catch-up/", forecast_page.catch_up_now, name="catch_up"),
    path("ideas/", ideas_page.begin_idea, name="begin_idea"),
    path("cockpit/", cockpit.cockpit, name="cockpit"),
    path("cohorts/<slug:slug>/report/", reports.report, name="report"),
    path("cohorts/<slug:slug>/report.csv", reports.report_csv, name="report_csv"),
    path("certificates/", certificates.check, name="certificates"),
    path("certificates/<str:code>/", certificates.certificate, name="certificate"),
    path("certificates/<str:code>/offer/", certificates.offer, name="offer_to_mentor"),
    path("certificates/<str:code>/certificate.pdf", certificates.pdf, name="certificate_pdf"),
    path("cohorts/<slug:slug>/as-of/", as_of_page.as_of, name="as_of"),
    path("cohorts/<slug:slug>/as-of/real/", as_of_page.real_time, name="real_time"),
    path("rehearsal/<slug:slug>/", rehearsal_page.rehearsal, name="rehearsal"),
    path("blog/import/work/", own_notebooks.choose, name="own_notebooks"),
    path("blog/import/work/<int:pk>/", own_notebooks.take, name="take_notebook"),
    path("search/", search.search, name="search"),
    path("study/interviews/", interviews.interviews, name="interviews"),
    path("audit/", audit.audit, name="audit"),
    path("audit/export/", audit.export, name="export_audit"),
    path("portfolio/<slug:handle>/", portfolio.portfolio, name="portfolio"),
    path("portfolio/<slug:handle>/card.png", portfolio.card, name="portfolio_card"),
    path("portfolio/<slug:handle>/<slug:slug>/", portfolio.project, name="portfolio_project"),
    path("portfolio/<slug:handle>/<slug:slug>/card.png", portfolio.project_card, name="portfolio_project_card"),
]
if settings.DEBUG:
    urlpatterns.append(path("dev/look/", look.look, name="look"))
