import * as esm from './esm.js';

const attempt = (read) => { try { return read(); } catch (e) { return e.name; } };
export const leaf = [typeof esm.hoisted, attempt(() => esm.count), attempt(() => esm.late()), attempt(() => new esm.K()), typeof esm.default];
export const later = 'later';
