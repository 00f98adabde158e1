import { parse } from 'lossless-json';
import { RequestError } from '../platform/errors.ts';

/**
 * JSON as it came: numbers keep their text until it is known what they are for, so that an amount never passes
 * through binary floating point.
 */
export class JsonNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** @throws RequestError BAD_REQUEST */
export function parseJson(bytes: Buffer): unknown {
  try {
    return parse(UTF8.decode(bytes), undefined, (text) => new JsonNumber(text));
  } catch {
    // What the parser says may quote the body, and a body too deep for it fails with an error of the engine.
    throw new RequestError('BAD_REQUEST', 'The body is not valid JSON in UTF-8, or an object in it has a key twice.', { httpStatus: 400 });
  }
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });
