import { join } from "node:path";
import type { S3Client } from "@aws-sdk/client-s3";
import { buildBundle, createClient, type Manifest } from "../../../release";
import { makeDirectory, makeRepository } from "./repository";

/** A release on this machine. */
export interface BuiltRelease {
  readonly bundleDir: string;
  readonly manifest: Manifest;
}

/** Builds a small release; the changes make it another one. */
export async function makeRelease(
  changes: Readonly<Record<string, string | null>> = {},
): Promise<BuiltRelease> {
  const bundleDir = join(makeDirectory(), "release");
  return { bundleDir, manifest: await buildBundle({ outDir: bundleDir, root: makeRepository(changes) }) };
}

/** The publisher's own client, at an endpoint that is not Amazon's. */
export function clientAt(url: string): S3Client {
  process.env.AWS_ENDPOINT_URL = url;
  return createClient("eu-north-1");
}
