using Ocap.Kernel.CLists;
using Ocap.Kernel.Cranks;
using Ocap.Kernel.Cranks.Large;
using Ocap.Kernel.Lanes;
using Ocap.Kernel.Objects;
using Ocap.Kernel.Promises;
using Ocap.Kernel.Refs;
using Ocap.Kernel.State;
using Ocap.Kernel.Vats;
using Ocap.Marshal;

namespace Ocap.Kernel.Syscalls;

/// <summary>
/// Whether a vat may ask for all that it asks for in one crank, found out without doing any of it: for cranks that are committed in pieces, which must not turn
/// out to be illegal half way. What it finds stays true until the crank is committed, whatever others commit meanwhile: only the vat itself changes its c-list
/// (K5) and settles what it decides (K4), and an object of which it has been told that nobody reaches it is not reached again unless it mentions it (K7). It is
/// stricter than it must be where that makes it simple: what it refuses is judged again as a whole.
/// </summary>
internal sealed class SyscallCheck
{
    private readonly StateView _view;
    private readonly VatId _vat;
    private readonly CList _clist;
    private readonly HeapMemory? _memory;

    /// <summary>What has been mentioned so far, by vref, as it would stand by now.</summary>
    private readonly Dictionary<string, Standing> _refs = new(StringComparer.Ordinal);

    /// <param name="view">The state, with what dispatch prepared.</param>
    /// <param name="vat">Who asks.</param>
    /// <param name="crank">What it was given.</param>
    /// <param name="memory">What its heap knows of its c-list, if that is a new one; else null.</param>
    internal SyscallCheck(StateView view, VatId vat, Crank crank, HeapMemory? memory = null)
    {
        (_view, _vat, _clist, _memory) = (view, vat, new CList(view, vat), memory);
        foreach (KRef promise in crank.Told)
        {
            if (_clist.ToVat(promise) is { } entry)
            {
                _refs[entry.VRef.Text] = Standing.Gone;
            }
        }

        if (crank.Result is { } result && _clist.ToVat(result) is { } own)
        {
            _refs[own.VRef.Text] = Standing.Decided;
        }
    }

    /// <summary>What a reference means in the c-list.</summary>
    private enum Standing : byte
    {
        /// <summary>Not in it, or not any more.</summary>
        Gone,

        /// <summary>An object that can be reached, or a promise that others settle or have settled.</summary>
        Held,

        /// <summary>An object that the vat has mentioned in this crank.</summary>
        Mentioned,

        /// <summary>An object that is only recognized.</summary>
        Recognized,

        /// <summary>An unsettled promise that the vat decides.</summary>
        Decided,
    }

    /// <summary>Goes through the next syscalls, in order.</summary>
    /// <exception cref="IllegalSyscallException">One of them is not allowed.</exception>
    internal void Next(IReadOnlyList<VatSyscall> syscalls)
    {
        for (int i = 0; i < syscalls.Count; i++)
        {
            switch (syscalls[i])
            {
                case SyscallSend send:
                    Mention(send.Target);
                    Data(send.Methargs);
                    if (send.Result is { } result)
                    {
                        Decide(RequirePromise(result));
                        _refs[result] = Standing.Held;
                    }

                    break;
                case SyscallSubscribe subscribe:
                    Mention(RequirePromise(subscribe.Promise));
                    break;
                case SyscallResolve resolve:
                    Settle(resolve.Settlements);
                    Forget(resolve.Settlements.Select(static settlement => settlement.Promise));
                    break;
                case SettleSome some:
                    Settle(some.Settlements);
                    break;
                case ForgetSettled forget:
                    Forget(forget.Promises);
                    break;
                case SyscallGc gc:
                    foreach (string text in gc.VRefs)
                    {
                        Collect(gc.Kind, text);
                    }

                    break;
                case SyscallExit exit:
                    Data(exit.Info);
                    break;
            }
        }
    }

    private void Settle(IReadOnlyList<PromiseSettlement> settlements)
    {
        foreach (PromiseSettlement settlement in settlements)
        {
            Mention(RequirePromise(settlement.Promise));
            Data(settlement.Value);
        }

        foreach (PromiseSettlement settlement in settlements)
        {
            Decide(settlement.Promise);
            _refs[settlement.Promise] = Standing.Held;
        }
    }

    private void Forget(IEnumerable<string> promises)
    {
        foreach (string promise in promises)
        {
            _refs[promise] = Standing.Gone;
        }
    }

    private void Data(CapData value)
    {
        InboundTranslator.Require(value);
        for (int i = 0; i < value.Slots.Count; i++)
        {
            Mention(value.Slots[i]);
        }
    }

    private Standing Mention(string text)
    {
        VRef vref = InboundTranslator.Parse(text);
        Standing standing = StandingOf(text, vref);
        if (standing is Standing.Gone or Standing.Recognized && !vref.IsExport)
        {
            throw new IllegalSyscallException(standing == Standing.Gone ? $"{vref} is not an export reference" : $"{text} was dropped and cannot be mentioned");
        }

        if (vref.IsPromise)
        {
            standing = standing == Standing.Gone ? Standing.Decided : standing;
        }
        else
        {
            standing = Standing.Mentioned;
        }

        _refs[text] = standing;
        return standing;
    }

    private void Decide(string promise)
    {
        if (Mention(promise) != Standing.Decided)
        {
            throw new IllegalSyscallException($"{_vat} not permitted to resolve {promise}, which it does not decide");
        }
    }

    private void Collect(GcSyscallKind kind, string text)
    {
        VRef vref = InboundTranslator.Parse(text);
        Standing standing = StandingOf(text, vref);
        bool wantsImport = kind is GcSyscallKind.DropImports or GcSyscallKind.RetireImports;
        bool isAllowed = !vref.IsPromise && standing != Standing.Gone && wantsImport != vref.IsExport && kind switch
        {
            GcSyscallKind.DropImports => standing != Standing.Recognized,
            GcSyscallKind.RetireImports => standing == Standing.Recognized,

            // While its vat has not been told that nobody reaches it, it can still be named from outside (K7).
            GcSyscallKind.RetireExports => standing == Standing.Recognized && IsUnreachable(text),
            _ => vref != VRef.Root,
        };
        if (!isAllowed)
        {
            throw new IllegalSyscallException($"a collection syscall ({kind}) of {text}, which does not allow it");
        }

        _refs[text] = kind == GcSyscallKind.DropImports ? Standing.Recognized : Standing.Gone;
    }

    private bool IsUnreachable(string export) => _clist.ToKernel(export) is { } ko && new ObjectTable(_view).Counts(ko).Reachable == 0;

    private Standing StandingOf(string text, VRef vref)
    {
        if (_refs.TryGetValue(text, out Standing known))
        {
            return known;
        }

        if (_clist.ToKernel(text) is not { } kref || _memory?.Knows(vref) == false)
        {
            return Standing.Gone;
        }

        if (!vref.IsPromise)
        {
            bool isReachable = _clist.ToVat(kref) is { IsReachable: true } && (vref.IsExport || _memory?.Reaches(vref) != false);
            return isReachable ? Standing.Held : Standing.Recognized;
        }

        if (_memory is not null)
        {
            // A new heap decides nothing that was there before.
            return Standing.Held;
        }

        var promises = new PromiseTable(_view);
        return promises.State(kref) == PromiseState.Unresolved && promises.Decider(kref) == new Endpoint(_vat) ? Standing.Decided : Standing.Held;
    }

    private static string RequirePromise(string vref) =>
        InboundTranslator.Parse(vref).IsPromise ? vref : throw new IllegalSyscallException($"{vref} is not a promise");
}
