// Uses what a vat may ask for, once each: in a process that has been given nothing.
import { Far } from '@endo/far';

export const buildRootObject = () =>
  Far('root', {
    bootstrap() {},
    async use() {
      const digest = await crypto.subtle.digest('SHA-256', new Uint8Array(3));
      const later = await new Promise((resolve) => setTimeout(() => resolve('later'), 1));
      return harden([
        crypto.getRandomValues(new Uint8Array(4)).length,
        crypto.randomUUID().length,
        digest.byteLength,
        Date.now() > 1e12,
        new Date(0).getTimezoneOffset(),
        Math.random() < 1,
        new TextEncoder().encode('ä').length,
        new URL('http://a.example/b').pathname,
        btoa('a'),
        later,
      ]);
    },
  });
