/**
 * Makes the compiler demand a resolver for every field that a domain type cannot serve.
 *
 * The generated `XResolvers` types leave every field optional, because graphql-js reads
 * `parent.field` when there is no resolver. That hides two faults until a client meets
 * them: a field the domain type does not have, and one it has with another meaning or
 * type. These types ask, field by field, whether reading the property would do:
 *
 *   - the property exists (and may be a value, a promise, or a method, as in graphql-js),
 *   - its type is what the field's resolver may return; `undefined` counts as `null`,
 *   - the field takes no arguments (a plain property would ignore them; a method gets them).
 *
 * Where it would not, the resolver is required. Where it would, it stays optional.
 *
 *     export const Tier: CompleteResolvers<TierResolvers, TierMapper> = { ... }
 *     export const resolvers: CompleteResolverMap<Resolvers, ResolversParentTypes> = { ... }
 *
 * The second form also catches a type whose resolvers were never written at all.
 * Proved by `tests/contract/complete-resolvers.test-d.ts`, which the type check reads.
 */

/* The function behind a generated `Resolver`, which is a function or `{ resolve }`. */
type ResolverFunction<TResolver> = Extract<NonNullable<TResolver>, (...args: never[]) => unknown>;

/* What a resolver of this field may return. `Awaited` strips the promise around the whole;
   the promises around list items stay, so a list of either is accepted. */
type FieldResult<TResolver> =
  ResolverFunction<TResolver> extends (...args: never[]) => infer TResult
    ? Awaited<TResult>
    : never;

/* `null` and `undefined` are the same answer to graphql-js. */
type NullAsUndefined<T> = null extends T ? T | undefined : T;

/* The generated type of "no arguments" is `Record<PropertyKey, never>`: it knows every key. */
type TakesArguments<TResolver> =
  Parameters<ResolverFunction<TResolver>> extends [unknown, infer TArgs, ...unknown[]]
    ? PropertyKey extends keyof TArgs
      ? false
      : true
    : false;

type IsNever<T> = [T] extends [never] ? true : false;
type IsAssignable<TFrom, TTo> = [TFrom] extends [TTo] ? true : false;

/* How graphql-js calls a property that is a method: without the parent. */
type MethodCall<TResolver> =
  Parameters<ResolverFunction<TResolver>> extends [unknown, ...infer TRest]
    ? (...args: TRest) => unknown
    : never;

/* Would graphql-js, reading this property, answer the field? */
type PropertyServes<TProperty, TResolver> = TProperty extends (...args: never[]) => infer TReturned
  ? IsAssignable<TProperty, MethodCall<TResolver>> extends true
    ? IsAssignable<Awaited<TReturned>, NullAsUndefined<FieldResult<TResolver>>>
    : false
  : TakesArguments<TResolver> extends true
    ? false
    : IsAssignable<Awaited<TProperty>, NullAsUndefined<FieldResult<TResolver>>>;

/* A union of properties serves only if each member does. */
type Serves<TMapper, TField, TResolver> = TField extends keyof TMapper
  ? IsNever<TMapper[TField]> extends true
    ? false
    : false extends PropertyServes<TMapper[TField], TResolver>
      ? false
      : true
  : false;

/* `__isTypeOf`, `__resolveType`, ... are not fields: they stay as generated. */
type Internal = `__${string}`;

type RequiredFields<TResolvers, TMapper> = {
  [TField in keyof TResolvers]-?: TField extends Internal
    ? never
    : Serves<TMapper, TField, TResolvers[TField]> extends true
      ? never
      : TField;
}[keyof TResolvers];

/** `XResolvers`, with the fields that `XMapper` cannot serve by itself made required. */
export type CompleteResolvers<TResolvers, TMapper> = Omit<
  TResolvers,
  RequiredFields<TResolvers, TMapper>
> & {
  [TField in RequiredFields<TResolvers, TMapper>]-?: NonNullable<TResolvers[TField]>;
};

/* Scalars are passed as they are; an abstract type has no fields of its own. */
type CompleteType<TTypeResolvers, TParent> = TTypeResolvers extends { parseLiteral: unknown }
  ? TTypeResolvers
  : CompleteResolvers<TTypeResolvers, TParent>;

type CompleteTypes<TResolvers, TParents> = {
  [TName in keyof TResolvers]-?: CompleteType<
    NonNullable<TResolvers[TName]>,
    TName extends keyof TParents ? TParents[TName] : unknown
  >;
};

/* Types that can do without an entry in the map: all their fields serve themselves. */
type OptionalTypes<TComplete> = {
  [TName in keyof TComplete]-?: Record<never, never> extends TComplete[TName] ? TName : never;
}[keyof TComplete];

/** The whole map for `makeExecutableSchema`, complete type by type, no type forgotten. */
export type CompleteResolverMap<TResolvers, TParents> = Omit<
  CompleteTypes<TResolvers, TParents>,
  OptionalTypes<CompleteTypes<TResolvers, TParents>>
> &
  Partial<
    Pick<CompleteTypes<TResolvers, TParents>, OptionalTypes<CompleteTypes<TResolvers, TParents>>>
  >;
