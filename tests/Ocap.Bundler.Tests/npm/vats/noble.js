// @noble/hashes.
import { Far } from '@endo/far';
import { hmac } from '@noble/hashes/hmac.js';
import { pbkdf2 } from '@noble/hashes/pbkdf2.js';
import { ripemd160 } from '@noble/hashes/legacy.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { blake2b } from '@noble/hashes/blake2.js';
import { blake3 } from '@noble/hashes/blake3.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';

export function buildRootObject() {
  const bytes = hexToBytes('616263');
  const hex = (hash) => bytesToHex(hash);
  return Far('root', {
    sha256: () => hex(sha256(bytes)),
    sha512: () => hex(sha512(bytes)),
    keccak: () => hex(keccak_256(bytes)),
    blake2b: () => hex(blake2b(bytes, { dkLen: 32 })),
    blake3: () => hex(blake3(bytes)),
    ripemd160: () => hex(ripemd160(bytes)),
    hmac: () => hex(hmac(sha256, bytes, bytes)),
    pbkdf2: () => hex(pbkdf2(sha256, bytes, bytes, { c: 16, dkLen: 32 })),
    streamed: () => hex(sha256.create().update(bytes).update(bytes).digest()),
    refused: () => hex(sha256('not bytes')),
  });
}
