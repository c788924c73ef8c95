import type { Trap } from './trap';

/** R-63 Graphs. A recursion without memory goes round in circles: five rows. */
export const trap: Trap = {
  rule: 'R-63',
  query:
    'datatable(a:string, b:string)["x", "y", "y", "x"] | make-graph a --> b with_node_id = id | graph-match (p)-[e*1..5]->(q) where p.id == "x" project q.id, e.b | sort by array_length(e_b) asc',
  columns: ['q_id', 'e_b'],
  rows: [
    ['y', ['y']],
    ['x', ['y', 'x']],
  ],
};
