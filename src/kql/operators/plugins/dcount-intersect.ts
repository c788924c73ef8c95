import { kept } from '../../functions/sketch-functions';
import type { NewColumn } from '../../translate/translation';
import type { PluginRow } from '../evaluate';

/** evaluate dcount_intersect(hll1, hll2, ...): how many values the first set has, the first two have in common, the first three, and so on. */
export const dcountIntersect: PluginRow = {
  name: 'dcount_intersect',
  rule: 'R-51',
  support: kept,
  emit: (call, _node, { translation, input, scope }) => {
    const sets = call.need('ArgumentList').list('Expressions');
    let common = '';
    const columns = sets.map((set, index): NewColumn => {
      const hashes = `coalesce(json_extract_string(${translation.scalar(set, scope).sql}, '$[1][*]'), [])`;
      common = index === 0 ? hashes : `list_intersect(${common}, ${hashes})`;
      return { name: `s${index}`, type: 'long', expression: `len(${common})` };
    });
    return translation.select(columns, input);
  },
};
