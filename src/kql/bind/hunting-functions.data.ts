/** The functions that advanced hunting adds to KQL, written in KQL over the hunting tables; filled in by bind/ as the binder needs them. */
export interface HuntingFunction {
  readonly name: string;
  readonly parameters: string;
  readonly body: string;
  readonly about: string;
}

export const huntingFunctions: readonly HuntingFunction[] = [];
