"""Airflow's own REST API, version 2: what tasks do with Airflow's database, which they cannot open.

MWAA's `InvokeRestApi` takes paths of 64 characters at most, which the path of a DAG run exceeds, and the hook
of Airflow's provider for Amazon falls back to the API's version 1, which Airflow 3 does not have. So requests
go to the web server itself. Source: Amazon MWAA API reference, "InvokeRestApi", Path.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import quote

import requests
from airflow.exceptions import AirflowException
from airflow.providers.amazon.aws.hooks.mwaa import MwaaHook

#: Seconds to connect, and to wait for an answer: a small web server is slow while the scheduler is busy.
_TIMEOUT = (10, 60)
#: Characters of an answer that an error quotes.
_QUOTED = 300


class AirflowApiError(AirflowException):
    """The API did not answer, or refused. A retry may help."""


class ApiAccess(NamedTuple):
    """Where the API is, and the token that opens it."""

    #: For example `https://<web server>`, without a slash at the end.
    base_url: str
    #: JSON Web Token, sent as `Authorization: Bearer`.
    token: str


class DagRun(NamedTuple):
    """One run of one DAG."""

    dag_id: str
    run_id: str
    #: `scheduled`, `manual`, `backfill` or `asset_triggered`.
    run_type: str


def mwaa_access(environment: str) -> ApiAccess:
    """Sign in to the web server of an MWAA environment with the role of this task.

    The token is valid for twelve hours. Source: Amazon MWAA User Guide, "Using the Apache Airflow REST API",
    "Creating a web server session token and calling the Apache Airflow REST API", Apache Airflow v3.

    :param environment: name of the MWAA environment.
    :raises AirflowApiError: the web server does not answer, or not with a token.
    """
    login = MwaaHook(aws_conn_id=None).conn.create_web_login_token(Name=environment)
    base_url = f"https://{login['WebServerHostname']}"
    url = f"{base_url}/pluginsv2/aws_mwaa/login"
    with requests.Session() as session:
        _send(session, "POST", url, data={"token": login["WebToken"]})
        token = session.cookies.get("_token")
    if not token:
        raise AirflowApiError(f"POST {url} set no cookie _token, which carries the token of Airflow's API")
    return ApiAccess(base_url, token)


class AirflowApi:
    """The requests that tasks make. Each raises AirflowApiError, with the place and the reason."""

    def __init__(self, sign_in: Callable[[], ApiAccess]) -> None:
        """:param sign_in: asked once; `mwaa_access` on MWAA."""
        access = sign_in()
        self._url = f"{access.base_url}/api/v2"
        self._session = requests.Session()
        self._session.headers["Authorization"] = f"Bearer {access.token}"

    def ended_runs(self, before: datetime, offset: int, limit: int) -> tuple[list[DagRun], int]:
        """List runs of all DAGs that succeeded or failed before a moment, in the order of their creation.

        :returns: one page, and how many runs there are on all.
        """
        found = self._answer(
            "POST",
            "/dags/~/dagRuns/list",
            json={
                "states": ["success", "failed"],
                "end_date_lte": before.isoformat(),
                "order_by": "id",
                "page_offset": offset,
                "page_limit": limit,
            },
        )
        return [_dag_run(each) for each in found["dag_runs"]], found["total_entries"]

    def newest_run(self, dag_id: str, run_type: str) -> DagRun | None:
        """Find a DAG's newest run of one type; None where Airflow no longer knows the DAG."""
        path = f"/dags/{quote(dag_id, safe='')}/dagRuns"
        query = {"run_type": run_type, "order_by": "-run_after", "limit": "1"}
        found = self._answer("GET", path, params=query, absent=True)
        return next(map(_dag_run, found["dag_runs"]), None) if found else None

    def delete_run(self, run: DagRun) -> None:
        """Delete a run, and with it its task instances and what they left; one that has gone is no error."""
        path = f"/dags/{quote(run.dag_id, safe='')}/dagRuns/{quote(run.run_id, safe='')}"
        self._answer("DELETE", path, absent=True)

    def _answer(self, method: str, path: str, *, absent: bool = False, **request: Any) -> Any:
        response = _send(self._session, method, self._url + path, absent=absent, **request)
        try:
            return response.json() if response.ok and response.content else None
        except json.JSONDecodeError as error:
            answer = response.text[:_QUOTED]
            raise AirflowApiError(f"{method} {self._url}{path} did not answer with JSON: {answer}") from error


def _send(
    session: requests.Session, method: str, url: str, *, absent: bool = False, **request: Any
) -> requests.Response:
    """:param absent: 404 is an answer, too."""
    try:
        response = session.request(method, url, timeout=_TIMEOUT, **request)
    except requests.RequestException as error:
        raise AirflowApiError(f"{method} {url} was not answered: {error}") from error
    if not response.ok and not (absent and response.status_code == requests.codes.not_found):
        answer = response.text[:_QUOTED]
        raise AirflowApiError(f"{method} {url} answered {response.status_code} {response.reason}: {answer}")
    return response


def _dag_run(run: dict[str, Any]) -> DagRun:
    return DagRun(run["dag_id"], run["dag_run_id"], run["run_type"])
