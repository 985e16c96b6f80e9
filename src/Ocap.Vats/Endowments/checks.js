// How streams complain, and what their options may be: in Node's words, with Node's codes.
(natives, use, { Number, Promise, RangeError, TypeError }) => {
  const coded = (Class, code, message) => {
    const error = new Class(message);
    error.code = code;
    return error;
  };
  const invalid = what => coded(TypeError, 'ERR_INVALID_STATE', `Invalid state: ${what}`);
  const deferred = () => {
    const both = {};
    both.promise = new Promise((resolve, reject) => { both.resolve = resolve; both.reject = reject; });
    return both;
  };

  const foreign = name => coded(TypeError, 'ERR_INVALID_THIS', `Value of "this" must be of type ${name}`);
  const wrongType = (name, wanted) => coded(TypeError, 'ERR_INVALID_ARG_TYPE', `The "${name}" ${name.includes('.') ? 'property' : 'argument'} must be ${wanted}.`);
  const wrongValue = name => coded(TypeError, 'ERR_INVALID_ARG_VALUE', `The property '${name}' is invalid.`);

  const needObject = (value, name) => {
    if (value === null || (typeof value !== 'object' && typeof value !== 'function')) throw wrongType(name, 'of type object');
  };

  /** Options, where none are as good as empty ones. */
  const optionsOf = options => {
    if (options === undefined || options === null) return {};
    needObject(options, 'options');
    return options;
  };

  /** How much room a source wants to be offered when a reader brings none. */
  const allocatedBy = ({ autoAllocateChunkSize: size }) => {
    if (size === undefined) return 0;
    if (!(Number.isSafeInteger(Number(size)) && Number(size) > 0)) throw wrongValue('source.autoAllocateChunkSize');
    return Number(size);
  };

  /** How many elements a reader waits for. */
  const leastOf = (min, most) => {
    if (typeof min !== 'number') throw wrongType('options.min', 'of type number');
    if (!Number.isInteger(min) || min <= 0) throw wrongValue('options.min');
    if (min > most) throw coded(RangeError, 'ERR_OUT_OF_RANGE', 'The value of "options.min" is out of range. It must be <= view.length.');
    return min;
  };

  const quiet = promise => { promise.catch(() => {}); return promise; };

  return { coded, invalid, foreign, wrongType, wrongValue, needObject, optionsOf, allocatedBy, leastOf, deferred, quiet };
}
