using Ocap.Kernel.Cranks;
using Ocap.Kernel.Refs;
using Ocap.Kernel.Syscalls;
using Ocap.Marshal;

namespace Ocap.Kernel.CLists;

/// <summary>From a vat's names to the kernel's, when its syscalls are applied. What a vat may not say is an <see cref="IllegalSyscallException"/>.</summary>
internal sealed class InboundTranslator(Commit commit, VatId vat)
{
    /// <summary>Characters and references of one value: what a sound vat keeps to by itself (spec/vat-runtime.md). Each is stored and told many times over.</summary>
    private const int MostCharacters = 10_000_000, MostSlots = 10_000;

    private readonly CList _clist = new(commit.Writes, vat);

    internal CList CList => _clist;

    /// <summary>The kref of a reference the vat mentions; an export it never mentioned before becomes a kernel object or promise.</summary>
    internal KRef Ref(string text)
    {
        VRef vref = Parse(text);
        if (_clist.ToKernel(text) is not { } kref)
        {
            return Export(vref);
        }

        if (!vref.IsPromise && _clist.ToVat(kref) is { IsReachable: false } entry)
        {
            if (!vref.IsExport)
            {
                throw new IllegalSyscallException($"{text} was dropped and cannot be mentioned");
            }

            _clist.SetReachable(kref, entry, true);
        }

        return kref;
    }

    /// <summary>Checks what can be seen of a value without looking at the state.</summary>
    internal static void Require(CapData value)
    {
        if (value.Body.Length > MostCharacters || value.Slots.Count > MostSlots)
        {
            throw new IllegalSyscallException($"a value of {value.Body.Length} characters and {value.Slots.Count} references; at most {MostCharacters} and {MostSlots} can be passed on");
        }

        if (!WellFormed.Is(value.Body))
        {
            throw new IllegalSyscallException("a value whose body is not well-formed Unicode");
        }
    }

    internal CapData Data(CapData value)
    {
        Require(value);
        if (value.Slots.Count == 0)
        {
            return value;
        }

        string[] slots = new string[value.Slots.Count];
        for (int i = 0; i < slots.Length; i++)
        {
            slots[i] = Ref(value.Slots[i]).ToString();
        }

        return value with { Slots = slots };
    }

    /// <summary>Removes a promise's entry and gives up its count.</summary>
    internal void ForgetPromise(KRef promise)
    {
        if (_clist.ToVat(promise) is { } entry)
        {
            _clist.Remove(promise, entry.VRef);
            commit.Release(promise);
        }
    }

    internal static VRef Parse(string text) =>
        VRef.TryParse(text, out VRef vref) ? vref : throw new IllegalSyscallException($"not a valid VRef: \"{text}\"");

    private KRef Export(VRef vref)
    {
        if (!vref.IsExport)
        {
            throw new IllegalSyscallException($"{vref} is not an export reference");
        }

        KRef kref = vref.IsPromise ? commit.Promises.Create(new Endpoint(vat)) : commit.Objects.Create(new Endpoint(vat));
        _clist.Add(kref, vref);
        if (kref.IsPromise)
        {
            commit.Hold(kref);
        }

        return kref;
    }
}
