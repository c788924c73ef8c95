import { fiftyLines } from '../../../src/bench/queries/fifty-lines.data';
import { huntingSchema } from '../../../src/kql/hunting-schema';
import type * as Bridge from '../../../src/kql/bind/bridge';

/* eslint-disable @typescript-eslint/no-explicit-any, @typescript-eslint/no-require-imports -- the library has no usable types, and is two scripts that are looked at before they are changed */
type Helpers = Readonly<
  Record<'is' | 'hasValue' | 'getHashCode' | 'getCount' | 'getItem' | 'ref' | 'getCachedType', (...given: any[]) => any>
>;

const queries = [
  fiftyLines,
  'DeviceProcessEvents | where Timestamp > ago(1d) and FileName in~ ("a.exe", "b.exe") | summarize arg_max(Timestamp, *), dcountif(DeviceId, isnotempty(SHA1)) by bin(Timestamp, 1h), AccountName | order by dcountif_DeviceId',
  'let f = (t: (FileName: string), n: long = 3) { t | where strlen(FileName) > n | extend x = pack("a", 1, "b", dynamic([1, {"c": 2}])).b[1].c }; f(DeviceFileEvents | project FileName) | union (print FileName = "y", x = dynamic(1)) | invoke FileProfile()',
  'DeviceNetworkEvents | join kind=leftouter (DeviceInfo | summarize by DeviceId, OSPlatform) on DeviceId, $left.DeviceName == $right.OSPlatform | mv-apply p = range(1, 3, 1) on (where p > 1) | make-series count() default = 0 on Timestamp from ago(7d) to now() step 1d by RemoteIP',
  'search "x" | parse tostring($table) with a:long " " b | evaluate bag_unpack(todynamic(b)) | scan declare (n: long = 0) with (step s: true => n = s.n + 1;) | take "oops" + nothing',
];

/** The helpers as they stand, where the library keeps them. */
const standing = (): Helpers => {
  const { Bridge: bridge, System: system } = globalThis as any;
  const { is, hasValue, getHashCode, ref } = bridge;
  const { getCount, getItem } = system.Array;
  return { is, hasValue, getHashCode, ref, getCount, getItem, getCachedType: bridge.Class.getCachedType };
};

const stand = ({ getCount, getItem, getCachedType, ...others }: Helpers): void => {
  const { Bridge: bridge, System: system } = globalThis as any;
  Object.assign(bridge, others);
  Object.assign(system.Array, { getCount, getItem });
  bridge.Class.getCachedType = getCachedType;
};

describe('what is remembered of the runtime', () => {
  require('@kusto/language-service-next/bridge.min.js');
  require('@kusto/language-service-next/Kusto.Language.Bridge.min.js');
  const own = standing();
  const { bindQuery } = require('../../../src/kql/bind/bridge') as typeof Bridge;
  bindQuery('print 1', huntingSchema);
  const quick = standing();
  afterEach(() => stand(quick));

  it.each(['is', 'hasValue', 'getHashCode', 'getCount', 'getItem', 'getCachedType'] as const)(
    '%s gives what the runtime itself gives, for all that binding asks',
    (name) => {
      let asked = 0;
      const different: unknown[] = [];
      const both = (...given: any[]): unknown => {
        const [ours, theirs] = [quick[name](...given), own[name](...given)];
        asked += 1;
        if (!Object.is(ours ?? null, theirs ?? null)) different.push([ours, theirs]);
        return ours;
      };
      stand({ ...quick, [name]: both });
      for (const query of queries) bindQuery(`${query} // ${name}`, huntingSchema);
      expect(different).toEqual([]);
      expect(asked).toBeGreaterThan(1_000);
    },
  );

  it('writes through a place as the runtime does', () => {
    for (const { ref } of [own, quick]) {
      const owner = { name: 1, list: [1] };
      const place = ref(owner, 'name');
      place.v += 1;
      expect([place.v, owner.name]).toEqual([2, 2]);
      ref(owner.list, 0).v = 5;
      expect(owner.list).toEqual([5]);
      ref(owner.list, [0]).v = 6;
      expect(owner.list).toEqual([6]);
    }
  });

  it('binds to the same tree and the same findings', () => {
    const bound = (helpers: Helpers, tail: string) => {
      stand(helpers);
      return queries.map((query) => {
        const result = bindQuery(query + tail, huntingSchema);
        return { type: result?.resultType, kind: result?.kind, findings: result?.findings };
      });
    };
    const ours = bound(quick, '\n// quick');
    expect(ours.every(({ type }) => type !== undefined)).toBe(true);
    expect(ours).toEqual(bound(own, '\n// plain'));
  });
});
