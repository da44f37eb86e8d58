from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "mentorship.people"
    label = "people"

    def ready(self) -> None:
        from allauth.mfa import signals

        from mentorship.people.rotation import rotate

        for changed in (signals.authenticator_added, signals.authenticator_removed, signals.authenticator_reset):
            changed.connect(rotate, dispatch_uid=f"rotate {id(changed)}")
