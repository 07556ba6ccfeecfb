import { lineage } from "../../../report/sections/lineage";
import { published, rejected } from "../fixture";
import { tableOf } from "../reading";

const [part] = lineage(published);
const markup = part?.content.markup ?? "";

test("a column of a mart goes back to curated columns, and to their names in the files", () => {
  expect(tableOf(markup, "Lineage of customer_value")).toEqual([
    ["Column", "Made of"],
    ["segment", "customers.segment"],
    ["orders", "rows of orders"],
    ["net", "orders.quantity , orders.unit_price ( Unit Price in the files)"],
    ["note", "not said"],
  ]);
});

test("a dataset goes from its files to the marts made of it", () => {
  expect(tableOf(markup, "From files to marts")).toEqual([
    ["Dataset", "Files read", "Curated table", "Marts made of it"],
    ["customers", "4", "/data/lake/curated/customers/run=demo-20260115-42", "customer_value"],
    ["products", "1", "/data/lake/curated/products/run=demo-20260115-42", "–"],
    ["orders", "16", "/data/lake/curated/orders/run=demo-20260115-42", "customer_value"],
  ]);
});

test("a run without marts has none", () => {
  expect(lineage(rejected)).toEqual([]);
});
