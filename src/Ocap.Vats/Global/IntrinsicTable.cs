using Jint;
using Jint.Native;
using Jint.Native.Error;
using Jint.Native.Object;
using Jint.Runtime;
using Acornima.Ast;

namespace Ocap.Vats.Global;

/// <summary>Finds an engine's intrinsics by name: globals, their prototypes, and those that no global leads to.</summary>
internal sealed class IntrinsicTable
{
    // The objects that only values lead to. Each line is one intrinsic, in the order of HiddenNames.
    private const string HiddenSource = """
        (() => {
          const proto = Object.getPrototypeOf;
          const generator = proto(function* () {});
          const asyncGenerator = proto(async function* () {});
          const iterator = proto(proto([][Symbol.iterator]()));
          return [
            proto(''[Symbol.iterator]()),
            proto(/a/[Symbol.matchAll]('a')),
            proto([][Symbol.iterator]()),
            proto(Int8Array),
            proto(Int8Array.prototype),
            proto(new Map()[Symbol.iterator]()),
            proto(new Set()[Symbol.iterator]()),
            iterator,
            proto(Iterator.from({ next() {} })),
            proto(Iterator.from({ next() {} }).map(x => x)),
            proto(asyncGenerator.prototype),
            generator,
            generator.prototype,
            asyncGenerator,
            asyncGenerator.prototype,
            proto(async () => {}),
            Object.getOwnPropertyDescriptor((function () { 'use strict'; return arguments; })(), 'callee').get,
          ];
        })()
        """;

    private static readonly string[] HiddenNames =
    [
        "%StringIteratorPrototype%", "%RegExpStringIteratorPrototype%", "%ArrayIteratorPrototype%", "%TypedArray%", "%TypedArray%.prototype",
        "%MapIteratorPrototype%", "%SetIteratorPrototype%", "%IteratorPrototype%", "%WrapForValidIteratorPrototype%", "%IteratorHelperPrototype%",
        "%AsyncIteratorPrototype%", "%GeneratorFunction.prototype%", "%GeneratorPrototype%", "%AsyncGeneratorFunction.prototype%",
        "%AsyncGeneratorPrototype%", "%AsyncFunction.prototype%", "%ThrowTypeError%",
    ];

    private static readonly Prepared<Script> Hidden = Jint.Engine.PrepareScript(HiddenSource, strict: true);

    private readonly Dictionary<string, ObjectInstance> _named = new(StringComparer.Ordinal);

    internal IntrinsicTable(Jint.Engine engine)
    {
        Global = engine.Global;
        var hidden = (ObjectInstance)engine.Evaluate(Hidden);
        for (var i = 0; i < HiddenNames.Length; i++) _named.Add(HiddenNames[i], (ObjectInstance)hidden.Get(i));
        foreach (var name in Permits.Properties.Keys)
        {
            if (name[0] == '%') continue;
            var dot = name.IndexOf('.', StringComparison.Ordinal);
            var owner = Global.Object(dot < 0 ? name : name[..dot]);
            _named.Add(name, dot < 0 ? owner : owner.Object("prototype"));
        }
    }

    internal ObjectInstance Global { get; }

    internal ObjectInstance this[string name]
    {
        get => _named[name];
        set => _named[name] = value;
    }

    internal IEnumerable<KeyValuePair<string, ObjectInstance>> All => _named;

    /// <summary>An error of the language's own kind, whatever the vat's code has made of the global of that name.</summary>
    internal JavaScriptException Error(string name, string message) => new((ErrorConstructor)_named[name], message);
}
