using Jint.Native;
using Jint.Native.Object;
using Ocap.Vats.Liveslots;
using Ocap.Vats.Marshal;
using Ocap.Vats.Patterns;
using Ocap.Vats.Promises;
using Ocap.Vats.Weak;

namespace Ocap.Vats;

/// <summary>What the vat's machinery knows about objects of its code: each carries its own note, so that the collector needs no table (build/engine).</summary>
internal sealed class ObjectNotes
{
    /// <summary>What is known of an object; null when nothing is.</summary>
    internal ObjectNote? Of(ObjectInstance value) => value.Attachment as ObjectNote;

    /// <summary>The note on an object, for writing.</summary>
    internal ObjectNote On(ObjectInstance value) => On(ref value.Attachment!);

    /// <summary>What weak collections hold under an object or a symbol; null when none ever held anything.</summary>
    internal static WeakEntries? EntriesOf(JsValue key) => (AttachmentOf(key) as ObjectNote)?.Entries;

    /// <summary>The same, for writing.</summary>
    internal static WeakEntries EntriesOn(JsValue key) => On(ref AttachmentOf(key)).Entries ??= new WeakEntries();

    private static ObjectNote On(ref ObjectAttachment? attachment)
    {
        if (attachment is ObjectNote note)
        {
            return note;
        }

        // What is there may be the private members.
        attachment = note = new ObjectNote(attachment);
        return note;
    }

    private static ref ObjectAttachment? AttachmentOf(JsValue key)
    {
        if (key is JsSymbol symbol)
        {
            return ref symbol.Attachment!;
        }

        return ref ((ObjectInstance)key).Attachment!;
    }
}

/// <summary>What is known of one object.</summary>
internal sealed class ObjectNote(ObjectAttachment? before) : ObjectAttachment(before)
{
    /// <summary>It and everything reachable from it is frozen.</summary>
    internal bool IsHardened { get; set; }

    /// <summary>It has been seen to be a remotable.</summary>
    internal bool IsRemotable { get; set; }

    /// <summary>How it travels, once that has been found out.</summary>
    internal PassStyle? Style { get; set; }

    /// <summary>Of data that was matched with patterns, or is one.</summary>
    internal PatternFacts? Facts { get; set; }

    /// <summary>Of a handled promise or a presence.</summary>
    internal HandledState? Handled { get; set; }

    /// <summary>The vref it is registered under.</summary>
    internal string? Reference { get; set; }

    /// <summary>It is the record of a stored object's facets.</summary>
    internal bool IsCohort { get; set; }

    /// <summary>What weak collections hold under it.</summary>
    internal WeakEntries? Entries { get; set; }

    /// <summary>Of a promise that this vat decided and that has settled.</summary>
    internal KnownResolution? Resolution { get; set; }
}
