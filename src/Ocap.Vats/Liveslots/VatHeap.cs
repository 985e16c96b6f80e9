using Jint.Native.Object;
using Ocap.Kernel.Vats;
using Ocap.Marshal;
using Ocap.Vats.Collections;
using Ocap.Vats.Kinds;
using Ocap.Vats.Marshal;
using Ocap.Vats.Patterns;
using Ocap.Vats.Promises;
using Ocap.Vats.Weak;

namespace Ocap.Vats.Liveslots;

/// <summary>The tables and tools that the parts of liveslots share: one vat's heap as the kernel sees it.</summary>
internal sealed class VatHeap
{
    internal VatHeap(VatEngine engine, string vatId, IVatWorkerClient client)
    {
        Engine = engine;
        VatId = vatId;
        Client = client;
        Realm = new JsRealm(engine);
        Quoting = new Quoting(Realm);
        Styles = new PassStyles(Realm, Quoting);
        Tagging = new Tagging(Realm, Quoting, Styles);
        Promises = new HandledPromises(Realm, Quoting);
        Store = new CrankVatstore(client);
        Ids = new IdCounters(Store);
        Patterns = new PatternMatcher(new Passables(Realm, Styles, Tagging, new Complaints(Realm, Quoting)));
        Recognizers = new Recognizers(Store, Kinds) { DeleteStoredEntry = (collection, vref) => CollectionRows.DeleteEntry(this, collection, vref) };
        WeakCollections = new WeakCollections(Recognizers);
        States = new StateCache(Store);
        Handles = new KindHandles(this);
        StoreKinds = new StoreKinds(this);
        Definer = new KindDefiner(this);
        References = new ReferenceTable(Realm);
        PromiseTable = new PromiseTable(Realm.Notes);
        Counts = new ReferenceCounts(Realm, Store, References, Kinds);
        Importer = new Importer(this);
        Marshaller = new Marshaller(Realm, Quoting, Styles, Tagging, Importer, "liveSlots:" + vatId, LogSentError);
        Outbound = new Outbound(this);
    }

    internal VatEngine Engine { get; }

    internal string VatId { get; }

    internal IVatWorkerClient Client { get; }

    internal JsRealm Realm { get; }

    internal Quoting Quoting { get; }

    internal PassStyles Styles { get; }

    internal Tagging Tagging { get; }

    internal HandledPromises Promises { get; }

    internal CrankVatstore Store { get; }

    internal IdCounters Ids { get; }

    internal PatternMatcher Patterns { get; }

    internal KindTable Kinds { get; } = new();

    internal KindHandles Handles { get; }

    internal StoreKinds StoreKinds { get; }

    internal KindDefiner Definer { get; }

    internal StateCache States { get; }

    internal Recognizers Recognizers { get; }

    internal WeakCollections WeakCollections { get; }

    internal ReferenceTable References { get; }

    internal ReferenceCounts Counts { get; }

    internal PromiseTable PromiseTable { get; }

    internal SyscallLog Syscalls { get; } = new();

    internal Importer Importer { get; }

    internal Marshaller Marshaller { get; }

    internal Outbound Outbound { get; }

    /// <summary>Keeps what vrefs name for as long as the kernel may ask for it; of no effect on imports and promises.</summary>
    internal void RetainExports(IReadOnlyList<string> vrefs)
    {
        foreach (string vref in vrefs)
        {
            VatSlot slot = VatSlot.Parse(vref);
            if (slot.Type != VatSlotType.Object || !slot.AllocatedByVat)
            {
                continue;
            }

            if (slot.IsStored)
            {
                Counts.SetExportStatus(vref, 'r');
            }
            else
            {
                References.Export(vref);
            }
        }
    }

    internal void RequireAcceptable(CapData data)
    {
        if (!SyscallLog.Accepts(data))
        {
            throw Realm.Fail(SyscallLog.TooLarge);
        }
    }

    private void LogSentError(ObjectInstance error) => Client.Log("warn", "Logging sent error stack " + ErrorText.Detailed(this, error));
}
