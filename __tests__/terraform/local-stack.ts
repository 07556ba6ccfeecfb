import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findTerraform, type Terraform } from "../../cli/terraform/executable";
import { runTerraform, type TerraformResult } from "../../cli/terraform/process";

/** The synthesized JSON of a stack, as far as tests change it. */
export interface StackJson {
  readonly resource: Record<string, Record<string, Record<string, unknown>>>;
}

/** A synthesized stack under the real Terraform, with its state in its directory. */
export class LocalStack {
  private readonly terraform: Terraform = findTerraform(">= 1.11.0");

  constructor(
    /** Directory of the stack's JSON. */
    readonly directory: string,
  ) {
    this.write("local_override", { terraform: { backend: { local: {} } } });
  }

  /** Runs a command of Terraform to its end. */
  run(...args: readonly string[]): Promise<TerraformResult> {
    return runTerraform(this.terraform, { directory: this.directory, args: [...args, "-no-color"] });
  }

  /** Runs a command that has to succeed. */
  async succeed(...args: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await this.run(...args);
    if (code !== 0) throw new Error(`terraform ${args.join(" ")}: ${stdout}${stderr}`);
    return stdout;
  }

  /** Writes a JSON file beside that of the stack. */
  write(name: string, content: object): void {
    writeFileSync(join(this.directory, `${name}.tf.json`), JSON.stringify(content));
  }

  /** Changes the stack's JSON. */
  edit(change: (stack: StackJson) => void): void {
    const file = join(this.directory, "cdk.tf.json");
    const stack: StackJson = JSON.parse(readFileSync(file, "utf8"));
    change(stack);
    writeFileSync(file, JSON.stringify(stack));
  }
}

/** Counts the resources that the stand-in recorded, by type. */
export function recorded(world: string): Record<string, number> {
  const counts = readdirSync(world).map((type) => [type, readdirSync(join(world, type)).length] as const);
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

/** The file in which the stand-in records a resource. */
export function recordOf(world: string, type: string, id: string): string {
  return join(world, type, `${encodeURIComponent(id)}.json`);
}
