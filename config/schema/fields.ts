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
    /^(?! )[\p{L}\p{N} _.:/=+@-]{1,256}(?<! )$/u,
    "1 to 256 letters, digits, spaces and _.:/=+-@, no space at either end",
  );
}

/** A mail address. */
export function email(): z.ZodEmail {
  return z.email().meta({ allowed: "an e-mail address, for example data-team@example.com" });
}

/** Whole number in a closed interval; what is allowed is derived from the bounds. */
export function wholeNumber(from: number, to: number): z.ZodInt {
  return z.int().min(from).max(to);
}

/** Days that CloudWatch keeps a log. */
export function logRetention(): z.ZodInt {
  const allowed = `one of ${logRetentionDays.join(", ")}`;
  return z
    .int()
    .superRefine((days, context) => {
      if (logRetentionDays.some((offered) => offered === days)) return;
      const message = "is not a number of days that CloudWatch offers";
      context.addIssue({ code: "custom", message, params: { allowed: `use ${allowed}` } });
    })
    .meta({ allowed });
}

/** One of a few whole numbers. */
export function oneOfNumbers(values: readonly number[]): z.ZodInt {
  const allowed = `one of ${values.join(", ")}`;
  return z
    .int()
    .superRefine((value, context) => {
      if (values.includes(value)) return;
      const message = "is not one of the known values";
      context.addIssue({ code: "custom", message, params: { allowed: `use ${allowed}` } });
    })
    .meta({ allowed });
}

/** A name that becomes part of a Terraform address, hence snake_case. */
export function addressName(): z.ZodString {
  return text(
    /^(?=.{1,20}$)[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/,
    "a snake_case name of at most 20 characters: lower-case letters, digits and _, starting with a letter",
  );
}

/** A list without repetitions; each repetition is reported at its own place. */
export function distinct<Item extends z.ZodType>(item: Item, minimum: number, maximum: number) {
  const allowed = `a list of ${minimum} to ${maximum} different values, each ${allowedOf(item)}`;
  return z
    .array(item)
    .min(minimum)
    .max(maximum)
    .superRefine((values, context) => {
      values.forEach((value, index) => {
        const first = values.indexOf(value);
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
