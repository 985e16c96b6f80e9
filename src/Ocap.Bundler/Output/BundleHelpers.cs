using System.Text;
using Ocap.Bundler.Linking;

namespace Ocap.Bundler.Output;

/// <summary>
/// The functions of the bundle's own that its modules need: each is written only where it is used. They close over the bundle's globals, whatever is called
/// <c>Promise</c> or <c>Object</c> where they are used.
/// </summary>
internal sealed class BundleHelpers(NameTable names)
{
    // In the order in which they are written; later ones use earlier ones.
    private static readonly (string Name, string Value)[] All =
    [
        (ImportNothing, "() => Promise.resolve({})"),
        (ImportRefused, "() => Promise.reject(new TypeError(\"Modules cannot be imported at run time in a vat\"))"),
        (Named, "(value, name) => Object.defineProperty(value, \"name\", { value: name, configurable: true })"),
        (Require, """
            (name) => {
              throw Object.assign(new Error(`Cannot find module '${name}'`), { code: "MODULE_NOT_FOUND" });
            }
            """),
        // What is required while it runs gives what it has exported so far; when it fails, the next one who asks runs it again.
        (CommonJs, """
            (run) => {
              let module;
              return () => {
                if (!module) {
                  module = { exports: {} };
                  try {
                    run.call(module.exports, module.exports, module);
                  } catch (error) {
                    module = undefined;
                    throw error;
                  }
                }
                return module.exports;
              };
            }
            """),
        // Up to its first stop a module makes its functions and names its exports, which others may use before its statements ran.
        (Esm, """
            (run) => {
              let module = run();
              module.next();
              return () => {
                const first = module;
                module = undefined;
                first?.next();
              };
            }
            """),
        (Copy, """
            (to, from, isWanted) => {
              if (Object(from) === from) {
                for (const key of Object.getOwnPropertyNames(from)) {
                  if (!Object.hasOwn(to, key) && isWanted(key)) {
                    Object.defineProperty(to, key, { get: () => from[key], enumerable: Object.getOwnPropertyDescriptor(from, key).enumerable });
                  }
                }
              }
              return to;
            }
            """),
        (Fill, """
            (to, getters) => {
              for (const key of Object.keys(getters)) {
                Object.defineProperty(to, key, { get: getters[key], enumerable: true });
              }
              return Object.defineProperty(to, Symbol.toStringTag, { value: "Module" });
            }
            """),
        // isNode: the importer is what Node takes for an ES module, which gets all that is exported as the default.
        (ToEsm, """
            (exported, isNode) => {
              const space = exported == null ? {} : Object.create(Object.getPrototypeOf(exported));
              if (isNode || !exported || !exported.__esModule) {
                Object.defineProperty(space, "default", { value: exported, enumerable: true });
              }
              return @copy(space, exported, () => true);
            }
            """),
        (ToCommonJs, """
            ((made) => (space) => {
              if ("module.exports" in space) {
                return space["module.exports"];
              }
              if (!made.has(space)) {
                made.set(space, @copy(Object.defineProperty({}, "__esModule", { value: true }), space, () => true));
              }
              return made.get(space);
            })(new WeakMap())
            """),
    ];

    private readonly Dictionary<string, string> _used = new(StringComparer.Ordinal);

    public const string ImportNothing = "__importNothing";
    public const string ImportRefused = "__importRefused";
    public const string Named = "__named";
    public const string Require = "__require";
    public const string CommonJs = "__commonJS";
    public const string Esm = "__esm";
    public const string Copy = "__copy";
    public const string Fill = "__fill";
    public const string ToEsm = "__toESM";
    public const string ToCommonJs = "__toCommonJS";

    /// <summary>The name in this bundle of the helper called <paramref name="helper"/>, which is thereby used.</summary>
    public string this[string helper]
    {
        get
        {
            if (!_used.TryGetValue(helper, out string? name))
            {
                if (helper is ToEsm or ToCommonJs)
                {
                    _ = this[Copy];
                }
                name = names.Fresh(helper);
                _used.Add(helper, name);
            }
            return name;
        }
    }

    /// <summary>Declares those that were used.</summary>
    public void Declare(StringBuilder code)
    {
        foreach (var (helper, value) in All)
        {
            if (_used.TryGetValue(helper, out string? name))
            {
                code.Append("const ").Append(name).Append(" = ").Append(value.ReplaceLineEndings("\n").Replace("@copy", _used.GetValueOrDefault(Copy), StringComparison.Ordinal)).Append(";\n");
            }
        }
    }
}
