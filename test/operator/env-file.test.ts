import { parseEnv } from 'node:util';
import { editEnv, EnvFileError } from '../../src/operator/env-file';

test('an empty file gets the lines', () => {
  expect(editEnv('', { A: '1', B: 'two words' })).toBe("A=1\nB='two words'\n");
});

test('what is there is changed in its place, and everything else is kept to the letter', () => {
  const before = '# mine\n\nFIRST=1 # why\nA=old\n  export B = "x"\nLAST=\'a b\'';
  expect(editEnv(before, { A: 'new', B: 'y' })).toBe("# mine\n\nFIRST=1 # why\nA=new\nexport B=y\nLAST='a b'");
});

test('a file with Windows line ends keeps them', () => {
  expect(editEnv('A=1\r\nB=2\r\n', { A: '3', C: '4' })).toBe('A=3\r\nB=2\r\nC=4\r\n');
});

test('a value of several lines is replaced whole, and one beside it is kept whole', () => {
  const before = 'KEY="-----BEGIN\nA=not this\n-----END"\nA="one\ntwo"\nB=2\n';
  const after = editEnv(before, { A: 'x' });
  expect(after).toBe('KEY="-----BEGIN\nA=not this\n-----END"\nA=x\nB=2\n');
});

test('the last of several counts, as it does for Node', () => {
  expect(editEnv('A=1\nB=2\nA=3\n', { A: '4' })).toBe('B=2\nA=4\n');
});

test('a commented line is a comment', () => {
  expect(editEnv('# A=1\n#A=2\n', { A: '3' })).toBe('# A=1\n#A=2\nA=3\n');
});

test('taking out leaves nothing behind', () => {
  expect(editEnv('A=1\nS="se\ncret"\nB=2', { S: null })).toBe('A=1\nB=2');
});

test.each(["it's", 'say "hi"', 'both \' and "', 'a#b', ' spaces ', 'C:\\new\\table', '$HOME', 'x=y', 'ü'])(
  '%j comes back as it was',
  (value) => {
    expect(parseEnv(editEnv('Z=1\n', { A: value }))).toEqual({ Z: '1', A: value });
  },
);

test.each(['a\nb', 'nul\u0000', '\' " `'])('%j is refused', (value) => {
  expect(() => editEnv('', { A: value })).toThrow(EnvFileError);
});

test('the same again changes nothing', () => {
  const once = editEnv('X=1\n', { A: 'a b', B: null });
  expect(editEnv(once, { A: 'a b', B: null })).toBe(once);
});

test('a file whose quotes never end is left alone rather than guessed at', () => {
  const before = 'A=1\nB="never ends\nC=3\n';
  const after = editEnv(before, { C: '4' });
  expect(parseEnv(after)).toEqual({ ...parseEnv(before), C: '4' });
});
