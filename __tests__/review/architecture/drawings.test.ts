import { type Box, type Drawing, everyBox } from "../../../review/architecture/drawing";
import { Estate } from "../../../review/architecture/estate";
import { flowOf } from "../../../review/architecture/flow";
import { networkOf } from "../../../review/architecture/network";
import { arrowWords, markWords } from "../../../review/architecture/words";
import { reviewOf, revisions } from "../revisions";

const both = revisions();
const review = reviewOf(both);
const unchanged = reviewOf({ base: both.base, head: both.base });

function estate(environment: string, isChanged = false): Estate {
  return isChanged
    ? new Estate(environment, both.head, review)
    : new Estate(environment, both.base, unchanged);
}

function drawn(drawing: Drawing | undefined): Drawing {
  if (!drawing) throw new Error("nothing is drawn");
  return drawing;
}

const titled = (boxes: readonly Box[]) => everyBox(boxes).map(({ title }) => title);
const inside = (drawing: Drawing, title: string) =>
  everyBox(drawing.boxes).find((box) => box.title === title)?.children ?? [];

test("a network is drawn by zone and subnet, with what stands in each", () => {
  const network = drawn(networkOf(estate("dev")));
  const zones = everyBox(network.boxes).filter(({ kind }) => kind === "zone");
  expect(zones.map(({ title }) => title)).toEqual(["eu-north-1a", "eu-north-1b"]);
  expect(zones.map(({ children }) => children?.map(({ kind }) => kind))).toEqual([
    ["public", "private", "isolated"],
    ["public", "private", "isolated"],
  ]);
  expect(titled(inside(network, "big-data-dev-private-a"))).toEqual([
    "Airflow on MWAA",
    "EMR Serverless",
    "Interface endpoints",
  ]);
  expect(titled(inside(network, "big-data-dev-database-b"))).toEqual(["RDS metadata store"]);
  expect(titled(inside(network, "big-data-dev-public-vpn"))).toEqual(["NAT gateway"]);
});

test("the facts that Airflow reads say where clusters will be", () => {
  const network = drawn(networkOf(estate("prod")));
  expect(titled(inside(network, "big-data-prod-private-b"))).toContain("EMR clusters");
  expect(titled(network.boxes)).not.toContain("EMR Serverless");
});

test("arrows follow routes, associations and endpoints", () => {
  expect([...arrowWords(drawn(networkOf(estate("prod"))))].sort()).toEqual([
    "Client VPN → eu-north-1a / big-data-prod-public-vpn",
    "Client VPN → eu-north-1b / big-data-prod-public-application",
    "People → Client VPN",
    "VPC 10.100.0.0/16 / Internet gateway → Internet",
    "eu-north-1a / big-data-prod-private-a → VPC 10.100.0.0/16 / Gateway endpoint",
    "eu-north-1a / big-data-prod-private-a → eu-north-1a / big-data-prod-public-vpn",
    "eu-north-1a / big-data-prod-public-vpn → VPC 10.100.0.0/16 / Internet gateway",
    "eu-north-1b / big-data-prod-private-b → VPC 10.100.0.0/16 / Gateway endpoint",
    "eu-north-1b / big-data-prod-private-b → eu-north-1b / big-data-prod-public-application",
    "eu-north-1b / big-data-prod-public-application → VPC 10.100.0.0/16 / Internet gateway",
  ]);
});

test("a subnet without a NAT gateway in its zone says where its traffic goes", () => {
  const lines = (environment: string, isChanged: boolean) =>
    everyBox(drawn(networkOf(estate(environment, isChanged))).boxes)
      .find(({ title }) => title === `big-data-${environment}-private-b`)
      ?.lines.at(-1);
  expect(lines("prod", false)).toBe("private: out through NAT");
  expect(lines("prod", true)).toBe("private: out through NAT in eu-north-1a");
  expect(lines("dev", false)).toBe("private: out through NAT in eu-north-1a");
});

test("data flows from the sources to Athena, as policies and settings allow", () => {
  const words = arrowWords(drawn(flowOf(estate("dev"))));
  const [raw, results] = ["Data bucket: what arrives", "Data bucket: what jobs write"];
  expect(words).toEqual(
    expect.arrayContaining([
      `Sources → ${raw} / raw/`,
      `${raw} / raw/ → EventBridge rule: new object`,
      "EventBridge rule → Queue on SQS",
      "Queue on SQS → Dead letters on SQS: given up",
      "Queue on SQS → Airflow on MWAA",
      "Airflow on MWAA → EMR Serverless: starts jobs",
      "Airflow on MWAA → Metadata store: records runs",
      `${raw} / raw/ → EMR Serverless`,
      `EMR Serverless → ${results} / curated/`,
      `EMR Serverless → ${results} / quarantine/`,
      `${results} / marts/ → Glue catalog / marts`,
      "Glue catalog → Athena",
      "Athena → Query results",
    ]),
  );
  expect(words).toHaveLength(18);
});

test("what an environment does not have is not drawn", () => {
  const titles = titled(drawn(flowOf(estate("prod"))).boxes);
  expect(titles).toContain("EMR clusters");
  for (const absent of ["EMR Serverless", "EventBridge rule", "Queue on SQS"])
    expect(titles).not.toContain(absent);
  expect(networkOf(estate("account"))).toBeUndefined();
  expect(flowOf(estate("account"))).toBeUndefined();
});

test("what changes is marked, and what goes is drawn where it was", () => {
  expect(markWords(drawn(networkOf(estate("prod", true))))).toEqual([
    "big-data-prod-database-a / RDS metadata store: changed",
    "big-data-prod-public-application / NAT gateway: removed",
    "big-data-prod-database-b / RDS metadata store: changed",
  ]);
  const endpoints = everyBox(drawn(networkOf(estate("dev", true))).boxes).find(
    ({ title }) => title === "Interface endpoints",
  );
  expect(endpoints).toMatchObject({
    mark: "changed",
    href: "#change-dev-network-aws_vpc_endpoint.endpoints_sqs",
  });
  expect(endpoints?.lines).toContain("sqs (removed)");
  expect(markWords(drawn(flowOf(estate("dev", true))))).toEqual([
    "EventBridge rule: changed",
    "Glue catalog / sandbox: added",
  ]);
});
