const word = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/;

/**
 * The name part of a Terraform address, from the ids on the way to the resource: `subnets`, `private_a`, `subnet` of
 * type `aws_subnet` is `subnets_private_a`. A last id that only repeats the end of the type is left out, as one would
 * writing Terraform by hand: `aws_s3_bucket_policy.data`, not `aws_s3_bucket_policy.data_policy`.
 *
 * @param type resource type, e.g. `aws_subnet`
 * @param ids ids of the constructs below the stack, outermost first
 * @throws when an id is not snake_case
 */
export function addressName(type: string, ids: readonly string[]): string {
  const bad = ids.find((id) => !word.test(id));
  if (bad !== undefined) {
    throw new Error(
      `construct ${ids.join("/")} of type ${type}: id "${bad}" is not snake_case (a-z, 0-9, _)`,
    );
  }
  const last = ids[ids.length - 1];
  const repeats = ids.length > 1 && type.endsWith(`_${last}`);
  return (repeats ? ids.slice(0, -1) : ids).join("_");
}
