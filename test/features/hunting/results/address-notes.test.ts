import { addressNotes } from '../../../../src/features/hunting/results/address-notes';
import { plainView, viewHref } from '../../../../src/features/hunting/results/view-state';

const notes = (address: string): string[] => addressNotes(new URLSearchParams(address), 3);

describe('the notes on an address', () => {
  it('are none where the view follows all of it', () => {
    const own = viewHref('', { ...plainView, sort: [{ column: 2, descending: true }], columns: [0, 1, 2], facet: 1, search: 'x' }, {});
    expect(notes(own.slice(1))).toEqual([]);
    expect(notes('f=0.is.99&zzz=1&__proto__=2')).toEqual([]);
  });

  it('name columns that are not there, each once', () => {
    expect(notes('f=3.is.x&sort=3d,2a')).toEqual(['The address names 1 column that this result does not have.']);
    expect(notes('cols=0-2.7&facet=9')).toEqual(['The address names 2 columns that this result does not have.']);
  });

  it('say what is beyond the limits of a view', () => {
    const many = Array.from({ length: 41 }, (_, index) => `f=0.not.${index}`).join('&');
    expect(notes(many)).toEqual(['The address has 41 filters; the first 40 of them count.']);
    expect(notes(`sort=${'0a,'.repeat(9)}`)).toEqual(['The address sorts by 9 columns; the first 8 of them count.']);
    expect(notes(`q=${'x'.repeat(5_000)}`)).toEqual(['A text of the address is longer than 4000 characters; its beginning counts.']);
  });
});
