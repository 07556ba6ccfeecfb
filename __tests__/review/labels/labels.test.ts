import { labelled, mutations } from "./labels";

test("every labelled argument is listed once, with a known mutation and the title of a page and its guide", () => {
  expect(labelled.length).toBeGreaterThan(150);
  const names = labelled.map(({ type, argument }) => `${type}.${argument}`);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  for (const { unsafe, source } of labelled) {
    expect(mutations).toEqual(expect.arrayContaining([...unsafe]));
    expect(unsafe.length).toBeGreaterThan(0);
    expect(source).toMatch(/^.+, (Amazon|AWS|IAM) ?.*(Guide|Reference|Guidance)$/);
  }
});
