import type { DirectiveNode, DocumentNode, FieldNode, FragmentDefinitionNode, GraphQLSchema, OperationDefinitionNode, SelectionSetNode } from 'graphql';
import type { GraphQLNamedType, GraphQLObjectType } from 'graphql';
import { Kind, getNamedType, getNullableType, isAbstractType, isCompositeType, isInterfaceType, isListType, isObjectType } from 'graphql';
import type { AnyField, Reckoning, Variables } from './cost-inputs.ts';
import { inputObjectsOf, isPaged, pageSizeOf, reckon } from './cost-inputs.ts';
import { RequestError } from './errors.ts';

/**
 * What an operation costs, in points: at most, from the document and its variables before anything is carried out,
 * and really, from the answer. Both follow the same rule, which stands in the contract at the directive `@cost`.
 *
 * A document is turned into a plan once and kept as long as its parsed form is; a request only puts its variables
 * in. The plan merges fields as execution does, and shares what fragments repeat, so that neither making nor
 * reckoning it takes longer than the document is long, however its fragments fan out.
 */

/** An operation that may cost more is refused, in points. */
export const DOCUMENT_COST_MAX = 20_000;
/** Every operation costs at least this. */
const OPERATION_COST_MIN = 1;
const OBJECT_COST = 1;
const MUTATION_COST = 10;
/** Items of a list without pages that count, unless `@listSize` says otherwise. */
const LIST_SIZE_ASSUMED = 5;
/** Introspection costs the same whatever it selects. */
const INTROSPECTION_COSTS: Readonly<Record<string, number>> = { __schema: 1_000, __type: 100 };
/** Makes plans for the documents of one schema. */
export class Costs {
  readonly #schema: GraphQLSchema;
  readonly #plans = new WeakMap<OperationDefinitionNode, CostPlan>();

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  /** @param document a valid document: without cycles of fragments, and within the limits of documents */
  planOf(document: DocumentNode, operation: OperationDefinitionNode): CostPlan {
    const known = this.#plans.get(operation);
    if (known !== undefined) return known;
    const plan = new CostPlan(new Planner(this.#schema, document).planOperation(operation));
    this.#plans.set(operation, plan);
    return plan;
  }
}

/** A refusal before anything is carried out. */
export function costExceeded(cost: number, maximumCost: number): RequestError {
  const message = `The operation may cost ${cost} points; at most ${maximumCost} are allowed. Ask for smaller pages or fewer nested lists.`;
  return new RequestError('COST_EXCEEDED', message, { httpStatus: 400 });
}

export class CostPlan {
  readonly #root: Selection;
  #reckoning = 0;

  constructor(root: Selection) {
    this.#root = root;
  }

  /** What the operation costs at most. @param variables coerced */
  bound(variables: Variables): number {
    this.#reckoning += 1;
    return Math.max(OPERATION_COST_MIN, boundOf(this.#root, variables, this.#reckoning));
  }

  /** What it has cost. @param data null if nothing could be answered: then for what was attempted */
  actual(data: Readonly<Record<string, unknown>> | null | undefined, variables: Variables): number {
    const cost = data == null ? attemptOf(this.#root, variables) : actualOf(this.#root, data, variables);
    return Math.max(OPERATION_COST_MIN, cost);
  }
}

/** What is selected of an object. */
interface Selection {
  /** By kind of object: one that can be told apart by its selected fields for each set of types that share them. */
  readonly variants: readonly Variant[];
  /** What one object costs at most beside itself; null if that depends on variables. */
  readonly constant: number | null;
  /** The last reckoning and what came of it: a selection that fragments repeat is reckoned once. */
  reckoning: number;
  value: number;
}

interface Variant {
  /** Those that cost anything. */
  readonly fields: readonly FieldCost[];
  /** All of them. */
  readonly keys: readonly Keyed[];
}

interface Keyed {
  readonly key: string;
  /** Variables that must hold, or with `!` must not, one of several sets of them; null if nothing must. */
  readonly conditions: readonly (readonly string[])[] | null;
}

interface FieldCost extends Keyed {
  /** Whatever it answers. */
  readonly flat: number;
  /** Objects in lists of its arguments. */
  readonly inputs: Reckoning | null;
  /** Of each object that it answers. */
  readonly each: number;
  /** How many it answers at most; null if it is no list. */
  readonly size: Reckoning | null;
  /** Whether no more than `size` items count though there may be more. */
  readonly isCapped: boolean;
  /** Null for scalars. */
  readonly selection: Selection | null;
}

function boundOf(selection: Selection, variables: Variables, reckoning: number): number {
  if (selection.constant !== null) return selection.constant;
  if (selection.reckoning === reckoning) return selection.value;
  let most = 0;
  for (const { fields } of selection.variants) {
    let sum = 0;
    for (const field of fields) if (isIncluded(field, variables)) sum += fieldBound(field, variables, reckoning);
    if (sum > most) most = sum;
  }
  selection.reckoning = reckoning;
  selection.value = most;
  return most;
}

function fieldBound({ flat, inputs, each, size, selection }: FieldCost, variables: Variables, reckoning: number): number {
  const own = flat + (inputs === null ? 0 : reckon(inputs, variables));
  const object = each + (selection === null ? 0 : boundOf(selection, variables, reckoning));
  return own + (size === null ? object : object * reckon(size, variables));
}

function actualOf({ variants }: Selection, object: Readonly<Record<string, unknown>>, variables: Variables): number {
  const [only, ...others] = variants;
  if (only === undefined) return 0;
  if (others.length === 0) return variantActual(only, object, variables);
  // The answer need not say of what type the object is; where several selections fit, the least is what it certainly cost.
  const costs = variants.filter((variant) => fits(variant, object, variables)).map((variant) => variantActual(variant, object, variables));
  return costs.length === 0 ? 0 : Math.min(...costs);
}

function variantActual({ fields }: Variant, object: Readonly<Record<string, unknown>>, variables: Variables): number {
  let sum = 0;
  for (const field of fields) sum += fieldActual(field, object[field.key], variables);
  return sum;
}

function fieldActual({ flat, inputs, each, size, isCapped, selection }: FieldCost, value: unknown, variables: Variables): number {
  // It was left out.
  if (value === undefined) return 0;
  let sum = flat + (inputs === null ? 0 : reckon(inputs, variables));
  if (value === null || selection === null) return sum;
  if (size === null) return sum + each + actualOf(selection, value as Record<string, unknown>, variables);
  const items = value as readonly (Readonly<Record<string, unknown>> | null)[];
  const count = isCapped ? Math.min(items.length, reckon(size, variables)) : items.length;
  if (selection.constant === 0) return sum + each * count;
  for (let index = 0; index < count; index += 1) {
    const item = items[index];
    if (item != null) sum += each + actualOf(selection, item, variables);
  }
  return sum;
}

/** What the root fields cost whatever they answer. */
function attemptOf({ variants }: Selection, variables: Variables): number {
  let sum = 0;
  for (const field of variants[0]?.fields ?? []) {
    if (isIncluded(field, variables)) sum += field.flat + (field.inputs === null ? 0 : reckon(field.inputs, variables));
  }
  return sum;
}

function isIncluded({ conditions }: Keyed, variables: Variables): boolean {
  return conditions === null || conditions.some((chain) => chain.every((condition) => holds(condition, variables)));
}

function holds(condition: string, variables: Variables): boolean {
  return condition.startsWith('!') ? variables[condition.slice(1)] !== true : variables[condition] === true;
}

function fits({ keys }: Variant, object: Readonly<Record<string, unknown>>, variables: Variables): boolean {
  const included = keys.filter((keyed) => isIncluded(keyed, variables));
  return included.length === Object.keys(object).length && included.every(({ key }) => key in object);
}

/** A field as it stands somewhere in the document, and the conditions on the way to it. */
interface Occurrence {
  readonly node: FieldNode;
  readonly conditions: readonly string[];
}

interface SelectedSet {
  readonly set: SelectionSetNode;
  readonly conditions: readonly string[];
}

/** The page that `nodes` and `edges` of a connection stand in. */
interface ConnectionPage {
  readonly size: Reckoning;
  readonly id: number;
}

class Planner {
  readonly #schema: GraphQLSchema;
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  readonly #ids = new Map<FieldNode, number>();
  /** By what was selected, so that what fragments repeat is planned once. */
  readonly #selections = new Map<string, Selection>();

  constructor(schema: GraphQLSchema, document: DocumentNode) {
    this.#schema = schema;
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(definition.name.value, definition);
    }
  }

  planOperation(operation: OperationDefinitionNode): Selection {
    const type = this.#schema.getRootType(operation.operation);
    if (type == null) throw new Error(`A valid document has no operation of the kind ${operation.operation}.`);
    return this.#plan(type, [{ set: operation.selectionSet, conditions: [] }], null);
  }

  #plan(type: GraphQLNamedType, sets: readonly SelectedSet[], page: ConnectionPage | null): Selection {
    const types = isAbstractType(type) ? this.#schema.getPossibleTypes(type) : isObjectType(type) ? [type] : [];
    // Types of which the same is selected, with the same meaning, are one variant.
    const selected = new Map<string, { readonly type: GraphQLObjectType; readonly fields: ReadonlyMap<string, Occurrence[]> }>();
    for (const each of types) {
      const fields = new Map<string, Occurrence[]>();
      this.#collect(each, sets, fields, new Set());
      selected.set(this.#signatureOf(each, fields), { type: each, fields });
    }
    const signature = `${page?.id ?? ''}|${[...selected.keys()].join('|')}`;
    const known = this.#selections.get(signature);
    if (known !== undefined) return known;
    const variants: Variant[] = [];
    let constant: number | null = 0;
    for (const { type: each, fields } of selected.values()) {
      const costs = [...fields].map(([key, occurrences]) => this.#planField(each, key, occurrences, page));
      const bound = constantOf(costs);
      constant = constant === null || bound === null ? null : Math.max(constant, bound);
      variants.push({ keys: costs, fields: costs.filter((cost) => constantOf([cost]) !== 0) });
    }
    const selection = { variants, constant, reckoning: 0, value: 0 };
    this.#selections.set(signature, selection);
    return selection;
  }

  #planField(type: GraphQLObjectType, key: string, occurrences: readonly Occurrence[], page: ConnectionPage | null): FieldCost {
    const conditions = occurrences.some((occurrence) => occurrence.conditions.length === 0)
      ? null
      : occurrences.map((occurrence) => occurrence.conditions);
    const leaf = { key, conditions, flat: 0, inputs: null, each: 0, size: null, isCapped: false, selection: null };
    const [{ node } = { node: undefined }] = occurrences;
    const name = node?.name.value ?? '';
    const introspection = INTROSPECTION_COSTS[name];
    if (introspection !== undefined) return { ...leaf, flat: introspection };
    const field: AnyField | undefined = type.getFields()[name];
    // What is left is `__typename`.
    if (node === undefined || field === undefined) return leaf;
    const flat = (type === this.#schema.getMutationType() ? MUTATION_COST : 0) + (numberOf(field, 'cost', 'weight') ?? 0);
    const inputs = inputObjectsOf(field, node);
    const named = getNamedType(field.type);
    if (!isCompositeType(named)) return { ...leaf, flat, inputs };
    const sets = occurrences.flatMap(({ node: { selectionSet: set }, conditions: all }) => (set === undefined ? [] : [{ set, conditions: all }]));
    const isList = isListType(getNullableType(field.type));
    const paged = isPaged(field) ? { size: pageSizeOf(field, node), id: this.#idOf(node) } : null;
    const ownPage = paged ?? (page !== null && (name === 'nodes' || name === 'edges') ? page : null);
    return {
      ...leaf,
      flat,
      inputs,
      each: isFree(named) ? 0 : OBJECT_COST,
      size: isList ? (ownPage?.size ?? numberOf(field, 'listSize', 'assumedSize') ?? LIST_SIZE_ASSUMED) : null,
      isCapped: isList && ownPage === null,
      selection: this.#plan(named, sets, isList ? null : paged),
    };
  }

  /** Fields by response key, as execution merges them. */
  #collect(type: GraphQLObjectType, sets: readonly SelectedSet[], fields: Map<string, Occurrence[]>, visited: Set<string>): void {
    for (const { set, conditions } of sets) {
      for (const selection of set.selections) {
        const all = withConditions(conditions, selection.directives);
        if (all === null) continue;
        if (selection.kind === Kind.FIELD) {
          const key = selection.alias?.value ?? selection.name.value;
          const occurrences = fields.get(key);
          if (occurrences === undefined) fields.set(key, [{ node: selection, conditions: all }]);
          else occurrences.push({ node: selection, conditions: all });
          continue;
        }
        const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : this.#fragments.get(selection.name.value);
        if (fragment === undefined || !this.#applies(fragment.typeCondition?.name.value, type)) continue;
        if (selection.kind === Kind.FRAGMENT_SPREAD) {
          // Spread once more under the same conditions, or unconditionally before, it adds nothing.
          const visit = [selection.name.value, ...all].join(' ');
          if (visited.has(visit) || visited.has(selection.name.value)) continue;
          visited.add(visit);
        }
        this.#collect(type, [{ set: fragment.selectionSet, conditions: all }], fields, visited);
      }
    }
  }

  #applies(condition: string | undefined, type: GraphQLObjectType): boolean {
    if (condition === undefined || condition === type.name) return true;
    const general = this.#schema.getType(condition);
    return isAbstractType(general) && this.#schema.isSubType(general, type);
  }

  /** What is selected, and of what type it is answered. */
  #signatureOf(type: GraphQLObjectType, fields: ReadonlyMap<string, readonly Occurrence[]>): string {
    const parts: string[] = [];
    for (const [, occurrences] of fields) {
      const field = type.getFields()[occurrences[0]?.node.name.value ?? ''];
      const meaning = field === undefined ? [] : [String(field.type), numberOf(field, 'cost', 'weight'), numberOf(field, 'listSize', 'assumedSize')];
      const places = occurrences.map(({ node, conditions }) => [this.#idOf(node), ...conditions].join('&'));
      parts.push(`${meaning.join(' ')}:${places.join('+')}`);
    }
    return `(${parts.join(',')})`;
  }

  #idOf(node: FieldNode): number {
    let id = this.#ids.get(node);
    if (id === undefined) {
      id = this.#ids.size;
      this.#ids.set(node, id);
    }
    return id;
  }
}

function constantOf(costs: readonly FieldCost[]): number | null {
  let sum = 0;
  for (const { conditions, flat, inputs, each, size, selection } of costs) {
    const object = selection === null ? 0 : selection.constant;
    if (conditions !== null || object === null || typeof inputs === 'function' || typeof size === 'function') {
      // Whatever the variables are, nothing comes of it.
      if (flat === 0 && inputs === null && each === 0 && object === 0) continue;
      return null;
    }
    sum += flat + (inputs ?? 0) + (each + object) * (size ?? 1);
  }
  return sum;
}

/** Null if it is left out in any case. */
function withConditions(conditions: readonly string[], directives: readonly DirectiveNode[] | undefined): readonly string[] | null {
  if (directives === undefined || directives.length === 0) return conditions;
  const all = new Set(conditions);
  for (const { name, arguments: given } of directives) {
    const isSkip = name.value === 'skip';
    if (!isSkip && name.value !== 'include') continue;
    const value = given?.find((argument) => argument.name.value === 'if')?.value;
    if (value?.kind === Kind.VARIABLE) all.add(`${isSkip ? '!' : ''}${value.name.value}`);
    if (value?.kind === Kind.BOOLEAN && value.value === isSkip) return null;
  }
  return [...all].sort();
}

/** What only wraps what was asked for, and what tells of a mistake. A payload is part of its mutation. */
function isFree(type: GraphQLNamedType): boolean {
  if (/(Edge|Payload)$/.test(type.name) || type.name === 'PageInfo') return true;
  return (isObjectType(type) || isInterfaceType(type)) && [type, ...type.getInterfaces()].some(({ name }) => name === 'UserError');
}

/** The number in a directive of the field's definition. */
function numberOf({ astNode }: AnyField, directive: string, argument: string): number | null {
  const given = astNode?.directives?.find(({ name }) => name.value === directive)?.arguments;
  const value = given?.find(({ name }) => name.value === argument)?.value;
  return value?.kind === Kind.INT ? Number(value.value) : null;
}
