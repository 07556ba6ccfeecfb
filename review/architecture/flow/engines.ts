import { at, opened } from "../../json";
import { boxOf } from "../box";
import type { Arrow, Box, Part } from "../drawing";
import { type Estate, type Resource, textOf } from "../estate";
import { clustersOf } from "./clusters";
import { bucketBox, dataBuckets, zoneId, zonesOf } from "./lake";
import { allows, type Permission, permissionsOf } from "./permissions";

/** What runs the jobs, and the roles that the jobs have there. */
interface Engine {
  readonly box: Box;
  readonly roles: readonly Resource[];
  /** The action that starts a job there. */
  readonly startedBy: string;
}

function rolesFor(estate: Estate, service: string): readonly Resource[] {
  return estate
    .all("aws_iam_role")
    .filter(({ body }) => textOf(JSON.stringify(opened(body.assume_role_policy) ?? null)).includes(service));
}

function clusterEngine(estate: Estate): readonly Engine[] {
  const clusters = clustersOf(estate);
  if (!clusters) return [];
  const profiles = estate.all("aws_iam_instance_profile");
  const roles = profiles.flatMap((profile) => estate.named(profile, profile.body.role));
  const security = estate.all("aws_emr_security_configuration");
  const box = boxOf([clusters.facts, ...security, ...profiles], {
    title: "EMR clusters",
    lines: [clusters.release, clusters.units && `up to ${clusters.units} units for each run`],
    kind: "compute",
  });
  return [{ box, roles, startedBy: "elasticmapreduce:RunJobFlow" }];
}

function serverlessEngines(estate: Estate): readonly Engine[] {
  return estate.all("aws_emrserverless_application").map((application) => ({
    box: boxOf([application], {
      title: "EMR Serverless",
      lines: [
        textOf(application.body.release_label),
        `up to ${textOf(at(application.body, "maximum_capacity.cpu"))}`,
      ],
      kind: "compute",
    }),
    roles: rolesFor(estate, "emr-serverless.amazonaws.com"),
    startedBy: "emr-serverless:StartJobRun",
  }));
}

/** What runs the jobs in this environment. */
export function enginesOf(estate: Estate): readonly Engine[] {
  return [...clusterEngine(estate), ...serverlessEngines(estate)];
}

function zoneArrows(estate: Estate, engine: Engine, permission: Permission): readonly Arrow[] {
  const zones = dataBuckets(estate).flatMap((bucket) => zonesOf(estate, bucket));
  return zones.flatMap((zone): readonly Arrow[] => {
    const inZone = permission.resources.filter((resource) =>
      resource.split("}/").at(-1)?.startsWith(zone.prefix.slice(0, -1)),
    );
    if (!inZone.some((resource) => estate.named(permission.policy, resource).includes(zone.bucket)))
      return [];
    if (allows(permission, "s3:PutObject")) return [{ from: engine.box.id, to: zoneId(zone) }];
    return allows(permission, "s3:GetObject") ? [{ from: zoneId(zone), to: engine.box.id }] : [];
  });
}

/** The engines, what they read and what they write, as the policies of their jobs allow it. */
export function enginePart(estate: Estate): Part {
  const engines = enginesOf(estate);
  const arrows = engines.flatMap((engine) =>
    engine.roles
      .flatMap((role) => permissionsOf(estate, role))
      .flatMap((permission) => zoneArrows(estate, engine, permission)),
  );
  return { boxes: engines.map(({ box }) => box), arrows };
}

/** The bucket that code and DAGs come from: the one that Airflow reads. */
export function codeBuckets(estate: Estate): readonly Resource[] {
  const read = estate
    .all("aws_mwaa_environment")
    .flatMap((airflow) => estate.named(airflow, airflow.body.source_bucket_arn));
  return [...new Set(read)].filter(({ type }) => type === "aws_s3_bucket");
}

/** The box of the bucket that code and DAGs come from. */
export function codeBox(estate: Estate, bucket: Resource): Box {
  return bucketBox(estate, bucket, "Artifacts bucket: DAGs and jobs");
}
