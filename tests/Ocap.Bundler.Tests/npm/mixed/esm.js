import { leaf, later } from './leaf.js';
import lib from './lib.cjs';
import * as self from './esm.js';

lib.note('esm');
export let count = 0;
export const bump = () => { count += 1; };
export function hoisted() { return typeof later; }
export default function () { return leaf; }
export class K { name() { return this.constructor.name; } }
export { late } from './late.js';
const attempt = (read) => { try { return read(); } catch (e) { return e.name; } };
export const early = [...leaf, attempt(() => self.early), self.hoisted()];
