from django.urls import path

from blog.views import importing

urlpatterns = [
    path("import/", importing.begin, name="import"),
    path("import/file/", importing.file, name="import-file"),
    path("<int:pk>/images/", importing.images, name="images"),
]
