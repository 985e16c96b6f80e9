const order = ['lib'];
exports.order = order;
exports.note = (name) => order.push(name);
exports.data = require('./data.json');
exports.esm = () => require('./esm.js');
exports.early = exports.esm().early;
exports.missing = () => require('crypto').never;
try { require('not-there-either'); } catch (e) { order.push(e.code); }
