/**
 * The language service is C# compiled to JavaScript, and half of binding a query goes into that compiler's own helpers: what class an
 * object is of, how long a list is, which instance of a generic class is meant. The answers depend on classes alone, so each is found
 * out once by the helper itself and remembered. What is replaced is checked to be there: another runtime runs as it is.
 */

/* eslint-disable @typescript-eslint/no-explicit-any -- the library has no usable types */
type Foreign = any;

/** Remembered by two objects. Asked some ten thousand times a query: nothing is made on the way. */
function createMemo<Answer>() {
  const known = new WeakMap<object, Map<unknown, Answer>>();
  return {
    recall: (first: object, second: unknown): Answer | undefined => known.get(first)?.get(second),
    keep: (first: object, second: unknown, answer: Answer): Answer => {
      const answers = known.get(first) ?? new Map<unknown, Answer>();
      known.set(first, answers.set(second, answer));
      return answer;
    },
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
  const { recall, keep } = createMemo<boolean>();
  const byClass = (type: Foreign): boolean => type.$isInterface === true || (isClass(type) && !type.$is && !type.$literal);
  // eslint-disable-next-line max-params -- as the library calls it
  bridge.is = (value: Foreign, type: Foreign, ignoreFunction: Foreign, allowNull: Foreign): boolean => {
    if (value === null || typeof value !== 'object' || value.$boxed !== undefined || typeof type !== 'function') {
      return full(value, type, ignoreFunction, allowNull);
    }
    if (value instanceof type) return true;
    const made = byClass(type) ? classOf(value) : undefined;
    if (made === undefined) return full(value, type, ignoreFunction, allowNull);
    return recall(made, type) ?? keep(made, type, full(value, type, ignoreFunction, allowNull));
  };
}

/** Whether something is there at all: of what is in no box that is plain. (In arrays the library opens boxes on the way.) */
function quickPresence(bridge: Foreign): void {
  const full = bridge?.hasValue;
  if (typeof full !== 'function') return;
  bridge.hasValue = (value: Foreign): boolean =>
    value !== null && value !== undefined && ((value.$boxed === undefined && !Array.isArray(value)) || full(value));
}

/** How a class tells the length of its lists: by a method, by a property, or (no name) only the library knows. */
interface Teller {
  readonly name: string;
  readonly method: boolean;
}

function tellerOf(prototype: Foreign, alias: string): Teller {
  const generic = `System$Collections$Generic$ICollection$1$${alias}$`;
  const methods = [`${generic}getCount`, 'System$Collections$ICollection$getCount'];
  const method = methods.find((name) => typeof prototype[name] === 'function');
  if (method !== undefined) return { name: method, method: true };
  const property = [`${generic}Count`, 'System$Collections$ICollection$Count', 'Count'].find((name) => name in prototype);
  return { name: property ?? '', method: false };
}

/** Lengths of lists of a stated type; the library puts the name of the method together anew for each. */
function quickLengths(bridge: Foreign, lists: Foreign): void {
  const full = lists?.getCount;
  if (typeof full !== 'function') return;
  const { recall, keep } = createMemo<Teller>();
  lists.getCount = (list: Foreign, type?: Foreign): number => {
    if (Array.isArray(list)) return list.length;
    const made = type === undefined ? undefined : classOf(list);
    if (made === undefined) return full(list, type);
    const { name, method } = recall(made, type) ?? keep(made, type, tellerOf(made.prototype, bridge.getTypeAlias(type)));
    const length = name === '' ? undefined : method ? list[name]() : list[name];
    return length ?? full(list, type);
  };
}

/** Elements of such lists. */
function quickElements(bridge: Foreign, lists: Foreign): void {
  const full = lists?.getItem;
  if (typeof full !== 'function') return;
  const { recall, keep } = createMemo<string>();
  const getterOf = (prototype: Foreign, type: Foreign): string => {
    const name = `System$Collections$Generic$IList$1$${bridge.getTypeAlias(type)}$getItem`;
    return typeof prototype[name] === 'function' ? name : '';
  };
  lists.getItem = (list: Foreign, index: number, type?: Foreign): Foreign => {
    if (type === undefined) return full(list, index, type);
    if (Array.isArray(list)) return list[index];
    const made = classOf(list);
    if (made === undefined) return full(list, index, type);
    const name = recall(made, type) ?? keep(made, type, getterOf(made.prototype, type));
    return name === '' ? full(list, index, type) : list[name](index);
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

/** The instance of a generic class for its types; the library looks through all of them for each object it makes. */
function quickGenerics(classes: Foreign): void {
  const full = classes?.getCachedType;
  if (typeof full !== 'function') return;
  const [one, several] = [createMemo<Foreign>(), createMemo<Map<unknown, Foreign>>()];
  const ofTwo = (generic: Foreign, types: Foreign): Foreign => {
    const seconds = several.recall(generic, types[0]) ?? several.keep(generic, types[0], new Map());
    const known = seconds.get(types[1]);
    if (known !== undefined) return known;
    const found = full(generic, types);
    if (found != null) seconds.set(types[1], found);
    return found;
  };
  classes.getCachedType = (generic: Foreign, types: Foreign): Foreign => {
    if (types.length === 2) return ofTwo(generic, types);
    if (types.length !== 1) return full(generic, types);
    const known = one.recall(generic, types[0]);
    if (known !== undefined) return known;
    const found = full(generic, types);
    return found == null ? found : one.keep(generic, types[0], found);
  };
}

/**
 * Hash codes of the library's small value types (a keyword's text among them), which say them themselves. On the long way the library
 * marks each on the way in and deletes the mark on the way out, which turns the object into a slow one for good.
 */
function quickHashes(bridge: Foreign): void {
  const full = bridge?.getHashCode;
  if (typeof full !== 'function') return;
  bridge.getHashCode = (value: Foreign, safe: Foreign, deep: Foreign): number => {
    const own = value?.constructor?.$kind === 'nested struct' && value.$boxed === undefined ? value.getHashCode : undefined;
    return typeof own === 'function' && own.length === 0 ? own.call(value) : full(value, safe, deep);
  };
}

/** Applies them to a runtime that has just been loaded. */
export function speedUpRuntime(bridge: Foreign, system: Foreign): void {
  quickTypeTests(bridge);
  quickPresence(bridge);
  quickLengths(bridge, system?.Array);
  quickElements(bridge, system?.Array);
  quickPlaces(bridge);
  quickGenerics(bridge?.Class);
  quickHashes(bridge);
}
