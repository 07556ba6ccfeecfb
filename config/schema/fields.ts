import { z } from "zod";
import { formatCidr, parseCidr } from "../../base/cidr";
import { logRetentionDays } from "../catalogue/log-retention";
import { allowedOf } from "./inspect";

declare module "zod" {
  interface GlobalMeta {
    /** What the field accepts, as the object of "use …"; shown in errors and in the reference. */
    allowed?: string;
    /** The default in words, where it is the value of another key. */
    absent?: string;
  }
}

/** Text of one form. `allowed` says in words what `pattern` means. */
export function text(pattern: RegExp, allowed: string): z.ZodString {
  return z.string().regex(pattern).meta({ allowed });
}

/**
 * A tag value: AWS takes up to 256 letters, digits, spaces and `_.:/=+-@`.
 * Source: AWS General Reference, "Tag naming limits and requirements".
 */
export function tagValue(): z.ZodString {
  return text(
    /^(?! |aws:)[\p{L}\p{N} _.:/=+@-]{1,256}(?<! )$/iu,
    "1 to 256 letters, digits, spaces and _.:/=+-@, without a space at either end or aws: at the start",
  );
}

/** A mail address, as long as mail servers take it. Source: RFC 5321, 4.5.3.1; RFC 1035, 2.3.4. */
export function email(): z.ZodEmail {
  return z
    .email()
    .regex(/^(?=.{1,254}$)[^@]{1,64}@(?:[^.]{1,63}\.)+[^.]{1,63}$/)
    .meta({ allowed: "an e-mail address, for example data-team@example.com" });
}

/** Mail addresses without repetitions: nobody is to get two mails, whatever the case of the letters. */
export function emails(minimum: number, maximum: number) {
  return distinct(email(), minimum, maximum, (address) => address.toLowerCase());
}

/** Whole number in a closed interval; what is allowed is derived from the bounds. */
export function wholeNumber(from: number, to: number): z.ZodInt {
  return z.int().min(from).max(to);
}

/** A field with a condition of its own: what is wrong where it does not hold, and what is allowed in words. */
export function refined<Field extends z.ZodType>(
  field: Field,
  holds: (value: z.output<Field>) => boolean,
  message: string,
  allowed: string,
): Field {
  const params = { allowed: `use ${allowed}` };
  const when = ({ issues }: { issues: readonly unknown[] }) => issues.length === 0;
  return field.refine(holds, { message, params, when }).meta({ allowed });
}

/** One of a few whole numbers. */
export function oneOfNumbers(
  values: readonly number[],
  message = "is not one of the known values",
): z.ZodInt {
  return refined(z.int(), (value) => values.includes(value), message, `one of ${values.join(", ")}`);
}

/** Days that CloudWatch keeps a log. */
export function logRetention(): z.ZodInt {
  return oneOfNumbers(logRetentionDays, "is not a number of days that CloudWatch offers");
}

/** A name that becomes part of a Terraform address, hence snake_case. */
export function addressName(): z.ZodString {
  return text(
    /^(?=.{1,20}$)[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/,
    "a snake_case name of at most 20 characters: lower-case letters, digits and _, starting with a letter",
  );
}

/**
 * A list without repetitions; each repetition is reported at its own place.
 *
 * @param identity what two equal values have in common. @default the value
 */
export function distinct<Item extends z.ZodType>(
  item: Item,
  minimum: number,
  maximum: number,
  identity: (value: z.output<Item>) => unknown = (value) => value,
) {
  const allowed = `a list of ${minimum} to ${maximum} different values, each ${allowedOf(item)}`;
  return z
    .array(item)
    .min(minimum)
    .max(maximum)
    .superRefine((values, context) => {
      const known = values.map(identity);
      known.forEach((value, index) => {
        const first = known.indexOf(value);
        if (first === index) return;
        const message = `is in the list already, as item ${first}`;
        context.addIssue({
          code: "custom",
          path: [index],
          message,
          params: { allowed: "remove one of the two" },
        });
      });
    })
    .meta({ allowed });
}

/**
 * An IPv4 range whose host bits are zero, as AWS stores it: anything else would be rewritten by the service and shown
 * as a change by every plan. `largest` and `smallest` are prefix lengths, so `largest` is the lower number.
 */
export function cidr(largest: number, smallest: number, example: string): z.ZodString {
  const allowed = `an IPv4 range from /${largest} to /${smallest}, for example ${example}`;
  return z
    .string()
    .superRefine((value, context) => {
      const range = parseCidr(value);
      if (range === undefined) {
        context.addIssue({
          code: "custom",
          message: "is not an IPv4 range",
          params: { allowed: `use ${allowed}` },
        });
      } else if (range.prefix < largest || range.prefix > smallest) {
        const message = `is a range of size /${range.prefix}`;
        context.addIssue({ code: "custom", message, params: { allowed: `use ${allowed}` } });
      } else if (formatCidr(range) !== value) {
        const message = `has bits set beyond its /${range.prefix} prefix`;
        context.addIssue({ code: "custom", message, params: { allowed: `use ${formatCidr(range)}` } });
      }
    })
    .meta({ allowed });
}
