import type { IncomingMessage } from "node:http";
import { LoopbackServer } from "../loopback-server";

/** An answer in JSON or XML, or an error of AWS. */
export type Answer = object | Refusal | Xml;

/** An answer of the query protocol. */
export class Xml {
  constructor(readonly text: string) {}
}

/** An error as a service says it. */
export class Refusal {
  constructor(
    readonly name: string,
    readonly message = "not you",
  ) {}
}

/**
 * AWS on loopback, for what moto lacks, by the operation's name. What has no answer is denied, in the query protocol of
 * IAM, STS and RDS too.
 */
export class AwsDouble extends LoopbackServer {
  /** By operation: `GetAnomalyMonitors`. */
  answers: Readonly<Record<string, Answer>> = {};
  /** The operations that were asked for. */
  readonly asked: string[] = [];

  constructor() {
    super((request, content) => {
      const operation = operationOf(request, content);
      this.asked.push(operation.name);
      const { status, type, body } = say(this.answers[operation.name], operation.isQuery);
      return { status, headers: { "content-type": type }, body };
    });
  }
}

interface Operation {
  readonly name: string;
  /** Whether it is asked in the query protocol, which answers in XML. */
  readonly isQuery: boolean;
}

/** The last part of JSON's target, the path of REST, or the query's action. */
function operationOf({ headers, url = "" }: IncomingMessage, body: string): Operation {
  const target = headers["x-amz-target"];
  if (typeof target === "string") return { name: target.split(".").at(-1) ?? "", isQuery: false };
  const action = new URLSearchParams(body).get("Action");
  return { name: action ?? url.slice(1), isQuery: action !== null };
}

const denied =
  "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>not you</Message></Error></ErrorResponse>";

function say(answer: Answer = new Refusal("AccessDeniedException"), isQuery: boolean) {
  if (answer instanceof Xml) return { status: 200, type: "text/xml", body: answer.text };
  if (isQuery) return { status: 403, type: "text/xml", body: denied };
  const type = "application/x-amz-json-1.1";
  if (!(answer instanceof Refusal)) return { status: 200, type, body: JSON.stringify(answer) };
  const { name: __type, message } = answer;
  return { status: 400, type, body: JSON.stringify({ __type, message }) };
}
