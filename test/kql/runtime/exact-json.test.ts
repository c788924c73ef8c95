import { identityOf, jsonReal, readJson, writeJson } from '../../../src/kql/runtime/json/exact-json';
import { fc } from '../../support/properties';

describe('exact JSON', () => {
  it('keeps the digits of numbers and the order of keys', () => {
    const text = '{"b":12345678901234567890,"a":[1.0,1e3,-0.10],"10":1,"2":2}';
    expect(writeJson(readJson(text) ?? null)).toBe(text);
  });

  it.each(['', '{', '[1,]', '{"a"}', '01', 'nan', "'a'", '"a\tb"', '1 2', '['.repeat(500)])('takes %j for no JSON', (text) => {
    expect(readJson(text)).toBeUndefined();
  });

  it('reads and writes whatever JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.json(), (text) => JSON.stringify(JSON.parse(writeJson(readJson(text) ?? null))) === JSON.stringify(JSON.parse(text))),
    );
  });

  it('knows equal values by their identity', () => {
    expect(identityOf(readJson('{"a":1,"b":[2.0]}') ?? null)).toBe(identityOf(readJson('{"b":[2.00],"a":1}') ?? null));
    expect(identityOf(readJson('1') ?? null)).not.toBe(identityOf('1'));
  });

  it('writes reals as the engine shows them', () => {
    expect([5, 1.5, NaN, -Infinity].map((value) => writeJson(jsonReal(value)))).toEqual(['5.0', '1.5', '"NaN"', '"-Infinity"']);
  });
});
