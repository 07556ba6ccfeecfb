import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { importedBindings } from "./imports";
import { deriveProvider, type ProviderSchema } from "./provider";

/**
 * Writes the Terraform CLI configuration `terraform.rc` and the providers that it names, for the bindings that the
 * platform imports. What is up to date stays as it is, and what is not is replaced at once: others may be reading it.
 *
 *     node write.cjs <executable of the stand-in> <directory>
 */
function main([executable = "", directory = ""]: readonly string[]): void {
  const schemas = [...importedBindings(process.cwd())].map(([name, bindings]) =>
    deriveProvider(name, bindings),
  );
  writeMirror(schemas, executable, resolve(directory));
}

/**
 * Writes a filesystem mirror of providers. Terraform asks no registry: there are these providers and no others.
 * @returns the path of the Terraform CLI configuration
 */
export function writeMirror(
  schemas: readonly ProviderSchema[],
  executable: string,
  directory: string,
): string {
  const mirror = join(directory, "mirror");
  const platform = `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;
  for (const schema of schemas) {
    const name = schema.address.split("/").at(-1);
    const provider = join(mirror, schema.address, schema.version, platform);
    mkdirSync(provider, { recursive: true });
    replace(join(provider, "schema.json"), JSON.stringify(schema));
    copy(executable, join(provider, `terraform-provider-${name}_v${schema.version}`));
  }
  const served = schemas.map(({ address }) => address);
  const configuration = join(directory, "terraform.rc");
  replace(
    configuration,
    `provider_installation {
  filesystem_mirror {
    path    = ${JSON.stringify(mirror)}
    include = ${JSON.stringify(served)}
  }
}
`,
  );
  return configuration;
}

function replace(file: string, content: string): void {
  if (existsSync(file) && readFileSync(file, "utf8") === content) return;
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, content);
  renameSync(temporary, file);
}

function copy(from: string, to: string): void {
  if (existsSync(to) && statSync(to).mtimeMs >= statSync(from).mtimeMs) return;
  const temporary = `${to}.${process.pid}`;
  copyFileSync(from, temporary);
  renameSync(temporary, to);
}

if (require.main === module) main(process.argv.slice(2));
