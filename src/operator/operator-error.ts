/** A command cannot go on: what happened, and what to do about it. Both are shown as they are. */
export class OperatorError extends Error {
  constructor(
    readonly what: string,
    readonly remedy: string,
  ) {
    super(what);
    this.name = 'OperatorError';
  }
}
