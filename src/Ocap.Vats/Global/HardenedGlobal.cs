using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Native.Symbol;
using Jint.Runtime;
using Jint.Runtime.Descriptors;
using Ocap.Vats.Global.Asserting;
using Ocap.Vats.Global.Compartments;
using Ocap.Vats.Global.Sorting;
using Ocap.Vats.Limits;

namespace Ocap.Vats.Global;

/// <summary>
/// Turns a fresh engine's global into a vat's: removes what is not permitted, tames what tells the time or the host, caps what allocates, freezes the rest,
/// and adds <c>harden</c>, <c>assert</c>, <c>console</c> and their company. Every change is made before any code of the vat runs.
/// </summary>
internal static class HardenedGlobal
{
    // The engine sorts in these orders, for whichever vat (build/engine).
    static HardenedGlobal() => (SortOrder.Arrays, SortOrder.TypedArrays) = (new ArrayOrder(), new TypedArrayOrder());

    internal static (Hardener Hardener, CompartmentKit Compartments) Build(Jint.Engine engine, VatHost host, VatLimits limits, CrankBudget budget, ObjectNotes notes, StackFrames frames, Action<string, string> console)
    {
        var intrinsics = new IntrinsicTable(engine);
        var global = intrinsics.Global;
        TamedDate.Install(intrinsics);
        intrinsics["Math"].Method("random", 0, (_, _) => throw Natives.TypeError(engine, "secure mode %SharedMath%.random() throws"));
        TamedErrors.Install(intrinsics, frames);
        TamedLocale.Install(intrinsics);
        Numbers.Install(intrinsics);
        UnmadeBigInt.Install(intrinsics);
        OwnKeyLists.Install(intrinsics);
        RepairQuirks(intrinsics);
        Slices.Install(intrinsics);
        ReactionGuards.Install(intrinsics);
        CodePointIteration.Install(intrinsics);
        var evaluators = new Evaluators(intrinsics, host, limits);
        evaluators.Install();
        new CappedBuffers(intrinsics, limits.BufferBytes).Install();
        NativeGuards.Install(intrinsics, budget);
        RemoveUnpermitted(intrinsics);
        OverrideEnablements.Install(intrinsics);

        var compartments = new CompartmentKit(intrinsics, evaluators);
        var hardener = new Hardener(engine, notes);
        var harden = Natives.Function(engine, "harden", 1, (_, arguments) => hardener.Harden(arguments.At(0)));
        global.Hidden("harden", harden);
        // Where packages newer than the reference look for it.
        intrinsics["Object"].Set(((ObjectInstance)global.Object("Symbol")).Get("for").Call(JsValue.Undefined, ["harden"]), harden);
        // The global has been locked down: there is nothing left to do, and nothing to complain of.
        global.Hidden("lockdown", Natives.Function(engine, "", 1, static (_, _) => JsValue.Undefined));
        var assert = new VatAssert(intrinsics);
        var vatConsole = new VatConsole(engine, assert, hardener, console).Make();

        hardener.HardenIntrinsics([.. GlobalValues(global), .. intrinsics.All.Select(static entry => entry.Value), .. assert.Roots, vatConsole]);

        // Endowments are enumerable, as assigned ones are; the language's own names are not.
        global.Set("console", vatConsole);
        global.Set("assert", assert.Assert);
        global.Set("exports", new JsObject(engine));
        global.Set("global", global);
        global.Hidden("globalThis", global);
        compartments.ShareGlobals();
        return (hardener, compartments);
    }

    private static void RepairQuirks(IntrinsicTable intrinsics)
    {
        // The specification gives this one property an accessor that forgives assignment; SES turns it into data and enables it like the others.
        var iterator = intrinsics["%IteratorPrototype%"];
        iterator.Hidden("constructor", intrinsics["Iterator"]);
        iterator.Define(GlobalSymbolRegistry.ToStringTag, new PropertyDescriptor("Iterator", writable: true, enumerable: false, configurable: true));
    }

    private static void RemoveUnpermitted(IntrinsicTable intrinsics)
    {
        foreach (var key in intrinsics.Global.GetOwnPropertyKeys())
        {
            if (!Permits.Globals.Contains(WellKnown.Name(key))) Remove(intrinsics.Global, key);
        }
        foreach (var (name, permitted) in Permits.Properties)
        {
            var target = intrinsics[name];
            var isFunction = target.IsCallable();
            foreach (var key in target.GetOwnPropertyKeys())
            {
                var property = WellKnown.Name(key);
                if (permitted.Contains(property) || (isFunction && property is "length" or "name" or "prototype")) continue;
                Remove(target, key);
            }
        }

        static void Remove(ObjectInstance target, JsValue key)
        {
            if (!target.Delete(key)) throw new InvalidOperationException($"The engine's {key} cannot be removed.");
        }
    }

    private static IEnumerable<ObjectInstance> GlobalValues(ObjectInstance global)
    {
        foreach (var key in global.GetOwnPropertyKeys())
        {
            // The global object itself stays open: a vat may have globals of its own.
            if (global.OwnValue(key) is ObjectInstance value && !ReferenceEquals(value, global)) yield return value;
        }
    }
}
