import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { packStream } from '../../../../src/features/hunting/evidence/pack';
import { unzip } from '../../../support/unzip';

describe('a pack', () => {
  it('holds its files whole, and a manifest with their lengths and hashes', async () => {
    async function* rows() {
      for (let n = 0; n < 1_000; n += 1) yield `row ${n}\n`;
    }
    const files = [
      { name: 'query.kql', content: () => ['DeviceInfo ü'] },
      { name: 'results.txt', content: rows },
    ];
    const found = await unzip(await buffer(packStream(files, { run: 'r' })));
    expect([...found.keys()]).toEqual(['query.kql', 'results.txt', 'manifest.json']);
    expect(found.get('query.kql')).toBe('DeviceInfo ü');
    const manifest = JSON.parse(found.get('manifest.json') ?? '') as {
      run: string;
      files: { name: string; bytes: number; sha256: string }[];
    };
    expect(manifest.run).toBe('r');
    for (const { name, bytes, sha256 } of manifest.files) {
      const content = Buffer.from(found.get(name) ?? '');
      expect([bytes, sha256]).toEqual([content.length, createHash('sha256').update(content).digest('hex')]);
    }
    expect(manifest.files).toHaveLength(2);
  });

  it('fails as a whole when one of its files does', async () => {
    async function* failing() {
      yield 'first';
      throw new Error('the engine stopped');
    }
    await expect(buffer(packStream([{ name: 'results.txt', content: failing }], {}))).rejects.toThrow('the engine stopped');
  });
});
