import { boxOf, idOf } from "../box";
import type { Arrow, Box, Part } from "../drawing";
import { type Estate, type Resource, textOf } from "../estate";
import { codeBox, codeBuckets, enginesOf } from "./engines";
import { allows, permissionsOf } from "./permissions";

function storeBoxes(estate: Estate): readonly Box[] {
  return estate.all("aws_db_instance").map((store) =>
    boxOf([store, ...estate.all("aws_db_subnet_group", "aws_db_parameter_group")], {
      title: "Metadata store",
      lines: [`${textOf(store.body.engine)} ${textOf(store.body.engine_version)} on RDS`],
      kind: "store",
    }),
  );
}

function arrowsOf(estate: Estate, airflow: Resource): readonly Arrow[] {
  const from = idOf(airflow);
  const roles = estate.named(airflow, airflow.body.execution_role_arn);
  const permissions = roles.flatMap((role) => permissionsOf(estate, role));
  const starts = enginesOf(estate)
    .filter(({ startedBy }) => permissions.some((permission) => allows(permission, startedBy)))
    .map(({ box }) => ({ from, to: box.id, label: "starts jobs" }));
  const named = permissions.flatMap((permission) =>
    estate.named(permission.policy, permission.resources).map((resource) => ({ resource, permission })),
  );
  const queues = named
    .filter(
      ({ resource, permission }) =>
        resource.type === "aws_sqs_queue" && allows(permission, "sqs:ReceiveMessage"),
    )
    .map(({ resource }) => ({ from: idOf(resource), to: from }));
  const stores = named
    .filter(({ resource }) => resource.type === "aws_db_instance")
    .map(({ resource }) => ({ from, to: idOf(resource), label: "records runs" }));
  const code = codeBuckets(estate).map((bucket) => ({ from: idOf(bucket), to: from }));
  return [...starts, ...queues, ...stores, ...code];
}

/** Airflow, what it starts, hears and writes down, as its role allows it. */
export function airflowPart(estate: Estate): Part {
  const all = estate.all("aws_mwaa_environment");
  const boxes = all.map((airflow) =>
    boxOf([airflow, ...estate.named(airflow, airflow.body.execution_role_arn)], {
      title: "Airflow on MWAA",
      lines: [`Airflow ${textOf(airflow.body.airflow_version)}`, textOf(airflow.body.environment_class)],
      kind: "compute",
    }),
  );
  const code = codeBuckets(estate).map((bucket) => codeBox(estate, bucket));
  return {
    boxes: [...code, ...boxes, ...storeBoxes(estate)],
    arrows: all.flatMap((airflow) => arrowsOf(estate, airflow)),
  };
}
