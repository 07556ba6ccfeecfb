import { DataTerraformRemoteStateS3 } from "cdktf";
import type { EnvironmentStack } from "./environment-stack";
import type { MapOutput, Outputs, StackName, TextOutput } from "./outputs";

/** Reads what another stack has published from its state, and makes the reader wait for it. */
export class Upstream<Stack extends StackName> {
  private readonly remote: DataTerraformRemoteStateS3;

  constructor(reader: EnvironmentStack<StackName>, published: EnvironmentStack<Stack>) {
    reader.addDependency(published);
    this.remote = new DataTerraformRemoteStateS3(reader, published.stack, { ...published.state });
  }

  /** An output of the stack; the compiler knows which there are. */
  text(output: TextOutput<Outputs[Stack]>): string {
    return this.remote.getString(output);
  }

  /** A text in an output that is a map. */
  entry(output: MapOutput<Outputs[Stack]>, key: string): string {
    return this.remote.getString(`${output}.${key}`);
  }
}
