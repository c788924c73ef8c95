import { dynamicTree } from '../../../../src/features/hunting/results/dynamic-tree';

describe('the tree of a value', () => {
  it('names the path of every node as KQL reaches it, digit for digit', () => {
    const { tree, note } = dynamicTree('{"a":[1.10,{"b c":12345678901234567890}],"__proto__":null}', 'D');
    expect(tree.map(({ key, path }) => [key, path])).toEqual([
      ['a', 'D.a'],
      ['__proto__', 'D.__proto__'],
    ]);
    expect(tree[0]?.children[0]).toMatchObject({ path: 'D.a[0]', text: '1.10' });
    expect(tree[0]?.children[1]?.children[0]).toMatchObject({ path: 'D.a[1]["b c"]', text: '12345678901234567890' });
    expect(note).toBeNull();
  });

  it('brackets keys that KQL would read as its own words', () => {
    expect(dynamicTree('{"where":1,"time":2,"name":3}', 'D').tree.map(({ path }) => path)).toEqual(['D["where"]', 'D["time"]', 'D.name']);
  });

  it.each([
    ['one long array', JSON.stringify(Array.from({ length: 200_000 }, (_, index) => index))],
    ['arrays in an array', JSON.stringify(Array.from({ length: 300 }, () => Array.from({ length: 10 }, () => 1)))],
  ])('says that it does not show all of %s', (_, json) => {
    const { tree, note } = dynamicTree(json, 'D');
    expect(note).toBe('The tree shows the first 2,000 parts of this value.');
    expect(tree.length).toBeGreaterThan(100);
  });

  it('says nothing of a value that it shows to the last part', () => {
    const { tree, note } = dynamicTree(JSON.stringify(Array.from({ length: 2_000 }, () => 0)), 'D');
    expect([tree.length, note]).toEqual([2_000, null]);
  });
});
