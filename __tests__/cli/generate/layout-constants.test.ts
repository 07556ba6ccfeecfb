import { layoutConstants } from "../../../cli/generate/layout-constants";
import { constantsModule } from "../../../cli/generate/python-constants";

test("writes typed constants with their descriptions", () => {
  const constants = layoutConstants(["RAW_ZONE", "EXIT_REJECTED", "QUARANTINE_COLUMNS"]);
  const text = constantsModule({ summary: "Names.", source: "layout.json", constants });
  expect(text).toContain('RAW_ZONE: Final = "raw"\n');
  expect(text).toContain("EXIT_REJECTED: Final = 3\n");
  expect(text).toContain('QUARANTINE_COLUMNS: Final = (\n    ("_line", "string"),\n');
});

test("refuses a name that the layout does not have", () => {
  expect(() => layoutConstants(["RAW_ZONES"])).toThrow(
    /^RAW_ZONES is not a constant of the layout: use one of RAW_ZONE, /,
  );
});
