/**
 * The module of `clients/wasm`: bytes in, bytes out. It imports nothing, so that it can do nothing but compute, in browsers and
 * in Node.js alike; what it exports is documented there. This file needs no package, and can be loaded by a page as it is.
 */
import { RulesFailed, RulesRefused, RulesUnusable } from './errors.js';

/** The form of inputs and answers that this SDK writes and reads. */
export const ABI_VERSION = 4;
/** The longest input of `decide`, `adjudicate` and `open_sealed`, in bytes. */
export const MAX_INPUT = 2 ** 20;
/** The longest input of `verify_receipt` and `verify_decision`, in bytes: receipt, trail and record together. */
export const MAX_FILES = 2 ** 24;

const RULES = ['decide', 'adjudicate', 'open_sealed', 'verify_receipt', 'verify_decision'] as const;
/** A function of the module that takes an input. */
export type Rule = (typeof RULES)[number];
const TAKE_FILES: readonly Rule[] = ['verify_receipt', 'verify_decision'];

/** What of the module is used here. Addresses and lengths are in bytes; an answer has its address in the upper 32 bits. */
interface Exports extends Record<Rule, (address: number, length: number) => bigint> {
  memory: WebAssembly.Memory;
  abi_version(): number;
  alloc(length: number): number;
  free(address: number, length: number): void;
}

function isOurs(exports: WebAssembly.Exports): exports is WebAssembly.Exports & Exports {
  return exports['memory'] instanceof WebAssembly.Memory
    && ['abi_version', 'alloc', 'free', ...RULES].every((name) => typeof exports[name] === 'function');
}

/** The module, instantiated. Calls do not know of each other. */
export class Engine {
  readonly #exports: Exports;
  #failed = false;

  /** See {@link loadEngine}. */
  constructor(exports: WebAssembly.Exports) {
    if (!isOurs(exports)) throw new RulesUnusable('the module does not export what rules export');
    const version = exports.abi_version();
    if (version !== ABI_VERSION) throw new RulesUnusable(`they are of version ${version}, and this SDK is for version ${ABI_VERSION}`);
    this.#exports = exports;
  }

  /** The encoded answer to an encoded input. Throws {@link RulesRefused} only if it is too long; other faults are answers. */
  call(rule: Rule, input: Uint8Array): Uint8Array {
    if (input.length > (TAKE_FILES.includes(rule) ? MAX_FILES : MAX_INPUT)) throw new RulesRefused({ kind: 'TooLong' });
    if (this.#failed) throw new RulesFailed('an earlier call ended without an answer');
    try {
      return this.#run(rule, input);
    } catch (cause) {
      this.#failed = true;
      throw cause instanceof RulesFailed ? cause : new RulesFailed('the call ended without an answer', { cause });
    }
  }

  #run(rule: Rule, input: Uint8Array): Uint8Array {
    const { memory, alloc, free } = this.#exports;
    // Address 0 stands for no room; nothing needs room for nothing.
    const from = input.length > 0 ? alloc(input.length) >>> 0 : 0;
    if (input.length > 0 && from === 0) throw new RulesFailed('there is no memory for the input');
    new Uint8Array(memory.buffer).set(input, from);
    const packed = BigInt.asUintN(64, this.#exports[rule](from, input.length));
    const [at, length] = [Number(packed >> 32n), Number(packed & 0xffff_ffffn)];
    // The memory has grown, perhaps: what was seen of it before is void.
    const answer = new Uint8Array(memory.buffer).slice(at, at + length);
    if (answer.length !== length) throw new RulesFailed('the answer is not in the memory');
    free(at, length);
    if (from !== 0) free(from, input.length);
    return answer;
  }
}

/**
 * Instantiates the module from its bytes (fetched, or read from a file), or from one that is compiled already. Throws
 * {@link RulesUnusable} if it is none of the rules, wants anything of its host, or is of another version.
 */
export async function loadEngine(source: BufferSource | WebAssembly.Module): Promise<Engine> {
  let module: WebAssembly.Module;
  try {
    module = source instanceof WebAssembly.Module ? source : await WebAssembly.compile(source);
  } catch (cause) {
    throw new RulesUnusable('the bytes are no WebAssembly', { cause });
  }
  const [wanted] = WebAssembly.Module.imports(module);
  if (wanted) throw new RulesUnusable(`the module wants ${wanted.module}.${wanted.name}, and rules want nothing`);
  try {
    const instance = await WebAssembly.instantiate(module, {});
    return new Engine(instance.exports);
  } catch (cause) {
    throw cause instanceof RulesUnusable ? cause : new RulesUnusable('the module cannot be started', { cause });
  }
}
