using System.Runtime.CompilerServices;
using Jint.Native.Object;
using Ocap.Vats.Liveslots;
using Ocap.Vats.Marshal;
using Ocap.Vats.Patterns;
using Ocap.Vats.Promises;

namespace Ocap.Vats;

/// <summary>
/// What the vat's machinery knows about objects of its code, for as long as they live. One table for everything: each entry is a weak handle that every
/// collection has to look at, and most objects that leave or enter a vat would be in several tables.
/// </summary>
internal sealed class ObjectNotes
{
    private readonly ConditionalWeakTable<ObjectInstance, ObjectNote> _notes = [];

    /// <summary>What is known of an object; null when nothing is.</summary>
    internal ObjectNote? Of(ObjectInstance value) => _notes.TryGetValue(value, out ObjectNote? note) ? note : null;

    /// <summary>The note on an object, for writing.</summary>
    internal ObjectNote On(ObjectInstance value) => _notes.GetOrCreateValue(value);
}

/// <summary>What is known of one object.</summary>
internal sealed class ObjectNote
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

    /// <summary>Of a promise that this vat decided and that has settled.</summary>
    internal KnownResolution? Resolution { get; set; }
}
