import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { unzipSync } from "fflate";
import { repositoryRoot } from "../../../base/repository";
import { readAirflowPackages } from "../../../contracts/airflow-packages";
import { buildAirflowPlugins } from "../../../release/assembly/airflow-packages";

const run = promisify(execFile);
const root = repositoryRoot();
const constraints = join(root, "requirements", "mwaa-3.0.6-constraints.txt");

/** An index and a proxy that nobody answers: whatever pip asks of the network fails. */
const offline = {
  PIP_INDEX_URL: "http://127.0.0.1:9/simple",
  PIP_CONFIG_FILE: "/dev/null",
  HTTP_PROXY: "http://127.0.0.1:9",
  HTTPS_PROXY: "http://127.0.0.1:9",
  NO_PROXY: "",
};

const installer = (): string => {
  const own = join(root, "build", "tools", "uv", "bin", "uv");
  return existsSync(own) ? own : "uv";
};

/** Name, version and tags of a wheel, by its file name. (PEP 427) */
function wheel(file: string): { name: string; version: string; python: string; platforms: string[] } {
  const [name = "", version = "", python = "", , platforms = ""] = file.replace(/\.whl$/, "").split("-");
  return { name: name.replaceAll("_", "-").toLowerCase(), version, python, platforms: platforms.split(".") };
}

describe("the plugins.zip of Airflow", () => {
  jest.setTimeout(300_000);

  let files: Record<string, Uint8Array>;
  let zip: Uint8Array;
  let home: string;

  beforeAll(async () => {
    zip = await buildAirflowPlugins(root);
    files = unzipSync(zip);
    home = mkdtempSync(join(tmpdir(), "mwaa-"));
  });

  afterAll(() => rmSync(home, { recursive: true, force: true }));

  const wheels = (): ReturnType<typeof wheel>[] =>
    Object.keys(files)
      .filter((name) => name.endsWith(".whl"))
      .map(wheel);

  test("has every locked wheel and the constraints, and is the same bytes each time", async () => {
    const locked = [
      ...readFileSync(join(root, "requirements", "mwaa.txt"), "utf8").matchAll(/^([\w.-]+)==([\w.]+)/gm),
    ];
    expect(locked.length).toBeGreaterThan(30);
    expect(
      wheels()
        .map(({ name, version }) => `${name}==${version}`)
        .sort(),
    ).toEqual(locked.map(([, name, version]) => `${name}==${version}`).sort());
    expect(Buffer.from(files["constraints.txt"] ?? []).toString()).toBe(readFileSync(constraints, "utf8"));
    expect(Buffer.from(zip).equals(Buffer.from(await buildAirflowPlugins(root)))).toBe(true);
  });

  test("has wheels for Python 3.12 on x86-64 only, in the versions of the constraints", () => {
    const pins = new Map(
      [
        ...readFileSync(constraints, "utf8")
          .toLowerCase()
          .matchAll(/^([\w.-]+)==(\S+)$/gm),
      ].map(([, name = "", version]) => [name.replaceAll(".", "-"), version]),
    );
    const constrained = wheels().filter(({ name }) => pins.has(name));
    expect(constrained.length).toBeGreaterThan(30);
    expect(constrained.filter(({ name, version }) => pins.get(name) !== version)).toEqual([]);
    for (const { python, platforms } of wheels()) {
      expect(python).toMatch(/^(?:py2\.py3|py3|cp312|cp3\d)$/);
      expect(platforms.filter((tag) => tag !== "any" && !/^manylinux\w*_x86_64$/.test(tag))).toEqual([]);
    }
  });

  test("installs beside Airflow without a network, and nothing conflicts", async () => {
    const plugins = join(home, "plugins");
    mkdirSync(plugins);
    for (const [name, bytes] of Object.entries(files)) writeFileSync(join(plugins, name), bytes);
    const requirements = join(home, "requirements.txt");
    const text = readAirflowPackages(root).requirements;
    writeFileSync(requirements, text.replaceAll("/usr/local/airflow/plugins", plugins));
    const uv = installer();
    const python = join(home, "venv", "bin", "python");
    await run(uv, [
      "venv",
      "--quiet",
      "--python",
      join(root, ".venv", "dags", "bin", "python"),
      join(home, "venv"),
    ]);
    const image = ["--constraints", constraints, "pip", "apache-airflow==3.0.6"];
    await run(uv, ["pip", "install", "--quiet", "--python", python, ...image]);
    const install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", requirements];
    await run(python, install, { env: { ...process.env, ...offline } });
    const checked = await run(python, ["-m", "pip", "check", "--disable-pip-version-check"]);
    expect(checked.stdout).toBe("No broken requirements found.\n");
    const imports = "import aiobotocore, pg8000, airflow.providers.openlineage, airflow.providers.amazon";
    await run(python, ["-c", imports], { env: { ...process.env, AIRFLOW_HOME: home } });
  });
});
