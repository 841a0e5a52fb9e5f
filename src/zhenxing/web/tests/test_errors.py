"""Every no says what, why and what next, in Chinese."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import connection
from django.test import Client, RequestFactory

from tests import cast
from zhenxing.web import errors

pytestmark = [pytest.mark.django_db, pytest.mark.urls("zhenxing.web.tests.pages")]


def words_of(content: bytes) -> str:
    page = content.decode()
    assert "为什么" in page
    assert "怎么办" in page
    return page


def test_a_view_refuses_in_its_own_words(client: Client) -> None:
    response = client.get("/conflict/")
    assert response.status_code == 409
    page = words_of(response.content)
    assert "别人先交了" in page
    assert '<a class="button button-primary" href="/open/">看两版</a>' in page


def test_what_is_not_there_is_404(county: cast.County, client: Client) -> None:
    cast.sign_in(client, county.reporter)
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert "没有找到这一页" in words_of(response.content)
    assert "退出登录" in response.content.decode()


def test_a_form_without_its_token_is_refused_and_nothing_runs(county: cast.County) -> None:
    strict = Client(enforce_csrf_checks=True)
    cast.sign_in(strict, county.reporter)
    response = strict.post("/write/", {"value": "9"})
    assert response.status_code == 403
    page = words_of(response.content)
    assert "安全校验" in page
    assert "写入" not in page


def test_a_form_with_a_wrong_token_is_refused(county: cast.County) -> None:
    strict = Client(enforce_csrf_checks=True)
    cast.sign_in(strict, county.reporter)
    strict.cookies["csrftoken"] = "a" * 32
    response = strict.post("/write/", {"value": "9", "csrfmiddlewaretoken": "b" * 32})
    assert response.status_code == 403


def test_a_form_sent_from_another_site_is_refused_even_with_its_token(
    county: cast.County,
) -> None:
    strict = Client(enforce_csrf_checks=True)
    cast.sign_in(strict, county.reporter)
    strict.cookies["csrftoken"] = "a" * 32
    form = {"value": "9", "csrfmiddlewaretoken": "a" * 32}
    assert strict.post("/write/", form).status_code == 200
    for origin in ("https://evil.example", "http://testserver:81", "null"):
        assert strict.post("/write/", form, headers={"Origin": origin}).status_code == 403


def test_a_database_out_of_reach_before_the_view_is_503_too(client: Client) -> None:
    client.raise_request_exception = False
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE organisation_site RENAME TO away")
    response = client.get("/open/")
    assert response.status_code == 503
    assert "Retry-After" in response


def test_a_database_out_of_reach_is_503_with_a_spread_return(client: Client) -> None:
    response = client.get("/busy/")
    assert response.status_code == 503
    assert 5 <= int(response["Retry-After"]) <= 30
    assert "没有保存" in words_of(response.content)


def test_a_fault_is_500_and_keeps_its_secret(client: Client) -> None:
    client.raise_request_exception = False
    response = client.get("/broken/")
    assert response.status_code == 500
    assert "13800000000" not in words_of(response.content)


def test_too_much_is_413_and_nonsense_is_400() -> None:
    request = RequestFactory().post("/")
    too_much = errors.bad_request(request, RequestDataTooBig())
    assert too_much.status_code == 413
    assert "10MB" in words_of(too_much.content)
    assert errors.bad_request(request, SuspiciousOperation()).status_code == 400


def test_a_wrong_host_is_400(county: cast.County, client: Client) -> None:
    client.raise_request_exception = False
    response = client.get("/open/", HTTP_HOST="evil.example")
    assert response.status_code == 400


def test_a_plain_no_is_403() -> None:
    response = errors.forbidden(RequestFactory().get("/"), PermissionError())
    assert response.status_code == 403
    assert "岗位" in words_of(response.content)


def test_who_has_no_post_on_the_day_is_told_so_and_how_to_get_back(
    county: cast.County, client: Client
) -> None:
    county.site.business_date = date(2019, 6, 1)
    county.site.save()
    cast.sign_in(client, county.reporter)
    response = client.get("/units/T01/")
    assert response.status_code == 403
    page = words_of(response.content)
    assert "您在这一天没有岗位" in page
    assert "点右上角的日期改回来" in page
    assert "联系县级管理员调整岗位" not in page
