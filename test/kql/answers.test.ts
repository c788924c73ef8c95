import { createKqlInProcess } from '../support/kql/kql-in-process';

const ring = `datatable(a:string, b:string)["x", "y", "y", "z", "z", "x"] | make-graph a --> b with_node_id = id |`;

/** Queries and the rows they give, argued by hand. */
const answers: readonly (readonly [query: string, rows: readonly (readonly unknown[])[]])[] = [
  ['print a = 1, b = "x" | extend p = pack_all() | project p', [[{ a: 1, b: 'x' }]]],
  ['print a = 1, b = "" | extend p = pack_all(true) | project p', [[{ a: 1 }]]],
  ['print a = 1, b = "x" | extend p = bag_pack_columns(b) | project p', [[{ b: 'x' }]]],
  ['print a = 1 | project x = column_ifexists("a", 0), y = column_ifexists("b", "none"), z = columnifexists("c", 3)', [[1, 'none', 3]]],
  ['let T = datatable(A:string, B:int)[]; print c = column_names_of(T)', [[['A', 'B']]]],
  ['print Timestamp = datetime(2024-01-01) | project t = ingestion_time()', [['2024-01-01T00:00:00.0000000Z']]],
  [
    'datatable(x:long)[10, 10, 5] | sort by x desc | extend d = row_rank_dense(x), m = row_rank_min(x)',
    [
      [10, 1, 1],
      [10, 1, 1],
      [5, 2, 3],
    ],
  ],
  [
    'print a = series_abs(dynamic([-1, 2])), b = series_sign(dynamic([-5, 0])), c = series_floor(dynamic([1.5])), d = series_ceiling(dynamic([1.5]))',
    [[[1, 2], [-1, 0], [1], [2]]],
  ],
  [
    'print a = series_subtract(dynamic([3]), dynamic([1])), b = series_divide(dynamic([3]), dynamic([2])), c = series_pow(dynamic([2]), dynamic([3]))',
    [[[2], [1.5], [8]]],
  ],
  [
    'print a = series_equals(dynamic([1, 2]), dynamic([1, 3])), b = series_not_equals(dynamic([1]), dynamic([1]))',
    [[[true, false], [false]]],
  ],
  [
    'print a = series_less(dynamic([1]), dynamic([2])), b = series_less_equals(dynamic([2]), dynamic([2])), c = series_greater(dynamic([1]), dynamic([2])), d = series_greater_equals(dynamic([2]), dynamic([2]))',
    [[[true], [true], [false], [true]]],
  ],
  [
    'print a = series_sin(dynamic([0])), b = series_cos(dynamic([0])), c = series_tan(dynamic([0])), d = series_asin(dynamic([0])), e = series_acos(dynamic([1])), f = series_atan(dynamic([0]))',
    [[[0], [1], [0], [0], [0], [0]]],
  ],
  ['print a = series_exp(dynamic([0])), b = series_log(dynamic([1]))', [[[1], [0]]]],
  ['datatable(a:long)[1, 2, 3] | where a > toscalar(print 1) and a in ((print x = 3)) | project a', [[3]]],
  ['let f = (T:(x:long)) { T | summarize s = sum(x) }; f((range x from 1 to 3 step 1))', [[6]]],
  ['datatable(a:long)[1, 2] | as X | where a > 1 | union X | count', [[3]]],
  ['declare query_parameters(p:long = 5); print x = p', [[5]]],
  ['let f = (t:datetime) { hourofday(t) }; print h = f(datetime(2020-01-01 18:00)) | getschema | project ColumnType', [['long']]],
  ['let f = (x:long) { x + 1 }; print a = f(long(null)), b = f(2)', [[null, 3]]],
  [
    'datatable(x:long)[-9223372036854775808] | project y = -x, z = -9223372036854775808',
    [['-9223372036854775808', '-9223372036854775808']],
  ],
  ['datatable(t:datetime)[datetime(9999-12-31)] | project a = t + 2d, b = t - 1d', [[null, '9999-12-30T00:00:00.0000000Z']]],
  [
    'print a = datetime("Saturday, 08-Nov-14 15:05:02 GMT"), b = datetime(8 Nov 99)',
    [['2014-11-08T15:05:02.0000000Z', '1999-11-08T00:00:00.0000000Z']],
  ],
  ['range x from 1 to 3 step 1 | summarize a = 1', [[1]]],
  ['datatable(x:long)[] | summarize a = strcat("a", "b")', [['ab']]],
  ['print a = tostring(-0.0), b = -0.0 == 0', [['-0.0', true]]],
  ['datatable(a:real, b:real)[5.5, -3.0, -5.5, 3.0, -5.5, -3.0] | project m = a % b', [[2.5], [0.5], [0.5]]],
  ['datatable(s:string, p:string)["aé", @"^\\w\\w$", "a b", @"^\\w\\w$"] | project m = s matches regex p', [[true], [false]]],
  [`${ring} graph-match cycles=all (p)-[e*4..5]->(q) where p.id == "x" project e.b | summarize sum(array_length(e_b)), count()`, [[9, 2]]],
  [`${ring} graph-match (p)-[e*4..5]->(q) project p.id | count`, [[0]]],
  [`${ring} graph-match cycles=none (p)-[e*1..5]->(q) project p.id | count`, [[6]]],
  [
    `${ring} graph-match (p)--(q)--(r) where p.id == "x" project q.id, r.id | order by q_id asc`,
    [
      ['y', 'z'],
      ['z', 'y'],
    ],
  ],
  [`${ring} graph-match (p)-[e]->(q), (q)-[f]->(r) where p.id == "x" project r.id`, [['z']]],
  [`${ring} graph-match (p)<-[e*1..2]-(q)-->(r) where p.id == "x" and q.id == "y" project e.a, r.id`, []],
  [
    `${ring} graph-match (p)-[e*1..3]->(q) where p.id == "x" and all(e, b != "x") and any(e, a == "y") project m = map(e, strcat(a, b))`,
    [[['xy', 'yz']]],
  ],
  [`${ring} graph-match (p) where p.id startswith "y" or p.id != "y" project p.id | count`, [[3]]],
  [
    'let G = (datatable(a:long, b:long, t:datetime)[1, 2, datetime(2020-01-01)] | make-graph a --> b); G | graph-match ()-[e*1..1]->() project e.t',
    [[['2020-01-01T00:00:00.0000000Z']]],
  ],
  [
    'datatable(a:string, v:long)["a", 1, "a", 2, "b", 1, "c", 7] | top-nested 1 of a with others = "other" by sum(v)',
    [
      ['c', 7],
      ['other', 4],
    ],
  ],
  ['datatable(a:string, v:long)["a", 1, "b", 2] | top-nested 2 of a with others = "other" by sum(v) | where a == "other" | count', [[0]]],
];

describe('a query', () => {
  let kql: Awaited<ReturnType<typeof createKqlInProcess>>;
  beforeAll(async () => {
    kql = await createKqlInProcess();
  });
  afterAll(() => kql.close());

  it.each(answers)('%s', async (query, rows) => {
    const answer = await kql.answer(query);
    if ('diagnostics' in answer) throw new Error(JSON.stringify(answer.diagnostics));
    expect(answer.rows).toEqual(rows);
  });
});
