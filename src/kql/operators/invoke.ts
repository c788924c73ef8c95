import type { SyntaxNode } from '../bind/syntax-node';
import { bodyEnvironment, finalExpression } from '../translate/inlining';
import type { Relation } from '../translate/relation';
import { deviceFromIp, seenBy } from './hunting/device-lookups';
import { fileProfile } from './hunting/file-profile';
import { exact, type OperatorContext, type OperatorRow } from './operator-row';

type HuntingInvocation = (call: SyntaxNode, node: SyntaxNode, context: OperatorContext) => Relation;

const huntingInvocations: Readonly<Record<string, HuntingInvocation>> = {
  FileProfile: fileProfile,
  DeviceFromIP: deviceFromIp,
  SeenBy: seenBy,
};

function emit(node: SyntaxNode, context: OperatorContext): Relation {
  const { translation, environment, input, scope } = context;
  const call = node.need('Function');
  const known = environment.lookup(call.name) ? undefined : huntingInvocations[call.name];
  if (known) return known(call, node, context);
  const inner = bodyEnvironment(call, { ...scope, row: undefined }, { kind: 'table', value: () => input });
  return translation.tabular(finalExpression(call, scope), inner);
}

/** T | invoke f(...): the rows become f's first argument. */
export const invoke: OperatorRow = { name: 'invoke', rule: 'R-5', support: exact, emit };
