from django.urls import path

from blog.views import importing, importing_feed, importing_notebook

urlpatterns = [
    path("import/", importing.begin, name="import"),
    path("import/file/", importing.file, name="import-file"),
    path("import/notebook/", importing_notebook.upload, name="import-notebook"),
    path("import/notebook/<int:pk>/", importing_notebook.cells, name="import-cells"),
    path("import/feed/", importing_feed.ask, name="import-feed"),
    path("import/feed/<int:pk>/", importing_feed.entries, name="import-entries"),
    path("import/feed/<int:pk>/again/", importing_feed.again, name="import-feed-again"),
    path("<int:pk>/images/fetch/", importing_feed.fetch_images, name="fetch-images"),
    path("<int:pk>/notebook/", importing_notebook.upload_again, name="import-notebook-again"),
    path("<int:pk>/images/", importing.images, name="images"),
]
