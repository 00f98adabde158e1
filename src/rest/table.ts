/** What the generated table says of each route: all that the runtime needs to know, decided by the generator. */

export interface RestRoute {
  /** Name of the operation in its document, and `operationId` in the OpenAPI description. */
  readonly operation: string;
  readonly method: RestMethod;
  /** With parameters in braces: `/v3/customers/{id}`. */
  readonly path: string;
  /** Status of success. */
  readonly status: number;
  readonly document: string;
  readonly pathParameters: readonly RestParameter[];
  readonly queryParameters: readonly RestParameter[];
  readonly body: RestBody | null;
  /** How the value of the document's one root field is shown. */
  readonly shape: RestShape;
}

export type RestMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface RestParameter {
  readonly name: string;
  /** Where its value goes: a variable, and fields within it. */
  readonly target: readonly string[];
  /** What GraphQL calls it in an error, where that is not the variable: `first` for `limit`. */
  readonly argument?: string;
  readonly type: RestInput;
}

export interface RestBody {
  readonly variable: string;
  readonly type: string;
  /** Fields of the body's type that the path fills. */
  readonly without: readonly string[];
}

/** The type of a value that comes in: one of the table's objects, or a scalar or enum. */
export interface RestInput {
  readonly type: string;
  readonly list?: true;
  readonly required?: true;
}

/** An input object; its fields by their names in JSON. */
export interface RestInputObject {
  readonly fields: Readonly<Record<string, RestInput & { readonly name: string }>>;
  /** The field that a bare string fills, where the object names something: `"cust_..."` is `{"id": "cust_..."}`. */
  readonly text?: string;
}

/** How a value of GraphQL is shown: `null` as it is, or as one of these; a list item by item. */
export type RestShape =
  | null
  /** An object with these fields, by their names in GraphQL. */
  | { readonly kind: 'OBJECT'; readonly fields: Readonly<Record<string, RestField>>; readonly empty?: readonly string[] }
  /** The value of its one field. */
  | { readonly kind: 'FLAT'; readonly field: string; readonly shape: RestShape }
  /** A connection: `data`, `has_more` and `next_cursor`. */
  | { readonly kind: 'PAGE'; readonly shape: RestShape; readonly fields: Readonly<Record<string, RestField>> }
  /** All there is, as a page that nothing follows. */
  | { readonly kind: 'LIST'; readonly shape: RestShape }
  /** The name of an object type: `SpendReversal` is `spend_reversal`. */
  | { readonly kind: 'TYPE_NAME' };

export interface RestField {
  readonly name: string;
  readonly shape: RestShape;
}
