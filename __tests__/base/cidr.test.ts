import { type Cidr, contains, firstFree, formatCidr, overlaps, parseCidr } from "../../base/cidr";

/** Reads a range the test knows to be one. */
function range(text: string): Cidr {
  const read = parseCidr(text);
  if (read === undefined) throw new Error(`${text} is not a range`);
  return read;
}

/** Ranges spread over the address space by a fixed rule, so that every run sees the same ones. */
function sample(count: number): Cidr[] {
  return Array.from({ length: count }, (_, index) => {
    const hash = Math.imul(index + 1, 2654435761) >>> 0;
    const octets = [24, 16, 8, 0].map((shift) => Math.floor(hash / 2 ** shift) % 256);
    return range(`${octets.join(".")}/${8 + (index % 21)}`);
  });
}

test.each([
  "10.0.0.0",
  "10.0.0.0/33",
  "10.0.0.0/-1",
  "10.0.0/16",
  "10.0.0.256/24",
  "010.0.0.0/8",
  "10.0.0.0/16 ",
  "::/0",
  "",
])("%p is not a range", (text) => expect(parseCidr(text)).toBeUndefined());

test("a range knows its first and last address", () => {
  expect(range("10.100.3.7/24")).toEqual({ first: 0x0a640300, last: 0x0a6403ff, prefix: 24 });
  expect(range("255.255.255.255/32")).toEqual({ first: 0xffffffff, last: 0xffffffff, prefix: 32 });
  expect(range("0.0.0.0/0")).toEqual({ first: 0, last: 0xffffffff, prefix: 0 });
});

test("writing and reading a range gives the same range", () => {
  for (const cidr of sample(500)) expect(range(formatCidr(cidr))).toEqual(cidr);
});

test("two ranges are nested or apart, and overlap in both directions alike", () => {
  const ranges = sample(80);
  for (const one of ranges) {
    for (const other of ranges) {
      expect(overlaps(one, other)).toBe(contains(one, other) || contains(other, one));
      expect(overlaps(one, other)).toBe(overlaps(other, one));
    }
  }
});

test("ranges that share one address overlap, neighbours do not", () => {
  expect(overlaps(range("10.0.0.255/32"), range("10.0.0.0/24"))).toBe(true);
  expect(overlaps(range("10.0.0.0/24"), range("10.0.0.255/32"))).toBe(true);
  expect(overlaps(range("10.0.0.0/24"), range("10.0.1.0/24"))).toBe(false);
});

test("the first free range is inside, aligned, of the size asked for, and meets nothing that is taken", () => {
  const outer = range("10.100.0.0/16");
  const taken: Cidr[] = [];
  for (let index = 0; index < 60; index += 1) {
    const prefix = 20 + (Math.imul(index, 7) % 9);
    const free = firstFree(outer, prefix, taken);
    if (free === undefined) continue;
    expect(free.prefix).toBe(prefix);
    expect(range(formatCidr(free))).toEqual(free);
    expect(contains(outer, free)).toBe(true);
    expect(taken.some((other) => overlaps(other, free))).toBe(false);
    taken.push(free);
  }
  expect(taken.length).toBeGreaterThan(40);
});

test("a full range has none free", () => {
  const outer = range("10.0.0.0/24");
  expect(firstFree(outer, 25, [range("10.0.0.0/25"), range("10.0.0.128/26")])).toBeUndefined();
  expect(firstFree(outer, 26, [range("10.0.0.0/25"), range("10.0.0.128/26")])).toEqual(
    range("10.0.0.192/26"),
  );
  expect(firstFree(outer, 23, [])).toBeUndefined();
});
