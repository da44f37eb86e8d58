from mentorship.notifications.models import Notification
from mentorship.notifications.outbox import tell


def test_one_reads_and_marks_ones_own(sign_in, amara, bela, cohort):
    tell(amara, "assigned", subject=cohort, title="You have a mentor", url="/home/")
    pk = Notification.objects.get().pk
    assert sign_in(amara).get("/api/v1/notifications/").json()["results"][0]["title"] == "You have a mentor"
    assert sign_in(bela).get("/api/v1/notifications/").json()["results"] == []
    assert sign_in(bela).post(f"/api/v1/notifications/{pk}/read/").status_code == 404
    assert sign_in(amara).post(f"/api/v1/notifications/{pk}/read/").json()["read_at"]
