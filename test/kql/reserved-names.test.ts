import { load } from '../../src/kql/bind/language-service';
import { reservedNames } from '../../src/kql/reserved-names.data';

/** The parts of the language service that know its words; the library has no usable types. */
interface Library {
  readonly Kusto: {
    readonly Language: {
      readonly KustoFacts: { BracketNameIfNecessary(name: string): string };
      readonly Syntax: { readonly SyntaxFacts: { GetText(kind: number): unknown }; readonly SyntaxKind: Readonly<Record<string, number>> };
    };
  };
}

it('names every word that the language service puts in brackets, and the three literals', () => {
  load();
  const { KustoFacts, Syntax } = (globalThis as unknown as Library).Kusto.Language;
  const kinds = Object.values(Syntax.SyntaxKind).filter((kind) => typeof kind === 'number');
  const words = kinds.map((kind) => String(Syntax.SyntaxFacts.GetText(kind))).filter((word) => /^[A-Za-z_]\w*$/.test(word));
  const bracketed = words.filter((word) => KustoFacts.BracketNameIfNecessary(word) !== word);
  expect(bracketed.length).toBeGreaterThan(100);
  expect([...reservedNames].sort()).toEqual([...new Set([...bracketed, 'true', 'false', 'null'])].sort());
});
