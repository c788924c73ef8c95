/**
 * The language service is C# compiled to JavaScript, and a third of binding a query goes into that compiler's own helpers: what class an
 * object is of, how long a list is, which instance of a generic class is meant. The answers depend on classes alone, so each is found
 * out once by the helper itself and remembered. What is replaced is checked to be there: another runtime runs as it is.
 */

/* eslint-disable @typescript-eslint/no-explicit-any -- the library has no usable types */
type Foreign = any;

/** Remembered by two objects; the first may be collected. */
function createMemo<Answer>() {
  const known = new WeakMap<object, Map<unknown, Answer>>();
  return (first: object, second: unknown, find: () => Answer): Answer => {
    let answers = known.get(first);
    if (!answers) known.set(first, (answers = new Map()));
    const answer = answers.get(second);
    if (answer !== undefined) return answer;
    const found = find();
    answers.set(second, found);
    return found;
  };
}

const isClass = (type: Foreign): boolean => type.$kind === 'class' || type.$kind === 'nested class';

/** The class of an object that is an instance of one of the library's classes; undefined for arrays, boxes and plain objects. */
const classOf = (value: Foreign): Foreign => {
  const made = value.constructor;
  return typeof made === 'function' && isClass(made) && made.$isArrayEnumerator === undefined ? made : undefined;
};

/** Whether an object is of a class, or of one that has an interface. Types with a test of their own, or of literals, are asked each time. */
function quickTypeTests(bridge: Foreign): void {
  const full = bridge?.is;
  if (typeof full !== 'function') return;
  const remembered = createMemo<boolean>();
  const byClass = (type: Foreign): boolean => type.$isInterface === true || (isClass(type) && !type.$is && !type.$literal);
  bridge.is = (value: Foreign, type: Foreign, ...more: readonly Foreign[]): boolean => {
    if (value === null || typeof value !== 'object' || value.$boxed !== undefined || typeof type !== 'function') {
      return full(value, type, ...more);
    }
    if (value instanceof type) return true;
    const made = byClass(type) ? classOf(value) : undefined;
    return made === undefined ? full(value, type, ...more) : remembered(made, type, () => full(value, type, ...more));
  };
}

/** How a class tells the length of its lists: by a method, by a property, or (no name) only the library knows. */
interface Teller {
  readonly name: string;
  readonly method: boolean;
}

const unknownTeller: Teller = { name: '', method: false };

function tellerOf(prototype: Foreign, alias: string): Teller {
  const generic = `System$Collections$Generic$ICollection$1$${alias}$`;
  const methods = [`${generic}getCount`, 'System$Collections$ICollection$getCount'];
  const method = methods.find((name) => typeof prototype[name] === 'function');
  if (method !== undefined) return { name: method, method: true };
  const property = [`${generic}Count`, 'System$Collections$ICollection$Count', 'Count'].find((name) => name in prototype);
  return property === undefined ? unknownTeller : { name: property, method: false };
}

/** Lengths and elements of lists of a stated type; the library puts the name of the method together anew for each. */
function quickLists(bridge: Foreign, lists: Foreign): void {
  const { getCount, getItem } = lists ?? {};
  if (typeof getCount !== 'function' || typeof getItem !== 'function') return;
  const tellers = createMemo<Teller>();
  lists.getCount = (list: Foreign, type?: Foreign): number => {
    if (Array.isArray(list)) return list.length;
    const made = type === undefined ? undefined : classOf(list);
    if (made === undefined) return getCount(list, type);
    const { name, method } = tellers(made, type, () => tellerOf(made.prototype, bridge.getTypeAlias(type)));
    const length = name === '' ? undefined : method ? list[name]() : list[name];
    return length ?? getCount(list, type);
  };
  const getters = createMemo<string>();
  lists.getItem = (list: Foreign, index: number, type?: Foreign): Foreign => {
    if (type === undefined) return getItem(list, index, type);
    if (Array.isArray(list)) return list[index];
    const made = classOf(list);
    if (made === undefined) return getItem(list, index, type);
    const name = getters(made, type, () => {
      const stated = `System$Collections$Generic$IList$1$${bridge.getTypeAlias(type)}$getItem`;
      return typeof made.prototype[stated] === 'function' ? stated : '';
    });
    return name === '' ? getItem(list, index, type) : list[name](index);
  };
}

/** A place that a called function may write to: a member of an object, or an element of a list. */
class Place {
  constructor(
    private readonly owner: Foreign,
    private readonly member: string | number,
  ) {}
  get v(): Foreign {
    return this.owner[this.member];
  }
  set v(value: Foreign) {
    this.owner[this.member] = value;
  }
}

/** Places to write to, of one class, where the library defines two accessors for each. */
function quickPlaces(bridge: Foreign): void {
  const full = bridge?.ref;
  if (typeof full !== 'function') return;
  bridge.ref = (owner: Foreign, member: Foreign): Foreign =>
    typeof member === 'string' || typeof member === 'number' ? new Place(owner, member) : full(owner, member);
}

/** The instance of a generic class for one type; the library looks through all of them for each object it makes. */
function quickGenerics(classes: Foreign): void {
  const full = classes?.getCachedType;
  if (typeof full !== 'function') return;
  const known = new WeakMap<object, Map<unknown, Foreign>>();
  classes.getCachedType = (generic: Foreign, types: Foreign): Foreign => {
    if (types.length !== 1) return full(generic, types);
    const instance = known.get(generic)?.get(types[0]);
    if (instance !== undefined) return instance;
    const found = full(generic, types);
    if (found == null) return found;
    const instances = known.get(generic) ?? new Map<unknown, Foreign>();
    known.set(generic, instances.set(types[0], found));
    return found;
  };
}

/** Applies them to a runtime that has just been loaded. */
export function speedUpRuntime(bridge: Foreign, system: Foreign): void {
  quickTypeTests(bridge);
  quickLists(bridge, system?.Array);
  quickPlaces(bridge);
  quickGenerics(bridge?.Class);
}
