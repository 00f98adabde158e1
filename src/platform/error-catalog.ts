import type { ResolversTypes } from '../generated/resolvers-types.ts';
import type { RequestErrorCode } from './errors.ts';

/**
 * Every code that can leave the process, on every API: the status it has over REST, what happened and how to
 * fix it. Each has a page at `ERROR_PAGES_PATH`. What happened, for a refusal of a mutation, is what the
 * contract says about the code in the enum of that mutation; everything else is said here.
 *
 * The compiler holds the catalogue to the codes there are: none is missing, none is left over.
 */

export const ERROR_PAGES_PATH = '/docs/errors';

/** Codes that Apollo Server gives to documents and requests that it cannot work with. */
export const DOCUMENT_ERROR_CODES = [
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_SUPPORTED',
] as const;
export type DocumentErrorCode = (typeof DOCUMENT_ERROR_CODES)[number];

/** Every value of every `*ErrorCode` enum of the contract. */
export type RefusalCode = Extract<
  { [Name in keyof ResolversTypes]: Name extends `${string}ErrorCode` ? ResolversTypes[Name] : never }[keyof ResolversTypes],
  string
>;

export type ErrorCode = RequestErrorCode | DocumentErrorCode | RefusalCode;

export interface RefusalEntry {
  /** Of the answer over REST. GraphQL answers a refused mutation with 200: a refusal is data. */
  readonly status: number;
  readonly title: string;
  /** How to fix it, for whoever wrote the client. */
  readonly fix: string;
}

export interface RequestEntry extends RefusalEntry {
  /** What happened. */
  readonly meaning: string;
}

type Catalog = { readonly [Code in Exclude<RefusalCode, RequestErrorCode | DocumentErrorCode>]: RefusalEntry } & {
  readonly [Code in RequestErrorCode | DocumentErrorCode]: RequestEntry;
};

const CHECK_TEXT = 'Send a text within the limits that the field’s description names.';
const OTHER_KEY = 'Use a new key for a new command. To repeat a command, send exactly the same input with its key.';
const READ_AGAIN = 'Read the object again, decide anew on what it says now, and send the change with its present version.';

export const ERROR_CATALOG = {
  // Who asks, and whether they may.
  UNAUTHENTICATED: {
    status: 401,
    title: 'No valid API key',
    meaning: 'The request carries no API key, or one that is unknown, revoked or expired.',
    fix: 'Send a valid key as `Authorization: Bearer <key>`, or its id and secret as `X-App-Id` and `X-App-Token`.',
  },
  FORBIDDEN: {
    status: 403,
    title: 'The key’s scope does not suffice',
    meaning: 'The key is valid, but what was asked for needs a wider scope. Nothing was read or changed.',
    fix: 'Use a key with the scope that the message names. A key with scope `ADMIN` can create one.',
  },

  // What cannot be understood.
  BAD_REQUEST: {
    status: 400,
    title: 'The request cannot be read',
    meaning:
      'The request is not one that this API understands: malformed JSON, no operation in it, a batch of operations, or one that a browser could be made to send by another site.',
    fix: 'Send one JSON object with `Content-Type: application/json`. The message says what is wrong with this one.',
  },
  BAD_USER_INPUT: {
    status: 400,
    title: 'An argument or variable does not fit',
    meaning: 'A value does not fit the type of its argument, variable or parameter, or is not one that it can have.',
    fix: 'Correct the value at `field`. The message says what is expected there.',
  },
  GRAPHQL_PARSE_FAILED: {
    status: 400,
    title: 'The document is not GraphQL',
    meaning: 'The document has a syntax error, or more tokens than one may have.',
    fix: 'Correct it at the place in `locations`. If it is too long, ask for less, or in several requests.',
  },
  GRAPHQL_VALIDATION_FAILED: {
    status: 400,
    title: 'The document does not fit the schema',
    meaning: 'A field, argument, type or fragment of the document is not used as the schema allows.',
    fix: 'Compare it with the schema, which any valid key may introspect. Generating types from it finds this before anything is sent.',
  },
  OPERATION_RESOLUTION_FAILURE: {
    status: 400,
    title: 'Which operation is meant is not clear',
    meaning: 'The document has several operations and the request names none of them, or one that is not there.',
    fix: 'Name one of the document’s operations in `operationName`, or send a document with one operation.',
  },
  PERSISTED_QUERY_NOT_SUPPORTED: {
    status: 400,
    title: 'Documents are not stored',
    meaning: 'The request names a document by its hash. This server stores no documents.',
    fix: 'Send the document itself in `query`, and switch persisted queries off in the client.',
  },
  INVALID_PAGE: {
    status: 400,
    title: 'The page does not make sense',
    meaning: 'The size of the page is out of range, or `first`, `after`, `last` and `before` contradict each other.',
    fix: 'Page forward with `first` and `after`, or backward with `last` and `before`, with at most 100 items a page.',
  },
  INVALID_CURSOR: {
    status: 400,
    title: 'The cursor is not one of this list',
    meaning: 'The cursor was not made by this server for this list in this order.',
    fix: 'Take cursors from `pageInfo` or the edges of the same list with the same arguments. Do not keep them for long.',
  },
  EVENTS_REMOVED: {
    status: 410,
    title: 'The place in the event log is gone',
    meaning:
      'The event or the cursor names a place behind which events have been removed because they were old, or a place that was never in this log.',
    fix: 'Read without `after` from the oldest event that is kept, or from the end, and compare the state of your objects by reading them.',
  },
  INVALID_FILTER: {
    status: 400,
    title: 'The filter does not make sense',
    meaning: 'A condition of the filter has no or several operators, or a value that its field cannot be compared with.',
    fix: 'Correct the condition at `field`.',
  },

  // Limits.
  DOCUMENT_LIMIT_EXCEEDED: {
    status: 400,
    title: 'The document is larger than documents may be',
    meaning: 'The document is deeper, or has more aliases, root fields, directives or fragments than one may have. Nothing was executed.',
    fix: 'Ask for less, or in several requests. The message names the limit and what the document has.',
  },
  INPUT_LIMIT_EXCEEDED: {
    status: 400,
    title: 'The variables are larger than variables may be',
    meaning: 'The variables or parameters are nested more deeply, or have more values, than the limits allow. Nothing was executed.',
    fix: 'Send less, or in several requests. The message names the limit.',
  },
  COST_EXCEEDED: {
    status: 400,
    title: 'The operation costs more than one may',
    meaning: 'What the operation could cost at most, computed before it is executed, is more than a single one may cost. Nothing was executed.',
    fix: 'Ask for smaller pages or fewer nested lists, or in several requests. `extensions.cost` says what was computed.',
  },
  RATE_LIMITED: {
    status: 429,
    title: 'Too many requests',
    meaning: 'The workspace or the key has used up what it may use at present. Nothing was executed.',
    fix: 'Wait as long as `Retry-After` says, and spread requests more evenly. The limit rises with steady use.',
  },
  TOO_MANY_STREAMS: {
    status: 429,
    title: 'Too many open streams',
    meaning: 'The workspace, or the server, has as many subscriptions or event streams open as it may have at once. This one was not begun.',
    fix: 'Close one that is no longer needed, or wait as long as `Retry-After` says.',
  },
  PAYLOAD_TOO_LARGE: {
    status: 413,
    title: 'The body is too large',
    meaning: 'The body of the request has more bytes than one may have.',
    fix: 'Send less in one request.',
  },
  URI_TOO_LONG: {
    status: 414,
    title: 'The address is too long',
    meaning: 'The address of the request, with its query, is longer than one may be.',
    fix: 'Send GraphQL by POST, and ask for less at once over REST.',
  },
  HEADERS_TOO_LARGE: {
    status: 431,
    title: 'The headers are too large',
    meaning: 'The headers of the request have more bytes than they may have together, or there are too many.',
    fix: 'Send fewer and shorter headers.',
  },
  REQUEST_TIMEOUT: {
    status: 408,
    title: 'The request took too long to arrive',
    meaning: 'The request was not there completely within the time that a client has to send it. The connection was closed.',
    fix: 'Send the request again over a better connection.',
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    title: 'The body is in no format that is read',
    meaning: 'The media type, character set or compression of the body is not one that is read here.',
    fix: 'Send JSON in UTF-8, uncompressed, with `Content-Type: application/json`.',
  },
  NOT_ACCEPTABLE: {
    status: 406,
    title: 'No format that you accept',
    meaning: 'The `Accept` header excludes every format in which this address answers.',
    fix: 'Accept `application/json`, or for GraphQL `application/graphql-response+json`.',
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    title: 'Not with this method',
    meaning: 'There is something at this address, but not for this method. Mutations are sent by POST.',
    fix: 'Use a method that the `Allow` header of the answer names.',
  },

  // Repeated commands.
  IDEMPOTENCY_CONCURRENT_REQUEST: {
    status: 409,
    title: 'The same command is under way',
    meaning:
      'A request with the same idempotency key, or another one that has to be done before it, was not done within the time that a request waits. Nothing was changed by this one.',
    fix: 'Wait as long as `Retry-After` says, and send the same request again with the same key: it is answered with the result of the first.',
  },
  IDEMPOTENCY_KEY_CONFLICT: {
    status: 400,
    title: 'Two different idempotency keys',
    meaning: 'The request carries idempotency keys in several places, and they are not the same.',
    fix: 'Send the key in one place: the input, the directive or the header.',
  },
  INVALID_IDEMPOTENCY_KEY: {
    status: 400,
    title: 'Not an idempotency key',
    meaning: 'The idempotency key is empty or too long, or the header that holds it cannot be read or would stand for several mutations.',
    fix: 'Send a key of 1 to 255 characters, such as a random UUID. Where a document has several mutations, give each its own with `@idempotent`.',
  },
  IDEMPOTENCY_KEY_PARAMETER_MISMATCH: { status: 422, title: 'The key belongs to another command', fix: OTHER_KEY },

  // On our side.
  OVERLOADED: {
    status: 503,
    title: 'More work than can be done at once',
    meaning: 'More commands wait than may wait, or more simulations run than may run at once. This one was not begun.',
    fix: 'Send it again a little later, with the same reference or idempotency key.',
  },
  TIMEOUT: {
    status: 503,
    title: 'It took too long',
    meaning: 'Reading, or waiting for what another command holds, took longer than it may take, and was stopped.',
    fix: 'Ask for less at once, or send it again a little later. A command with a reference or an idempotency key is carried out once however often it is sent.',
  },
  UNAVAILABLE: {
    status: 503,
    title: 'The database cannot be reached',
    meaning: 'The server cannot reach its database, or is shutting down.',
    fix: 'Send it again a little later, with the same reference or idempotency key.',
  },
  INTERNAL_SERVER_ERROR: {
    status: 500,
    title: 'Something went wrong on our side',
    meaning: 'The server failed at something that it should be able to do. What exactly is in its log, under the request id.',
    fix: 'Tell whoever runs the server the request id. If it was a command, send it again with the same reference or idempotency key.',
  },

  // What is not there.
  NOT_FOUND: {
    status: 404,
    title: 'There is no such thing',
    meaning: 'There is nothing at this address, or the object that was named does not exist in the workspace of your key.',
    fix: 'Check the address and the id, and that the key belongs to the workspace that has the object.',
  },
  CUSTOMER_NOT_FOUND: { status: 404, title: 'No such customer', fix: 'Create the customer first with `customerUpsert`, or correct the id.' },
  REWARD_NOT_FOUND: { status: 404, title: 'No such reward', fix: 'Name a reward of this workspace that is not deleted, by its id with the prefix `rwd`.' },
  GRANT_NOT_FOUND: {
    status: 404,
    title: 'No such grant',
    fix: 'Name a grant of this reward and customer that can still be used, or leave it out: then one is found, if there is one.',
  },
  REDEMPTION_NOT_FOUND: { status: 404, title: 'No such redemption', fix: 'Name a redemption of this workspace by its id, or by the reference that it was recorded with.' },
  SPEND_NOT_FOUND: { status: 404, title: 'No such spend', fix: 'Name a spend that was recorded in this workspace, by its id or its reference and source.' },
  TRANSACTION_NOT_FOUND: {
    status: 404,
    title: 'No such purchase',
    fix: 'Send the purchase first with `earn`, or name it by its id or its reference and source.',
  },

  // What has changed, or has gone too far for this step.
  STALE_PLAN: { status: 409, title: 'Something has changed since the plan', fix: 'Plan again, look at what would change now, and apply that.' },
  KEY_TAKEN: { status: 409, title: 'Another one has the key', fix: 'Choose another key, or give the other one a new key first.' },
  VERSION_CONFLICT: { status: 409, title: 'Somebody else was faster', fix: READ_AGAIN },
  REFERENCE_MISMATCH: {
    status: 409,
    title: 'The reference belongs to something else',
    fix: 'Use a reference once, for one fact. To repeat a command, send exactly the same input.',
  },
  INVALID_STATUS: { status: 409, title: 'Not in this status', fix: 'Read the object’s status and take the step that leads on from there.' },
  NOT_DRAFT: {
    status: 409,
    title: 'Only drafts can be edited',
    fix: 'Make it a draft again if it is not in use, revise it if it is a tier structure, or create another one.',
  },
  IN_USE: { status: 409, title: 'Customers depend on it', fix: 'Revise it, or deactivate it and create another one.' },
  TOO_MANY: { status: 409, title: 'There are as many as there may be', fix: 'Delete one that is not needed any more, or wait for one to end.' },
  RETIRED: { status: 409, title: 'The rule has ended', fix: 'Create a new earn rule.' },
  REVISED_MEANWHILE: { status: 409, title: 'There is a newer revision', fix: 'Revise the structure again and repeat the changes in the new draft.' },
  ALREADY_REVERSED: { status: 409, title: 'Nothing is left to reverse', fix: 'Nothing needs to be done: the points were given back before.' },
  ALREADY_CANCELLED: { status: 409, title: 'It was cancelled before', fix: 'Nothing has to be done: points and grant are back.' },
  ALREADY_CONFIRMED: {
    status: 409,
    title: 'The reward was handed over',
    fix: 'A proof works once. What was handed over cannot be cancelled; if it was a mistake, give points back by `pointsAdjust`.',
  },
  REDEMPTION_CANCELLED: { status: 409, title: 'The redemption was cancelled', fix: 'Hand nothing over. The customer has the points back, and can redeem again.' },
  OUT_OF_STOCK: { status: 409, title: 'Nothing is left', fix: 'Offer another reward, or put more on the shelf with `rewardStockAdjust`.' },
  LAST_ADMIN_KEY: { status: 409, title: 'The last key that can manage keys', fix: 'Create another key with scope `ADMIN` first.' },
  NOT_USABLE: { status: 409, title: 'The key has ended', fix: 'Create a new key instead of replacing this one.' },

  // Webhooks.
  INVALID_URL: { status: 422, title: 'The address is not one', fix: 'Send an absolute address with `https://`, without user, password and fragment.' },
  DESTINATION_NOT_ALLOWED: {
    status: 422,
    title: 'Messages may not be sent there',
    fix: 'Use a host of the public internet with `https://` and port 443 or 8443. To try things out on your own machine, use a sandbox of a server with `WEBHOOK_ALLOW_LOOPBACK=on`.',
  },
  INVALID_EVENT_TYPE: {
    status: 422,
    title: 'There is no such event type',
    fix: 'Send types as the enum `EventType` names them on the wire, for example `customer.tier.upgraded`, or patterns such as `customer.*` and `*`.',
  },
  INVALID_HEADER: { status: 422, title: 'The header cannot be sent along', fix: 'Send a header of your own, mostly one that begins with `X-`, or `Authorization`.' },
  INVALID_REPLAY_RANGE: { status: 422, title: 'The range of time does not fit', fix: 'Send a range that lies within the last 7 days and ends after it begins.' },
  INVALID_RATE_LIMIT: { status: 422, title: 'Not a rate', fix: 'Send a whole number of messages a second from 1 to 1000.' },

  // What the rules of the program do not allow.
  LIMIT_REACHED: { status: 422, title: 'As often as is allowed', fix: 'Offer another reward, or wait for the next period where `limit` names one.' },
  NOT_ELIGIBLE: { status: 422, title: 'Not for this customer', fix: 'Offer a reward that `customer.rewards` shows as redeemable.' },
  NO_GRANT: { status: 422, title: 'The reward is only given', fix: 'It costs no points and can be had by a grant alone, which the customer earns as the reward’s trigger says.' },
  REWARD_NOT_VALID: { status: 422, title: 'The reward cannot be had now', fix: 'Look at its status and validity. An administrator can activate it, or change when it is valid.' },
  INVALID_PROOF: {
    status: 422,
    title: 'Not a proof of this workspace',
    fix: 'Hand nothing over. Send the proof as it was read, whole and unchanged, with a key of the workspace in which it was redeemed.',
  },
  PROOF_EXPIRED: { status: 422, title: 'The proof was not used in time', fix: 'Hand nothing over. Cancel the redemption, which gives the points back, and redeem again.' },
  NO_STOCK: { status: 422, title: 'There is no stock to adjust', fix: 'The reward is there as often as it is asked for. Give it a stock while it is a draft.' },
  TOO_MANY_REWARDS: { status: 422, title: 'No more rewards', fix: 'Delete rewards that are not used any more.' },
  INSUFFICIENT_POINTS: { status: 422, title: 'Too few points', fix: 'Ask for at most as many points as `available` says.' },
  POINTS_OUT_OF_RANGE: { status: 422, title: 'More points than can be counted', fix: 'Use smaller amounts, or earn rules that give fewer points.' },
  REFUND_EXCEEDS_TRANSACTION: { status: 422, title: 'More than is left of the purchase', fix: 'Refund at most what the message says is left.' },
  REVERSAL_EXCEEDS_SPEND: { status: 422, title: 'More than is left of the spend', fix: 'Give back at most what the message says is left.' },
  RATE_MISSING: { status: 422, title: 'No rate for this currency', fix: 'Add a rate for the currency to the earn rule that the message names.' },
  CONDITION_FAILED: {
    status: 422,
    title: 'A condition could not be judged',
    fix: 'Send the field that the condition reads, or let the condition of the rule check with `has()` that it is there.',
  },
  ENTRY_AWARD_CYCLE: { status: 422, title: 'Entry awards go round in a circle', fix: 'Take one of the awards out of the circle that the message names.' },
  TOO_MANY_REVISIONS: { status: 422, title: 'No more revisions', fix: 'Create a new structure, and deactivate this one.' },
  TOO_MANY_RULES: { status: 422, title: 'No more earn rules', fix: 'Retire rules that are no longer needed.' },
  TOO_MANY_TIERS: { status: 422, title: 'No more tiers', fix: 'Use fewer tiers, or several structures.' },
  TOO_MANY_VERSIONS: { status: 422, title: 'No more versions', fix: 'Retire the rule and create a new one.' },
  NO_TIERS: { status: 422, title: 'A structure without tiers', fix: 'Add at least one tier before you activate the structure.' },
  OVERLAPPING_TIERS: { status: 422, title: 'Tiers overlap', fix: 'Give each tier a minimum of its own, and a maximum below the next tier’s minimum.' },
  SAME_CUSTOMER: { status: 422, title: 'From and to the same customer', fix: 'Name two different customers.' },
  CLOCK_BACKWARDS: { status: 422, title: 'Time does not go back', fix: 'Advance to a later instant, or create a new sandbox.' },
  CLOCK_NOT_ALLOWED: { status: 422, title: 'No clock to set', fix: 'Create a sandbox with `mode: SANDBOX` and a `clock`.' },
  CLOCK_TOO_FAR: { status: 422, title: 'Too far at once', fix: 'Advance in several steps.' },

  // Input that makes no sense.
  DATE_IN_FUTURE: { status: 422, title: 'That has not happened yet', fix: 'Send an instant that is not after the workspace’s clock. Check the clock of the sender.' },
  DATE_TOO_OLD: { status: 422, title: 'Too long ago', fix: 'Send facts sooner, or allow more with `backdatingDays` of the workspace.' },
  UNKNOWN_CURRENCY: { status: 422, title: 'No such currency', fix: 'Send a code of ISO 4217 in capitals, such as `EUR`.' },
  INVALID_ACTIVATION: { status: 422, title: 'The activation does not make sense', fix: 'Correct it as the description of the input says.' },
  INVALID_ACTIVITY_TYPE: { status: 422, title: 'Not a type of activity', fix: CHECK_TEXT },
  INVALID_AMOUNT: {
    status: 422,
    title: 'Not an amount',
    fix: 'Send a decimal as text, such as `"152.40"`, with no more decimals than the currency has.',
  },
  INVALID_BACKDATING: { status: 422, title: 'Not a number of days', fix: 'Send a whole number of days within the limits.' },
  INVALID_NOTICE: { status: 422, title: 'Not a number of days to give notice', fix: 'Send a whole number of days within the limits.' },
  INVALID_RETENTION: { status: 422, title: 'Not a number of days to keep events', fix: 'Send a whole number of days within the limits.' },
  INVALID_CAP: { status: 422, title: 'The cap does not make sense', fix: 'Send at most one cap a period, of at least 1 point.' },
  INVALID_CARD_DEFINITION: {
    status: 422,
    title: 'Not a card definition that can be used',
    fix: 'Name an active card definition of this workspace, or activate this one.',
  },
  INVALID_CLOCK: { status: 422, title: 'Not an instant for a clock', fix: 'Freeze the clock at an instant from 1970 on.' },
  INVALID_CONDITION: { status: 422, title: 'The condition does not compile', fix: 'Correct the expression where the message says. It must answer true or false.' },
  INVALID_COST: { status: 422, title: 'Not a cost', fix: 'Send 1 point or more; 0 only for a reward with a trigger.' },
  INVALID_DESCRIPTION: { status: 422, title: 'Not a description', fix: CHECK_TEXT },
  INVALID_LIMIT: { status: 422, title: 'The limits do not make sense', fix: 'Send numbers from 1 to 1000000, at most one for each period.' },
  INVALID_LOCALE: { status: 422, title: 'Not a language tag', fix: 'Send a BCP 47 tag such as `de-AT`. A reward’s default locale has a receipt, if there are receipts.' },
  INVALID_RECEIPT: {
    status: 422,
    title: 'The receipt does not make sense',
    fix: 'Correct the template at `field`. The message says what does not parse, and what a template may name.',
  },
  INVALID_STOCK: { status: 422, title: 'Not a stock', fix: 'Send a number from 0 to 1000000000, or a difference that leaves one.' },
  INVALID_TIER: { status: 422, title: 'The tiers do not make sense', fix: 'Name tiers of this workspace, each once, at most 50.' },
  INVALID_TRIGGER: { status: 422, title: 'The trigger does not make sense', fix: 'Send a number of visits from 1 to 10000, or a threshold of 1 point or more; a validity of grants needs a trigger.' },
  INVALID_TYPE: { status: 422, title: 'Not a type', fix: CHECK_TEXT },
  INVALID_VALIDITY: { status: 422, title: 'The validity does not make sense', fix: 'Send an end after the beginning, and periods and minutes within the limits that the field’s description names.' },
  INVALID_DOWNGRADE: { status: 422, title: 'The downgrade does not make sense', fix: 'Correct it as the description of the input says.' },
  INVALID_DRAFT: { status: 422, title: 'The other kind of draft', fix: 'Publish a draft of a next revision; activate any other draft.' },
  INVALID_EFFECTIVE_AT: {
    status: 422,
    title: 'Not an instant to be judged from',
    fix: 'Leave it out, or send one that is not in the future, and not in the past of a structure that was in force.',
  },
  INVALID_EMAIL: { status: 422, title: 'Not an e-mail address', fix: 'Correct the address, or leave it out.' },
  INVALID_ENTRY_AWARD: { status: 422, title: 'The entry award does not make sense', fix: 'Give at least 1 point on an active card definition.' },
  INVALID_EXPIRATION: { status: 422, title: 'The expiration does not make sense', fix: 'Correct it as the description of the input says.' },
  INVALID_EXPIRY: { status: 422, title: 'The key would have ended', fix: 'Send an instant in the future, or leave it out.' },
  INVALID_EXTERNAL_ID: { status: 422, title: 'Not an id of yours', fix: CHECK_TEXT },
  INVALID_LINES: {
    status: 422,
    title: 'The lines do not make sense',
    fix: 'Send lines whose amounts add up to the whole amount, and for a refund only lines of the purchase, each once.',
  },
  INVALID_LOCATION: { status: 422, title: 'Not a location', fix: CHECK_TEXT },
  INVALID_METADATA: { status: 422, title: 'Too much metadata', fix: 'Send at most 50 keys and 10 KiB. Keep larger data with you, under the object’s id.' },
  INVALID_MULTIPLIER: { status: 422, title: 'The multipliers do not make sense', fix: 'Name each tier at most once, with a factor above 0 and at most 1000.' },
  DOCUMENT_TOO_LARGE: { status: 422, title: 'The document is too large', fix: 'Leave out what is not configuration, or send sections in documents of their own.' },
  DUPLICATE_KEY: { status: 422, title: 'A key is there twice', fix: 'Give each object of a list a key of its own, and say each field once.' },
  INVALID_DOCUMENT: { status: 422, title: 'The document does not fit', fix: 'Correct it at `path`. The JSON Schema at `/v3/configuration.schema.json` lets editors say what is expected there.' },
  INVALID_SYNTAX: { status: 422, title: 'Neither YAML nor JSON', fix: 'Correct it at `line` and `column`. Write values out instead of using aliases or tags.' },
  NOT_CHANGEABLE: { status: 422, title: 'That never changes', fix: 'Correct it in the document, or create another object under another key.' },
  UNKNOWN_FIELD: { status: 422, title: 'No such field', fix: 'Correct the name of the field, or remove it. The JSON Schema names all that there are.' },
  UNKNOWN_REFERENCE: { status: 422, title: 'The key leads nowhere', fix: 'Name an object of the document, or one that the workspace has and keeps.' },
  UNSUPPORTED_VERSION: { status: 422, title: 'Another version of the format', fix: 'Export the document again, or use a server that reads its version.' },
  INVALID_KEY: { status: 422, title: 'Not a key', fix: 'Use 1 to 63 small letters, digits, and single hyphens or underscores between them, or leave it out.' },
  INVALID_NAME: { status: 422, title: 'Not a name', fix: CHECK_TEXT },
  INVALID_OVERLAP: { status: 422, title: 'Not an overlap', fix: 'Send a whole number of hours within the limits that the field’s description names.' },
  INVALID_POINTS: { status: 422, title: 'Not a number of points', fix: 'Send a whole number greater than 0; an adjustment may be below 0, but not 0.' },
  INVALID_POINT_EARNED: { status: 422, title: 'The tracking of earned points does not make sense', fix: 'Correct it as the description of the input says.' },
  INVALID_POINT_EXPIRATION: { status: 422, title: 'The expiration of points does not make sense', fix: 'Correct it as the description of the input says.' },
  INVALID_RANGE: { status: 422, title: 'Not a range of points', fix: 'Send a minimum of at least 0, and a maximum that is not below it.' },
  INVALID_RATE: { status: 422, title: 'The rates do not make sense', fix: 'Send 1 to 50 rates, one for each currency, with numbers greater than 0.' },
  INVALID_REASON: { status: 422, title: 'Not a reason', fix: CHECK_TEXT },
  INVALID_REFERENCE: { status: 422, title: 'Not a reference', fix: CHECK_TEXT },
  TOO_MANY_SIGNING_KEYS: {
    status: 422,
    title: 'Too many signing keys',
    fix: 'Rotate less often. Keys are never removed, because what they signed is verified with them.',
  },
  INVALID_TIME_ZONE: { status: 422, title: 'No such time zone', fix: 'Send a name of the IANA database, such as `Europe/Warsaw`.' },
} satisfies Catalog;

const catalog: Readonly<Record<string, RefusalEntry | RequestEntry | undefined>> = ERROR_CATALOG;

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(catalog, code);
}

/** The HTTP status of a code over REST; 500 for what is no code of ours, which is then our fault. */
export function statusOf(code: string): number {
  return entryOf(code)?.status ?? ERROR_CATALOG.INTERNAL_SERVER_ERROR.status;
}

/** The short name of a code for people; the same for every occurrence, as RFC 9457 asks of a `title`. */
export function titleOf(code: string): string {
  return entryOf(code)?.title ?? ERROR_CATALOG.INTERNAL_SERVER_ERROR.title;
}

export function entryOf(code: string): RefusalEntry | RequestEntry | undefined {
  return Object.hasOwn(catalog, code) ? catalog[code] : undefined;
}

/** Where a code is explained: an absolute address if the server knows its own, else a path on it. */
export function documentationOf(code: string, publicUrl: string | null): string {
  return `${publicUrl ?? ''}${ERROR_PAGES_PATH}/${isErrorCode(code) ? code : 'INTERNAL_SERVER_ERROR'}`;
}
