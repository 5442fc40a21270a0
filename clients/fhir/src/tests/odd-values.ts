/** A resource with something odd in the place of each of its values, one at a time. */
const ODD: readonly unknown[] = [null, true, -1, 1.5, '', 'x', [], [null], {}, [{}], { coding: [null] }, { coding: {} }, { coding: [{ system: 7 }] }, { identifier: 'x' }, '2026-13-01', '9999-12-31T23:59:59Z'];

export function* oddVariants(resource: object): Generator<string> {
  const text = JSON.stringify(resource);
  function* places(node: unknown, at: readonly string[]): Generator<readonly string[]> {
    if (typeof node !== 'object' || node === null) return;
    for (const [name, value] of Object.entries(node)) {
      yield [...at, name];
      yield* places(value, [...at, name]);
    }
  }
  for (const place of places(JSON.parse(text), [])) {
    for (const odd of ODD) {
      const whole = JSON.parse(text) as Record<string, unknown>;
      const inner = place.slice(0, -1).reduce((node, name) => node[name] as Record<string, unknown>, whole);
      inner[place.at(-1) as string] = odd;
      yield JSON.stringify(whole);
    }
  }
  // Numbers that a double, or a reader of exponents, does not know.
  for (const { index, 0: number } of text.matchAll(/(?<=:)\d+(\.\d+)?(?=[,}])/g)) {
    for (const written of ['1e9999', '1E-9999', '-0', '1'.repeat(70)]) yield text.slice(0, index) + written + text.slice(index + number.length);
  }
}
