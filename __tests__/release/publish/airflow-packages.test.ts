import { repositoryRoot } from "../../../base/repository";
import { readAirflowPackages } from "../../../contracts/airflow-packages";
import { publishAirflowPackages } from "../../../release/publish/airflow-packages";
import { S3Server } from "../support/s3-server";

describe("publishing the packages of Airflow", () => {
  jest.setTimeout(120_000);

  const server = new S3Server();
  const root = repositoryRoot();
  const { digest, keys, requirements } = readAirflowPackages(root);

  test("uploads what is missing, and a second time nothing", async () => {
    const bucket = await server.makeBucket("packages");
    const first = await publishAirflowPackages({ client: bucket.client, bucket: bucket.name }, root);
    expect(first.digest).toBe(digest);
    expect(first.uploaded).toBeGreaterThan(20_000_000);
    expect(await bucket.text(keys.requirements)).toBe(requirements);
    expect(await publishAirflowPackages({ client: bucket.client, bucket: bucket.name }, root)).toEqual({
      digest,
      uploaded: 0,
    });
  });

  test("never replaces what is there", async () => {
    const bucket = await server.makeBucket("taken");
    await bucket.put(keys.plugins, "wheels of before");
    const { uploaded } = await publishAirflowPackages({ client: bucket.client, bucket: bucket.name }, root);
    expect(uploaded).toBe(requirements.length);
    expect(await bucket.text(keys.plugins)).toBe("wheels of before");
  });

  test("says so when the bucket does not exist", async () => {
    await expect(publishAirflowPackages({ client: server.client, bucket: "absent" }, root)).rejects.toThrow(
      "s3://absent: the bucket does not exist",
    );
  });
});
