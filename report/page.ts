import { type Html, html, trusted } from "../markup/html";
import type { RunResults } from "./results";
import type { Part } from "./section";
import { styles } from "./styles";

/** The page loads nothing and runs nothing, whatever its values contain. */
const policy = "default-src 'none'; style-src 'unsafe-inline'";

/** The whole document around its parts. */
export function page(results: RunResults, head: Html, parts: readonly Part[]): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Run of ${results.run_date}: ${results.outcome}</title>
<style>${trusted(styles)}</style>
</head>
<body>
<main>
${head}
<nav aria-label="Sections">${parts.map(({ id, title }) => html`<a href="#${id}">${title}</a>`)}</nav>
${parts.map(({ content }) => content)}
</main>
</body>
</html>
`;
}
