import { prefixOf } from "../../../contracts/layout";
import { at, isObject, type JsonObject, listOf } from "../../json";
import { boxOf, idOf } from "../box";
import type { Box, Part } from "../drawing";
import { type Estate, type Resource, textOf } from "../estate";

/** A part of a bucket that has rules of its own, such as `raw/`. */
export interface Zone {
  readonly bucket: Resource;
  readonly prefix: string;
}

/** The way of the data; a zone that is none of these stands last. */
const order = (["raw", "staged", "curated", "marts", "quarantine"] as const).map(prefixOf);

/** Where producers put their files. */
const entrance = prefixOf("raw");

const sources: Box = { id: "sources", title: "Sources", lines: ["files, day by day"], kind: "outside" };

function rulesOf(estate: Estate, bucket: Resource): readonly JsonObject[] {
  return estate
    .referring(bucket, "aws_s3_bucket_lifecycle_configuration")
    .flatMap(({ body }) => listOf(body.rule).filter(isObject));
}

/** The zones of a bucket: the prefixes that its life cycle tells apart. */
export function zonesOf(estate: Estate, bucket: Resource): readonly Zone[] {
  const prefixes = rulesOf(estate, bucket).map((rule) => textOf(at(rule, "filter.prefix")));
  const known = [...new Set(prefixes)].filter((prefix) => prefix !== "");
  const rank = (prefix: string) => (order.includes(prefix) ? order.indexOf(prefix) : order.length);
  return known.sort((one, other) => rank(one) - rank(other)).map((prefix) => ({ bucket, prefix }));
}

/** The buckets that hold the platform's data: those with an entrance. */
export function dataBuckets(estate: Estate): readonly Resource[] {
  return estate
    .all("aws_s3_bucket")
    .filter((bucket) => zonesOf(estate, bucket).some(({ prefix }) => prefix === entrance));
}

/** The id of a zone's box. */
export function zoneId({ bucket, prefix }: Zone): string {
  return idOf(bucket, prefix);
}

function lifeOf(rule: JsonObject): readonly string[] {
  const moves = listOf(rule.transition)
    .filter(isObject)
    .map((move) => `${textOf(move.storage_class)} after ${textOf(move.days)} days`);
  const days = textOf(at(rule, "expiration.days"));
  return days ? [...moves, `deleted after ${days} days`] : moves;
}

function zoneBox(estate: Estate, zone: Zone): Box {
  const rules = rulesOf(estate, zone.bucket).filter((rule) => at(rule, "filter.prefix") === zone.prefix);
  return { id: zoneId(zone), title: zone.prefix, lines: rules.flatMap(lifeOf), kind: "store" };
}

/** Settings of a bucket are resources of their own, and belong to it. */
const settings = [
  "aws_s3_bucket_lifecycle_configuration",
  "aws_s3_bucket_logging",
  "aws_s3_bucket_ownership_controls",
  "aws_s3_bucket_policy",
  "aws_s3_bucket_public_access_block",
  "aws_s3_bucket_server_side_encryption_configuration",
  "aws_s3_bucket_versioning",
  "aws_s3_bucket_notification",
];

/** A bucket with the resources that set it up. */
function withSettings(estate: Estate, bucket: Resource): readonly [Resource, ...Resource[]] {
  const belongings = settings.flatMap((type) =>
    estate.all(type).filter((setting) => estate.named(setting, setting.body.bucket).includes(bucket)),
  );
  return [bucket, ...belongings];
}

/** A bucket whose parts are not told apart. */
export function bucketBox(estate: Estate, bucket: Resource, title: string): Box {
  return boxOf(withSettings(estate, bucket), { title, lines: [textOf(bucket.body.bucket)], kind: "store" });
}

/** The data bucket is drawn where data enters and where results lie, so that the drawing goes one way. */
function dataBoxes(estate: Estate, bucket: Resource): readonly Box[] {
  const zones = zonesOf(estate, bucket);
  const part = (title: string, within: string, shown: readonly Zone[]) =>
    boxOf(withSettings(estate, bucket), {
      title,
      within,
      lines: [textOf(bucket.body.bucket)],
      kind: "group",
      children: shown.map((zone) => zoneBox(estate, zone)),
    });
  const [raw, results] = [true, false].map((wanted) =>
    zones.filter(({ prefix }) => (prefix === entrance) === wanted),
  );
  return [
    part("Data bucket: what arrives", "raw", raw ?? []),
    ...(results?.length ? [part("Data bucket: what jobs write", "results", results)] : []),
  ];
}

/** The data bucket by zones, and who fills it. */
export function lakePart(estate: Estate): Part {
  const buckets = dataBuckets(estate);
  if (buckets.length === 0) return { boxes: [], arrows: [] };
  return {
    boxes: [sources, ...buckets.flatMap((bucket) => dataBoxes(estate, bucket))],
    arrows: buckets.map((bucket) => ({ from: sources.id, to: zoneId({ bucket, prefix: entrance }) })),
  };
}
