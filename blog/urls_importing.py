from django.urls import path

from blog.views import importing, importing_notebook

urlpatterns = [
    path("import/", importing.begin, name="import"),
    path("import/file/", importing.file, name="import-file"),
    path("import/notebook/", importing_notebook.upload, name="import-notebook"),
    path("import/notebook/<int:pk>/", importing_notebook.cells, name="import-cells"),
    path("<int:pk>/notebook/", importing_notebook.upload_again, name="import-notebook-again"),
    path("<int:pk>/images/", importing.images, name="images"),
]
