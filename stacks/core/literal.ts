/**
 * Text as it is: in JSON, too, Terraform takes `${` and `%{` for the start of an expression.
 * Source: Terraform, "JSON Configuration Syntax", string templates.
 */
export function literal(text: string): string {
  return text.replaceAll(/([$%])\{/g, "$1$1{");
}
