using System.Runtime.CompilerServices;
using Jint;
using Jint.Native;
using Ocap.Vats.Limits;
using Ocap.Vats.Weak;

namespace Ocap.Vats.Tests.Weak;

/// <summary>What lies under one key, and what keeps it.</summary>
public sealed class WeakEntriesTests
{
    [Test]
    public async Task Each_collection_has_its_own_value_under_a_key()
    {
        var entries = new WeakEntries();
        WeakEntries.Owner[] owners = [.. Enumerable.Range(0, 20).Select(static _ => new WeakEntries.Owner(null!))];
        for (int i = 0; i < 3; i++)
        {
            entries.Put(owners[i], JsNumber.Create(i));
        }

        entries.Put(owners[1], JsNumber.Create(10));
        await Assert.That(entries.Count).IsEqualTo(3);
        await Assert.That(entries.TryGet(owners[1], out JsValue? value)).IsTrue();
        await Assert.That(value!.ToString()).IsEqualTo("10");
        await Assert.That(entries.TryGet(owners[3], out _)).IsFalse();
        await Assert.That(entries.Remove(owners[1])).IsTrue();
        await Assert.That(entries.Remove(owners[1])).IsFalse();
        await Assert.That(entries.TryGet(owners[1], out _)).IsFalse();
        await Assert.That(entries.TryGet(owners[2], out _)).IsTrue();
    }

    [Test]
    public async Task Collections_that_are_gone_are_forgotten_when_more_come()
    {
        var entries = new WeakEntries();
        for (int i = 0; i < 1_000; i++)
        {
            // No collection: as one that is gone.
            entries.Put(new WeakEntries.Owner(null!), JsNumber.Create(i));
        }

        await Assert.That(entries.Count).IsLessThan(20);
    }

    [Test]
    public async Task A_key_that_only_its_own_value_leads_to_is_gone()
    {
        using var engine = new VatEngine(VatLimits.Default, static (_, _) => { });
        WeakReference key = Attach(engine);
        for (int i = 0; i < 10 && key.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        await Assert.That(key.IsAlive).IsFalse();
    }

    [Test]
    public async Task A_note_takes_over_the_private_members_of_its_object()
    {
        using var engine = new VatEngine(VatLimits.Default, static (_, _) => { });
        JsValue[] made = engine.Engine.Evaluate("class A { #a = 7; get a() { return this.#a; } set a(v) { this.#a = v; } } const a = new A(); [a, () => a.a, () => { a.a = 8; }]").AsArray().ToArray();
        engine.Notes.On((Jint.Native.Object.ObjectInstance)made[0]).IsHardened = true;
        await Assert.That(engine.Engine.Invoke(made[1]).ToString()).IsEqualTo("7");
        engine.Engine.Invoke(made[2]);
        await Assert.That(engine.Engine.Invoke(made[1]).ToString()).IsEqualTo("8");
        await Assert.That(engine.Notes.Of((Jint.Native.Object.ObjectInstance)made[0])!.IsHardened).IsTrue();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Attach(VatEngine engine)
    {
        var key = new JsObject(engine.Engine);
        var value = new JsObject(engine.Engine);
        value.Set("key", key);
        ObjectNotes.EntriesOn(key).Put(new WeakEntries.Owner(null!), value);
        return new WeakReference(key);
    }
}
