import { judgeAnswer, needsCount } from '../../../../src/features/hunting/slices/judge-answer';

const asked = { query: 'T | where a', rowLimit: 100_000 };
const facts = (rows: number) => ({ rows, unknownKeys: 0, more: false });

describe('an answer', () => {
  it('at the service’s row limit is cut', () => {
    expect(judgeAnswer(facts(100_000), asked).cut).toBe('rows');
    expect(judgeAnswer(facts(99_999), asked).cut).toBeNull();
  });

  it('of as many rows as the query itself takes is whole', () => {
    expect(judgeAnswer(facts(100), { ...asked, userTake: 100 })).toEqual({ cut: null, doubts: [] });
    expect(judgeAnswer(facts(100_000), { ...asked, userTake: 100_000 }).cut).toBeNull();
    expect(judgeAnswer(facts(100_000), { ...asked, userTake: 200_000 }).cut).toBe('rows');
  });

  it('with a further page is cut', () => {
    expect(judgeAnswer({ ...facts(5), more: true }, asked).cut).toBe('rows');
  });

  it('of a round size is counted, and believed only when the count agrees', () => {
    expect(needsCount(facts(1_000), asked)).toBe(true);
    expect(judgeAnswer(facts(1_000), asked, 1_000)).toEqual({ cut: null, doubts: [] });
    expect(judgeAnswer(facts(1_000), asked, 1_001).cut).toBe('rows');
    expect(judgeAnswer(facts(1_000), asked).doubts).toHaveLength(1);
    expect(judgeAnswer(facts(1_000), asked, 999).doubts).toHaveLength(1);
  });

  it.each([
    [1, 'T | count', false],
    [1, 'T | summarize n = count()', false],
    [1, 'T | summarize n = count() by a', true],
    [1, 'T | where a', true],
    [10, 'T | count', true],
    [12, 'T', false],
    [30_000, 'T', true],
    [0, 'T', false],
    [100_000, 'T', true],
  ])('of %d rows of %j: a count is needed: %s', (rows, query, expected) => {
    expect(needsCount(facts(rows), { ...asked, query })).toBe(expected);
  });

  it('with values under unknown names is in doubt', () => {
    expect(judgeAnswer({ ...facts(3), unknownKeys: 1 }, asked).doubts).toHaveLength(1);
  });
});
