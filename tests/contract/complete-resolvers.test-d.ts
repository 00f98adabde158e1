/**
 * Proof of `CompleteResolvers`, read by the type check (`npm run typecheck`), never run.
 * Each `@ts-expect-error` is an error that must be there: were it missing, tsc would say so.
 */
import type { GraphQLScalarType } from 'graphql';
import type {
  CompleteResolverMap,
  CompleteResolvers,
} from '../../src/platform/complete-resolvers.ts';
// The real building blocks of the generated file, so that the proof holds for what codegen emits.
import type { Maybe, Resolver, ResolverTypeWrapper } from '../../src/generated/resolvers-types.ts';

interface Context {
  readonly requestId: string;
}
type Field<TResult, TArgs = Record<PropertyKey, never>> = Resolver<TResult, Shop, Context, TArgs>;

interface Shelf {
  readonly id: string;
}

/* As codegen writes it: every field optional. */
interface ShopResolvers {
  id?: Field<ResolverTypeWrapper<string>>;
  points?: Field<ResolverTypeWrapper<bigint>>;
  motto?: Field<Maybe<ResolverTypeWrapper<string>>>;
  shelves?: Field<readonly ResolverTypeWrapper<Shelf>[]>;
  openShelves?: Field<Maybe<readonly ResolverTypeWrapper<Shelf>[]>>;
  status?: Field<'DRAFT' | 'ACTIVE'>;
  shelf?: Field<Maybe<ResolverTypeWrapper<Shelf>>, { id: string }>;
  __isTypeOf?: (shop: Shop, context: Context) => boolean;
}

interface Shop {
  readonly id: string;
  readonly points: bigint;
  readonly motto: string | null;
  readonly shelves: readonly Shelf[];
  readonly openShelves: readonly Shelf[] | null;
  readonly status: 'DRAFT' | 'ACTIVE';
}

/* The resolver of the one field that always needs one: it takes an argument. */
const byId = { shelf: () => null };
type Complete<TShop> = CompleteResolvers<ShopResolvers, TShop>;
type But<TOverride> = Omit<Shop, keyof TOverride> & TOverride;

// --- a domain type that serves every field without arguments -------------------------------

export const served: Complete<Shop> = byId;
export const withOwnResolvers: Complete<Shop> = { ...byId, id: (shop) => shop.id.trim() };
export const withResolveObject: Complete<Shop> = { ...byId, id: { resolve: (shop) => shop.id } };
// @ts-expect-error a field with arguments needs a resolver
export const withoutArgumentField: Complete<Shop> = {};
// @ts-expect-error ... even where the domain type has such a property
export const propertyIgnoresArguments: Complete<But<{ shelf: Shelf | null }>> = {};
export const methodTakesArguments: Complete<But<{ shelf(args: { id: string }): Shelf | null }>> =
  {};
// @ts-expect-error ... and a method must understand the arguments
export const methodTakesOthers: Complete<But<{ shelf(args: { slug: string }): Shelf | null }>> = {};

// --- a property is missing ------------------------------------------------------------------

// @ts-expect-error points is missing: a resolver is required
export const missing: Complete<Omit<Shop, 'points'>> = byId;
export const supplied: Complete<Omit<Shop, 'points'>> = { ...byId, points: () => 1n };
export const suppliedLater: Complete<Omit<Shop, 'points'>> = { ...byId, points: async () => 1n };
// @ts-expect-error ... and its result is still checked
export const suppliedWrong: Complete<Omit<Shop, 'points'>> = { ...byId, points: () => 'one' };
// @ts-expect-error a nullable field needs its property too: leaving it out must be a decision
export const missingNullable: Complete<Omit<Shop, 'motto'>> = byId;

// --- a property has another type ------------------------------------------------------------

// @ts-expect-error number is not the bigint behind Points
export const otherScalar: Complete<But<{ points: number }>> = byId;
// @ts-expect-error the field is non-null, the property is not
export const nullWhereNonNull: Complete<But<{ points: bigint | null }>> = byId;
// @ts-expect-error the field is non-null, the property may be absent
export const absentWhereNonNull: Complete<But<{ points?: bigint }>> = byId;
// @ts-expect-error the domain knows a status that the enum does not
export const widerEnum: Complete<But<{ status: 'DRAFT' | 'ACTIVE' | 'PAUSED' }>> = byId;
// @ts-expect-error ids are not shelves
export const otherItems: Complete<But<{ shelves: readonly string[] }>> = byId;
// @ts-expect-error one of the two types of the property does not serve
export const halfServed: Complete<But<{ points: bigint | string }>> = byId;
// @ts-expect-error a property typed never says nothing
export const neverServed: Complete<But<{ points: never }>> = byId;
// @ts-expect-error nor does unknown
export const unknownServed: Complete<But<{ points: unknown }>> = byId;

// --- what graphql-js also reads ---------------------------------------------------------------

export const promised: Complete<But<{ points: Promise<bigint> }>> = byId;
export const promisedItems: Complete<But<{ shelves: Promise<Shelf>[] }>> = byId;
export const mutableItems: Complete<But<{ shelves: Shelf[] }>> = byId;
export const absentNullable: Complete<But<{ motto?: string }>> = byId;
export const promisedNullable: Complete<But<{ motto: Promise<string | undefined> }>> = byId;
export const method: Complete<But<{ points(): bigint }>> = byId;
// @ts-expect-error a method is judged by what it returns
export const wrongMethod: Complete<But<{ points(): string }>> = byId;

// --- the whole map ------------------------------------------------------------------------------

interface ShelfResolvers {
  id?: Resolver<ResolverTypeWrapper<string>, Shelf, Context>;
}
interface QueryResolvers {
  shop: Resolver<Maybe<ResolverTypeWrapper<Shop>>, Record<PropertyKey, never>, Context>;
}
interface AllResolvers {
  DateTime?: GraphQLScalarType;
  Query?: QueryResolvers;
  Shop?: ShopResolvers;
  Shelf?: ShelfResolvers;
}
interface AllParents {
  DateTime: Date;
  Query: Record<PropertyKey, never>;
  Shop: Shop;
  Shelf: Shelf;
}
type All = CompleteResolverMap<AllResolvers, AllParents>;

declare const DateTime: GraphQLScalarType;
const Query: QueryResolvers = { shop: () => null };

export const whole: All = { DateTime, Query, Shop: byId };
export const wholeAndMore: All = {
  DateTime,
  Query,
  Shop: byId,
  Shelf: { id: (shelf) => shelf.id },
};
// @ts-expect-error the resolvers of Shop were never written
export const typeForgotten: All = { DateTime, Query };
// @ts-expect-error a root field is never served by its parent
export const rootFieldForgotten: All = { DateTime, Query: {}, Shop: byId };
// @ts-expect-error graphql-js would pass a scalar through unread
export const scalarForgotten: All = { Query, Shop: byId };
// @ts-expect-error a type that the schema does not have
export const surplusType: All = { DateTime, Query, Shop: byId, Basket: {} };
