from django.apps import AppConfig


class BlogConfig(AppConfig):
    name = "blog"

    def ready(self) -> None:
        from blog.models import Figure, Notebook
        from blog.posts import posts_since_joining
        from mentorship.cohorts.stalled import SOURCES
        from mentorship.people.quota import STORED

        SOURCES["posted"] = posts_since_joining
        STORED.append(Figure.stored_by)
        STORED.append(Notebook.stored_by)
