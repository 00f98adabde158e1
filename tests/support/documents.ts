import type { GraphQLArgument, GraphQLField, GraphQLNamedType, GraphQLSchema } from 'graphql';
import { getNamedType, isAbstractType, isCompositeType, isInterfaceType, isNonNullType, isObjectType, isRequiredArgument } from 'graphql';

/**
 * Generates queries out of the contract: aliases, fragments within fragments, fields that are selected twice, connections
 * within connections, pages and conditions that are variables. What a required argument may be, the caller says.
 */

export interface GeneratedDocument {
  readonly document: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** What is in it. */
  readonly features: ReadonlySet<Feature>;
}

export const FEATURES = [
  ...['alias', 'repeated field', 'fragment', 'fragment in fragment', 'inline fragment', 'variable page', 'literal page', 'default page'],
  ...['nested connection', 'include', 'skip', 'edges', 'list', 'interface', 'variable argument'],
] as const;
export type Feature = (typeof FEATURES)[number];

/** A value for a required argument: as a literal and as a variable's value with its type. */
export type ArgumentSource = (type: GraphQLNamedType, field: GraphQLField<unknown, unknown>, argument: GraphQLArgument) => unknown;

const DEPTH_MAX = 7;
const FIELDS_MAX = 13;

/**
 * Nearly always valid: now and then fields of one name disagree across fragments.
 * @param random in 0 to 1
 */
export function generateDocument(schema: GraphQLSchema, random: () => number, valueOf: ArgumentSource): GeneratedDocument {
  return new Generator(schema, random, valueOf).generate();
}

class Generator {
  readonly #schema: GraphQLSchema;
  readonly #random: () => number;
  readonly #valueOf: ArgumentSource;
  readonly #features = new Set<Feature>();
  readonly #variables = new Map<string, { readonly type: string; readonly value: unknown }>();
  readonly #fragments: { readonly name: string; readonly type: GraphQLNamedType; readonly text: string }[] = [];
  #fields = 0;

  constructor(schema: GraphQLSchema, random: () => number, valueOf: ArgumentSource) {
    this.#schema = schema;
    this.#random = random;
    this.#valueOf = valueOf;
  }

  generate(): GeneratedDocument {
    const query = this.#schema.getQueryType()!;
    const selection = this.#selection(query, 0, 0);
    const definitions = [...this.#variables].map(([name, { type }]) => `$${name}: ${type}`).join(', ');
    const used = new Set<string>();
    const collect = (text: string) => {
      for (const [, name] of text.matchAll(/\.\.\.(F\d+)/g)) {
        if (used.has(name!)) continue;
        used.add(name!);
        collect(this.#fragments.find((fragment) => fragment.name === name)!.text);
      }
    };
    collect(selection);
    const fragments = this.#fragments.filter(({ name }) => used.has(name)).map(({ text }) => text);
    const document = `query${definitions === '' ? '' : `(${definitions})`} ${selection}\n${fragments.join('\n')}`;
    return {
      document,
      variables: Object.fromEntries([...this.#variables].map(([name, { value }]) => [name, value])),
      features: this.#features,
    };
  }

  #selection(type: GraphQLNamedType, depth: number, connections: number): string {
    const parts: string[] = [];
    const count = 1 + Math.floor(this.#random() * (depth === 0 ? 3 : 4));
    for (let index = 0; index < count; index += 1) parts.push(this.#part(type, depth, connections));
    const kept = parts.filter((part) => part !== '');
    if (kept.length > 1 && this.#random() < 0.15 && !kept[0]!.startsWith('...')) {
      this.#features.add('repeated field');
      kept.push(kept[0]!);
    }
    return `{ ${kept.length === 0 ? '__typename' : kept.join(' ')} }`;
  }

  #part(type: GraphQLNamedType, depth: number, connections: number): string {
    const dice = this.#random();
    if (isAbstractType(type) && dice < 0.6) {
      this.#features.add('interface');
      const possible = this.#schema.getPossibleTypes(type);
      const concrete = possible[Math.floor(this.#random() * possible.length)]!;
      this.#features.add('inline fragment');
      return `... on ${concrete.name} ${this.#selection(concrete, depth + 1, connections)}`;
    }
    if (dice > 0.9 && depth > 0) {
      this.#features.add('inline fragment');
      return `... ${this.#condition()}${this.#selection(type, depth + 1, connections)}`;
    }
    if (dice > 0.78 && depth > 0) return this.#spread(type, depth, connections);
    return this.#field(type, depth, connections);
  }

  #spread(type: GraphQLNamedType, depth: number, connections: number): string {
    const known = this.#fragments.filter((fragment) => fragment.type === type);
    if (known.length > 0 && this.#random() < 0.5) return `...${known[Math.floor(this.#random() * known.length)]!.name}`;
    const text = this.#selection(type, depth + 1, connections);
    if (text.includes('...F')) this.#features.add('fragment in fragment');
    this.#features.add('fragment');
    const name = `F${this.#fragments.length}`;
    this.#fragments.push({ name, type, text: `fragment ${name} on ${type.name} ${text}` });
    return `...${name}${this.#condition()}`;
  }

  #field(type: GraphQLNamedType, depth: number, connections: number): string {
    if (!isObjectType(type) && !isInterfaceType(type)) return '__typename';
    const all = Object.values(type.getFields());
    const deep = depth < DEPTH_MAX && this.#fields < FIELDS_MAX;
    const possible = all.filter((field) => (deep ? true : !isCompositeType(getNamedType(field.type))));
    const composite = possible.filter((field) => isCompositeType(getNamedType(field.type)));
    const from = composite.length > 0 && this.#random() < 0.65 ? composite : possible;
    const field = from[Math.floor(this.#random() * from.length)];
    if (field === undefined) return '__typename';
    this.#fields += 1;
    const args = this.#arguments(field);
    if (args === null) return '__typename';
    const named = getNamedType(field.type);
    const isConnection = named.name.endsWith('Connection');
    if (isConnection && connections > 0) this.#features.add('nested connection');
    if (field.name === 'edges') this.#features.add('edges');
    if (String(field.type).startsWith('[') && isCompositeType(named) && field.name !== 'nodes' && field.name !== 'edges') this.#features.add('list');
    const selection = isCompositeType(named) ? ` ${this.#selection(named, depth + 1, connections + (isConnection ? 1 : 0))}` : '';
    // Under one name only what means the same may stand twice.
    const alias = args !== '' || selection !== '' || this.#random() < 0.2 ? `a${this.#fields}: ` : '';
    if (alias !== '') this.#features.add('alias');
    return `${alias}${field.name}${args}${this.#condition()}${selection}`;
  }

  /** Null if nobody knows what a required one should be. */
  #arguments(field: GraphQLField<unknown, unknown>): string | null {
    const parts: string[] = [];
    for (const argument of field.args) {
      if (argument.name === 'first' || argument.name === 'last') continue;
      if (!isRequiredArgument(argument)) continue;
      const value = this.#valueOf(getNamedType(argument.type), field, argument);
      if (value === undefined) return null;
      this.#features.add('variable argument');
      parts.push(`${argument.name}: $${this.#variable(String(argument.type), value)}`);
    }
    const page = field.args.filter(({ name }) => name === 'first' || name === 'last');
    if (page.length > 0) {
      const dice = this.#random();
      const size = Math.floor(1 + this.#random() ** 3 * 12);
      const argument = page[Math.floor(this.#random() * page.length)]!;
      if (dice < 0.4) this.#features.add('variable page');
      else if (dice < 0.9) this.#features.add('literal page');
      else this.#features.add('default page');
      const type = isNonNullType(argument.type) ? 'Int!' : 'Int';
      if (dice < 0.4) parts.push(`${argument.name}: $${this.#variable(type, size)}`);
      else if (dice < 0.9) parts.push(`${argument.name}: ${size}`);
    }
    return parts.length === 0 ? '' : `(${parts.join(', ')})`;
  }

  #condition(): string {
    const dice = this.#random();
    if (dice > 0.12) return '';
    const isSkip = dice > 0.06;
    this.#features.add(isSkip ? 'skip' : 'include');
    const value = this.#random() < 0.7 ? `$${this.#variable('Boolean!', this.#random() < 0.5)}` : String(this.#random() < 0.5);
    return ` @${isSkip ? 'skip' : 'include'}(if: ${value})`;
  }

  #variable(type: string, value: unknown): string {
    const name = `v${this.#variables.size}`;
    this.#variables.set(name, { type, value });
    return name;
  }
}
