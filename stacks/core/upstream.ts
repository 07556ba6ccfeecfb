import { DataTerraformRemoteStateS3, type TerraformStack } from "cdktf";
import type { StateLocation } from "./platform-stack";
import type { AnyFacts, MapOutput, TextOutput } from "./stack-facts";

/** A stack whose facts others read: they know its facts and where its state is, and not its class. */
export interface Publisher<Facts extends AnyFacts> extends TerraformStack {
  readonly facts: Facts;
  readonly state: StateLocation;
}

/** Reads what another stack has published from its state, and makes the reader wait for it. */
export class Upstream<Facts extends AnyFacts> {
  private readonly remote: DataTerraformRemoteStateS3;

  constructor(reader: TerraformStack, published: Publisher<Facts>) {
    reader.addDependency(published);
    this.remote = new DataTerraformRemoteStateS3(reader, published.facts.stack, { ...published.state });
  }

  /** Returns an output that is a text; the compiler knows which there are. */
  text(output: TextOutput<Facts>): string {
    return this.remote.getString(output);
  }

  /** Returns a text in an output that is a map. */
  entry(output: MapOutput<Facts>, key: string): string {
    return this.remote.getString(`${output}.${key}`);
  }
}
