import { huntingSchema } from '../../../../src/kql/hunting-schema';
import { columnsAtOnce, openColumns, shownColumns } from '../../../../src/features/hunting/results/shown-columns';
import { plainView } from '../../../../src/features/hunting/results/view-state';
import type { Column } from '../../../../src/kql/schema';

const columns = (count: number): Column[] => Array.from({ length: count }, (_, index) => ({ name: `C${index}`, type: 'string' }));
const positions = (count: number): number[] => columns(count).map((_, index) => index);

describe('the columns of a view', () => {
  it('are all side by side while they are few', () => {
    expect(shownColumns(plainView, columns(3), null)).toEqual({ chosen: [0, 1, 2], shown: [0, 1, 2], part: 1 });
  });

  it('are all shown for any table of advanced hunting', () => {
    expect(columnsAtOnce).toBeGreaterThan(Math.max(...huntingSchema.tables.map((table) => table.columns.length)));
  });

  it('are shown in parts where they are many, each column in exactly one', () => {
    const many = columns(223);
    const parts = [1, 2, 3].map((part) => shownColumns({ ...plainView, part }, many, null));
    expect(parts.map(({ shown }) => shown.length)).toEqual([columnsAtOnce, columnsAtOnce, 23]);
    expect(parts.flatMap(({ shown }) => shown)).toEqual(positions(223));
    expect(parts[0]?.chosen).toEqual(positions(223));
  });

  it('are the last part where the address asks for one beyond it', () => {
    expect(shownColumns({ ...plainView, part: 99 }, columns(columnsAtOnce + 1), null).part).toBe(2);
  });

  it('leave out what says nothing, unless that is all', () => {
    const lean = { ...plainView, lean: true };
    expect(shownColumns(lean, columns(3), [true, false, true]).shown).toEqual([1]);
    expect(shownColumns(lean, columns(2), [true, true]).shown).toEqual([0, 1]);
  });
});

describe('the columns of an open row', () => {
  it('are those of the table first, then those it leaves out', () => {
    expect(openColumns(plainView, [3, 1], columns(5)).shown).toEqual([3, 1, 0, 2, 4]);
  });

  it('come in parts, each column in exactly one, of which the first are the parts of the table', () => {
    const many = columns(223);
    const chosen = positions(223).filter((position) => position !== 7);
    const parts = [1, 2, 3].map((part) => openColumns({ ...plainView, part }, chosen, many));
    expect(parts.flatMap(({ shown }) => shown)).toEqual([...chosen, 7]);
    expect(parts[0]?.shown).toEqual(shownColumns({ ...plainView, columns: chosen }, many, null).shown);
    expect(openColumns({ ...plainView, part: 99 }, chosen, many)).toEqual(parts[2]);
  });
});
