"""`clean_airflow_database`, run by Airflow against Airflow's own API server, and MWAA's way to sign in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
import sqlalchemy as sa
from airflow.models.dag import DAG as SchedulerDAG
from airflow.models.dagrun import DagRun
from airflow.models.taskinstance import TaskInstance
from airflow.models.xcom import XComModel
from airflow.providers.amazon.aws.hooks.mwaa import MwaaHook
from airflow.utils.session import create_session
from airflow.utils.types import DagRunTriggeredByType
from api_server import ApiServer
from dag_runs import run_dag
from emulated_platform import EmulatedPlatform
from environment_options import ON_CLUSTERS, parse
from mailbox_server import Mailbox
from mwaa_web_server import SESSION_TOKEN, WEB_TOKEN, MwaaWebServer
from postgres_server import free_port

from platform_dag import airflow_api, run_history
from platform_dag.airflow_api import AirflowApi, AirflowApiError, ApiAccess

pytestmark = pytest.mark.usefixtures("airflow_database")

DAG_ID, TASK_ID = "clean_airflow_database", "delete_old_runs"
_NOW = datetime.now(timezone.utc)
_RUNS = DagRun.run_id.startswith("history__", autoescape=True)


@pytest.fixture(scope="module")
def api_server(airflow_database: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ApiServer]:
    with ApiServer(tmp_path_factory.mktemp("api")) as server:
        yield server


@pytest.fixture
def signed_in(
    platform: EmulatedPlatform, api_server: ApiServer, monkeypatch: pytest.MonkeyPatch
) -> Iterator[ApiServer]:
    """Airflow's runs stay for 30 days, and the environment's web server is the one on loopback."""
    facts = {**platform.facts["orchestration"], "run_history_days": 30, "airflow_environment": "big-data"}
    platform.store_variable("orchestration", facts)
    monkeypatch.setattr(airflow_api, "mwaa_access", lambda environment: api_server.sign_in())
    yield api_server
    with create_session() as session:
        for run in session.execute(sa.select(DagRun).where(_RUNS)).scalars():
            session.delete(run)


def _has_run(
    days_ago: float, state: str = "success", kind: str = "scheduled", dag_id: str = "simple_addition"
) -> str:
    """Leave a run with its task instances and an XCom, as if it had ended some days ago."""
    moment = _NOW - timedelta(days=days_ago)
    run_id = f"history__{dag_id}__{moment.isoformat()}__{kind}"
    is_over = state in ("success", "failed")
    with create_session() as session:
        run = SchedulerDAG.from_sdk_dag(parse(ON_CLUSTERS).dags[dag_id]).create_dagrun(
            run_id=run_id,
            logical_date=moment,
            data_interval=(moment, moment),
            run_after=moment,
            run_type=kind,
            triggered_by=DagRunTriggeredByType.TEST,
            state=state,
            start_date=moment,
            session=session,
        )
        run.end_date = moment if is_over else None
        for instance in run.task_instances:
            instance.state, instance.end_date = state, run.end_date
            XComModel.set(
                "return_value", 8, dag_id=dag_id, task_id=instance.task_id, run_id=run_id, session=session
            )
    return run_id


def _rows(model: Any) -> set[str]:
    with create_session() as session:
        found = session.scalars(sa.select(model.run_id).where(model.run_id.startswith("history__")))
        return set(found)


def _history() -> set[str]:
    """The runs that there are; what belongs to others has gone with them."""
    runs = _rows(DagRun)
    assert _rows(TaskInstance) == _rows(XComModel) == runs
    return runs


def _clean() -> dict[str, int]:
    run = run_dag(DAG_ID)
    assert run.tasks == {TASK_ID: "success"}
    cleaned: dict[str, int] = run.xcoms[TASK_ID, "return_value"]
    return cleaned


def test_old_runs_go_with_all_that_belongs_to_them_and_young_ones_stay(signed_in: ApiServer) -> None:
    for days, state in ((31, "success"), (40, "failed"), (400, "success")):
        _has_run(days, state)
    staying = {_has_run(29), _has_run(1, "failed")}
    assert _clean() == {"deleted": 3, "kept": 0, "left": 0}
    assert _history() == staying
    assert _clean() == {"deleted": 0, "kept": 0, "left": 0}


def test_what_runs_or_waits_stays_however_old_it_is(signed_in: ApiServer) -> None:
    staying = {_has_run(90, "running"), _has_run(89, "queued"), _has_run(1)}
    _has_run(91)
    assert _clean()["deleted"] == 1
    assert _history() == staying


def test_the_newest_run_of_each_dag_and_type_stays_however_old_it_is(signed_in: ApiServer) -> None:
    for dag_id in ("simple_addition", "maintain_tables"):
        for days in (70, 80):
            _has_run(days, dag_id=dag_id)
        _has_run(65, kind="asset_triggered", dag_id=dag_id)
    staying = {_has_run(60, dag_id=dag_id) for dag_id in ("simple_addition", "maintain_tables")}
    staying |= {
        _has_run(50, kind="asset_triggered", dag_id=dag_id)
        for dag_id in ("simple_addition", "maintain_tables")
    }
    assert _clean() == {"deleted": 6, "kept": 4, "left": 0}
    assert _history() == staying


def test_one_clean_up_has_an_end_and_the_next_goes_on(
    signed_in: ApiServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_history, "MOST", 5)
    monkeypatch.setattr(run_history, "_PAGE", 2)
    oldest = [_has_run(100 - number) for number in range(9)]
    assert _clean() == {"deleted": 5, "kept": 0, "left": 4}
    assert _history() == {*oldest[5:]}
    assert _clean() == {"deleted": 3, "kept": 1, "left": 0}
    assert _history() == {oldest[8]}


def test_a_run_that_somebody_else_deletes_meanwhile_is_no_error(signed_in: ApiServer) -> None:
    api = AirflowApi(signed_in.sign_in)
    api.delete_run(airflow_api.DagRun("simple_addition", "history__gone", "manual"))
    assert api.newest_run("no_dag", "scheduled") is None


def test_a_refusal_fails_the_task_and_mails_where_and_why(
    signed_in: ApiServer, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    staying = {_has_run(90), _has_run(91)}
    monkeypatch.setattr(airflow_api, "mwaa_access", lambda environment: ApiAccess(signed_in.url, "forged"))
    run = run_dag(DAG_ID)
    assert (run.tasks, run.tries) == ({TASK_ID: "failed"}, {TASK_ID: 3})
    assert _history() == staying
    [message] = mailbox.messages
    assert message["Subject"].endswith(f"{DAG_ID} of 2025-03-09 failed: task {TASK_ID}")
    # A worker hands the reason to the mail; Airflow's `dag.test` does not.
    with pytest.raises(AirflowApiError, match=f"POST {signed_in.url}/api/v2/dags/~/dagRuns/list answered 40"):
        AirflowApi(lambda: ApiAccess(signed_in.url, "forged")).ended_runs(_NOW, 0, 100)


@pytest.fixture
def mwaa(monkeypatch: pytest.MonkeyPatch) -> Iterator[MwaaWebServer]:
    """A web server whose environment gives tokens, as `CreateWebLoginToken` does."""

    class Client:
        def create_web_login_token(self, *, Name: str) -> dict[str, str]:
            assert Name == "big-data-dev-airflow"
            return {"WebServerHostname": server.hostname, "WebToken": WEB_TOKEN}

    with MwaaWebServer() as server:
        monkeypatch.setattr(MwaaHook, "conn", Client())
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(server.certificate))
        yield server


def _mwaa_api() -> AirflowApi:
    return AirflowApi(lambda: airflow_api.mwaa_access("big-data-dev-airflow"))


def test_on_mwaa_the_web_token_is_exchanged_for_one_that_opens_the_api(mwaa: MwaaWebServer) -> None:
    assert _mwaa_api().ended_runs(_NOW, 0, 100) == ([], 0)
    assert mwaa.requests == [
        ("POST", "/pluginsv2/aws_mwaa/login", None),
        ("POST", "/api/v2/dags/~/dagRuns/list", f"Bearer {SESSION_TOKEN}"),
    ]


def test_a_login_without_a_token_says_so(mwaa: MwaaWebServer) -> None:
    mwaa.sets_cookie = False
    with pytest.raises(AirflowApiError, match=r"/pluginsv2/aws_mwaa/login set no cookie _token"):
        _mwaa_api()


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ((403, "no permission"), "/dagRuns/list answered 403 Forbidden: no permission"),
        ((200, "<html>"), "/dagRuns/list did not answer with JSON: <html>"),
    ],
)
def test_an_error_of_the_api_has_its_place_and_reason(
    mwaa: MwaaWebServer, answer: tuple[int, str], reason: str
) -> None:
    mwaa.answer = answer
    with pytest.raises(AirflowApiError) as raised:
        _mwaa_api().ended_runs(_NOW, 0, 100)
    assert reason in str(raised.value)


def test_a_web_server_that_does_not_answer_has_its_place_too() -> None:
    url = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(AirflowApiError, match=f"POST {url}/api/v2/dags/~/dagRuns/list was not answered: "):
        AirflowApi(lambda: ApiAccess(url, SESSION_TOKEN)).ended_runs(_NOW, 0, 100)
