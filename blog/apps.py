from django.apps import AppConfig


class BlogConfig(AppConfig):
    name = "blog"

    def ready(self) -> None:
        from blog.models import Figure, Notebook
        from mentorship.people.quota import STORED

        STORED.append(Figure.stored_by)
        STORED.append(Notebook.stored_by)
