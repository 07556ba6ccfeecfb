import { type Content, type Html, html, trusted } from "./html";

/** What a page that stands alone is made of. */
export interface Page {
  readonly title: string;
  /** Content Security Policy: what the browser may load and run, whatever the page's values contain. */
  readonly policy: string;
  readonly styles: string;
  readonly body: Content;
}

/** A whole document, in one file, for light and dark screens. */
export function document({ title, policy, styles, body }: Page): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${trusted(styles)}</style>
</head>
<body>
${body}
</body>
</html>
`;
}
