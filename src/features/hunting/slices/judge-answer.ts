import { stepsOf } from './query-lexer';
import type { Cut } from '../runs/run';

export interface AnswerFacts {
  readonly rows: number;
  readonly unknownKeys: number;
  /** The service pointed to a further page. */
  readonly more: boolean;
}

export interface Judgement {
  readonly cut: Cut | null;
  readonly doubts: readonly string[];
}

export interface Asked {
  readonly query: string;
  readonly rowLimit: number;
  readonly userTake?: number | undefined;
  /** False where the service could not be told the window. */
  readonly bounded?: boolean;
}

/** Limits of other services and of former years, beside the powers of ten that limits like to be. */
const otherLimits = new Set([30_000, 50_000]);

const looksLikeALimit = (rows: number): boolean => otherLimits.has(rows) || /^10*$/.test(String(rows));

/** An answer that has one row whatever the data are. */
const isOneRow = (query: string): boolean => {
  const steps = stepsOf(query).steps.filter(({ text }) => !/^render\b/.test(text));
  const last = steps.at(-1)?.text ?? '';
  return /^(count|print)\b/.test(last) || (/^summarize\b/.test(last) && !/\bby\b/.test(last));
};

const isAsAsked = ({ rows }: Pick<AnswerFacts, 'rows'>, asked: Asked): boolean =>
  asked.userTake !== undefined && asked.userTake <= asked.rowLimit && rows === asked.userTake;

/**
 * Services cut at a limit without a word, and a limit is a round number. An answer of such a size is counted by a second,
 * cheap call before it may be called complete; not where the query itself asked for so many rows. What is known to be cut is
 * counted too: the analyst learns of how many rows, and time slices how fine they have to be.
 */
export const needsCount = (facts: AnswerFacts, asked: Asked): boolean => {
  if (isAsAsked(facts, asked)) return false;
  if (facts.more || facts.rows >= asked.rowLimit) return true;
  return looksLikeALimit(facts.rows) && !(facts.rows === 1 && isOneRow(asked.query));
};

const countDoubt = (rows: number, counted: number | undefined): string =>
  counted === undefined
    ? `Exactly ${rows} rows came, which may be a limit of the service, and counting them there failed.`
    : `${rows} rows came, but the service then counted ${counted}: its data changed meanwhile.`;

const unbounded = 'This service takes no time span, and none could be written into the query: only the query’s own time filter applies.';
const strangeNames = 'The answer held values under names that its own schema does not list; they are not kept.';

/**
 * Whether an answer that arrived whole is all there is. `counted`: what the service says when it is asked how many rows there
 * are; undefined where that was not asked or not answered. The query's own `take` is never a cut, even where it equals the limit.
 */
export const judgeAnswer = (facts: AnswerFacts, asked: Asked, counted?: number): Judgement => {
  const doubts = [...(facts.unknownKeys > 0 ? [strangeNames] : []), ...(asked.bounded === false ? [unbounded] : [])];
  if (facts.more) return { cut: 'rows', doubts };
  if (isAsAsked(facts, asked)) return { cut: null, doubts };
  if (facts.rows >= asked.rowLimit || (counted !== undefined && counted > facts.rows)) return { cut: 'rows', doubts };
  if (needsCount(facts, asked) && counted !== facts.rows) return { cut: null, doubts: [...doubts, countDoubt(facts.rows, counted)] };
  return { cut: null, doubts };
};
