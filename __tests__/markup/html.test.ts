import { html, trusted } from "../../markup/html";

test("values are escaped in content and attributes", () => {
  const value = `<script>alert("it's & on")</script>`;
  const escaped = "&lt;script&gt;alert(&quot;it&#39;s &amp; on&quot;)&lt;/script&gt;";
  expect(html`<p title="${value}">${value}</p>`.markup).toBe(`<p title="${escaped}">${escaped}</p>`);
});

test("markup of this program is not escaped again, at any depth", () => {
  const items = ["a&b", "c"].map((item) => html`<li>${item}</li>`);
  expect(html`<ul>${[items, trusted("<hr>")]}</ul>`.markup).toBe("<ul><li>a&amp;b</li><li>c</li><hr></ul>");
});

test("nothing is left of null, undefined and false, and zero stays", () => {
  expect(html`[${null}${undefined}${false}${0}]`.markup).toBe("[0]");
});
