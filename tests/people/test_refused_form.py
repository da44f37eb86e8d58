"""What a person typed wrong into a form of allauth is a 422 with the reason at the field."""


def test_a_wrong_sign_in_is_refused_at_the_form(client, amara):
    response = client.post("/accounts/login/", {"login": amara.email, "password": "not this one"})
    assert response.status_code == 422
    assert "do not go together" in response.content.decode()


def test_a_short_password_keeps_what_was_typed(client, db):
    form = {"email": "new@example.org", "name": "New Person", "password1": "short"}
    response = client.post("/accounts/signup/", form)
    assert response.status_code == 422
    assert 'value="New Person"' in response.content.decode()


def test_a_right_one_goes_on(client, amara):
    response = client.post("/accounts/login/", {"login": amara.email, "password": "correct horse battery"})
    assert response.status_code == 302
