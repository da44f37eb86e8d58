"""A body of the API that is larger than a form may be is refused before it is read."""

import json


def test_a_huge_body_is_a_413(sign_in, amara, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    body = json.dumps({"bio": "x" * 2000})
    response = sign_in(amara).patch("/api/v1/me/", body, content_type="application/json")
    assert response.status_code == 413
    assert response.json()["detail"]


def test_a_usual_body_is_read(sign_in, amara):
    response = sign_in(amara).patch("/api/v1/me/", json.dumps({"bio": "Short."}), content_type="application/json")
    assert response.status_code == 200
    assert response.json()["bio"] == "Short."


def test_what_is_no_json_is_said(sign_in, amara):
    response = sign_in(amara).patch("/api/v1/me/", '{"bio": ', content_type="application/json")
    assert response.status_code == 400
