import type { ViewState } from '../../features/hunting/results/view-state';
import { columns } from './kept-result';

const at = (name: string): number => columns.findIndex((column) => column.name === name);
const by = (...names: readonly string[]): ViewState['sort'] => names.map((name, index) => ({ column: at(name), descending: index % 2 === 0 }));
const where = (name: string, test: ViewState['filters'][number]['test'], value: string): ViewState['filters'][number] => ({
  column: at(name),
  test,
  value,
});

/** Views as readers choose them; `far` is the last page of the whole result, `middle` the one half-way. */
export const looks = (pages: number): readonly (readonly [string, Partial<ViewState>])[] => [
  ['the first page', {}],
  ['the last page', { page: pages }],
  ['sorted by time', { sort: by('Timestamp') }],
  ['sorted by a text', { sort: by('ProcessCommandLine') }],
  ['sorted by numbers with nulls', { sort: by('FileSize') }],
  ['sorted by three columns', { sort: by('DeviceName', 'FileName', 'Timestamp') }],
  ['sorted by time, half-way', { sort: by('Timestamp'), page: Math.ceil(pages / 2) }],
  ['sorted by a text, half-way', { sort: by('ProcessCommandLine'), page: Math.ceil(pages / 2) }],
  ['sorted by three, half-way', { sort: by('DeviceName', 'FileName', 'Timestamp'), page: Math.ceil(pages / 2) }],
  ['sorted by three, the last page', { sort: by('DeviceName', 'FileName', 'Timestamp'), page: pages }],
  ['one value', { filters: [where('DeviceName', 'is', 'host-7.contoso.example')] }],
  ['a text contains', { filters: [where('ProcessCommandLine', 'has', 'task42.ps1')] }],
  ['a text contains, in every row', { filters: [where('ProcessCommandLine', 'has', '-Run')] }],
  ['a range, sorted', { filters: [where('FileSize', 'from', '80000000')], sort: by('FileSize', 'DeviceName') }],
  ['filled and not a value', { filters: [where('FileSize', 'filled', ''), where('FileName', 'not', 'cmd.exe')] }],
  ['search: in every row', { search: 'contoso' }],
  ['search: in few rows', { search: 'user217 task13.ps1' }],
  ['search: nowhere', { search: 'mimikatz' }],
  ['search: digits', { search: '4624' }],
  ['search: two letters', { search: 'zz' }],
  ['search, sorted', { search: 'host-99', sort: by('Timestamp') }],
  ['facet of few values', { facet: at('ActionType') }],
  ['facet of 40,000 values', { facet: at('SHA1') }],
  ['facet of a different value each', { facet: at('ProcessCommandLine') }],
  ['facet of numbers', { facet: at('LogonId') }],
  ['facet of a filtered view', { facet: at('AccountName'), filters: [where('FileName', 'is', 'cmd.exe')] }],
  ['without empty and constant columns', { lean: true }],
  ['without those, filtered', { lean: true, filters: [where('FileName', 'is', 'cmd.exe')] }],
  ['a row far down', { page: Math.ceil(pages / 2), row: Math.ceil(pages / 2) * 100 - 50 }],
  ['a chart of the rows', { chart: 'timechart' }],
];
