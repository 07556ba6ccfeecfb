import { boxOf, idOf } from "../box";
import type { Arrow, Box, Part } from "../drawing";
import { type Estate, type Resource, textOf } from "../estate";
import { bucketBox, dataBuckets, zoneId, zonesOf } from "./lake";

function databaseBox(estate: Estate, database: Resource): Box {
  const tables = estate.referring(database, "aws_glue_catalog_table");
  return boxOf([database, ...tables], {
    title: database.name,
    lines: [wordsFor(tables)],
    kind: "store",
  });
}

function wordsFor([first, ...others]: readonly Resource[]): string {
  if (first === undefined) return "tables that jobs make";
  return others.length === 0 ? `table ${first.name}` : `${others.length + 1} tables`;
}

/** A database describes the zone it is named after. */
function databaseArrows(estate: Estate, database: Resource): readonly Arrow[] {
  const zones = dataBuckets(estate).flatMap((bucket) => zonesOf(estate, bucket));
  const described = zones.filter(({ prefix }) => prefix === `${database.name}/`);
  return described.map((zone) => ({ from: zoneId(zone), to: idOf(database) }));
}

function catalogBox(estate: Estate, databases: readonly Resource[]): readonly Box[] {
  if (databases.length === 0) return [];
  const children = databases.map((database) => databaseBox(estate, database));
  return [{ id: "catalog", title: "Glue catalog", lines: [], kind: "group", children }];
}

function workgroupBox(workgroup: Resource): Box {
  return boxOf([workgroup], {
    title: "Athena",
    lines: [`workgroup ${textOf(workgroup.body.name)}`],
    kind: "compute",
  });
}

/** What analysts ask: the catalogue's databases, Athena, and where its answers lie. */
export function queryPart(estate: Estate): Part {
  const databases = estate.all("aws_glue_catalog_database");
  const workgroups = estate.all("aws_athena_workgroup");
  const results = workgroups.flatMap((workgroup) =>
    estate
      .named(workgroup)
      .filter(({ type }) => type === "aws_s3_bucket")
      .map((bucket) => ({ workgroup, bucket })),
  );
  return {
    boxes: [
      ...catalogBox(estate, databases),
      ...workgroups.map(workgroupBox),
      ...results.map(({ bucket }) => bucketBox(estate, bucket, "Query results")),
    ],
    arrows: [
      ...databases.flatMap((database) => databaseArrows(estate, database)),
      ...(databases.length > 0
        ? workgroups.map((workgroup) => ({ from: "catalog", to: idOf(workgroup) }))
        : []),
      ...results.map(({ workgroup, bucket }) => ({ from: idOf(workgroup), to: idOf(bucket) })),
    ],
  };
}
