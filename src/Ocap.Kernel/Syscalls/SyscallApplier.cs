using Ocap.Kernel.CLists;
using Ocap.Kernel.Cranks;
using Ocap.Kernel.Cranks.Large;
using Ocap.Kernel.Promises;
using Ocap.Kernel.Queue;
using Ocap.Kernel.Refs;
using Ocap.Kernel.Vats;
using Ocap.Marshal;

namespace Ocap.Kernel.Syscalls;

/// <summary>Checks and applies what a vat asked for in one crank, in order, against the state of this moment (K1).</summary>
internal sealed class SyscallApplier(Commit commit, VatId vat)
{
    private readonly InboundTranslator _inbound = new(commit, vat);

    /// <summary>The vat's wish to end, if it has one. The first stands, whatever follows it.</summary>
    internal SyscallExit? Exit { get; private set; }

    /// <summary>Applies syscalls.</summary>
    /// <exception cref="IllegalSyscallException">One of them is not allowed; the commit must be dropped.</exception>
    internal void Apply(IReadOnlyList<VatSyscall> syscalls)
    {
        foreach (VatSyscall syscall in syscalls)
        {
            switch (syscall)
            {
                case SyscallSend send:
                    Send(send);
                    break;
                case SyscallSubscribe subscribe:
                    Subscribe(_inbound.Ref(RequirePromise(subscribe.Promise)));
                    break;
                case SyscallResolve resolve:
                    Forget(Settle(resolve.Settlements));
                    break;
                case SettleSome some:
                    Settle(some.Settlements);
                    break;
                case ForgetSettled forget:
                    Forget(forget.Promises.Select(_inbound.Ref));
                    break;
                case SyscallExit exit:
                    Exit ??= exit;
                    break;
                case SyscallGc gc:
                    GcSyscalls.Apply(commit, _inbound.CList, gc);
                    break;
            }
        }
    }

    /// <summary>Krefs for the slots of a value the vat hands out on its way out.</summary>
    internal CapData Translate(CapData value) => _inbound.Data(value);

    private void Send(SyscallSend send)
    {
        KRef target = _inbound.Ref(send.Target);
        CapData methargs = _inbound.Data(send.Methargs);
        KRef? result = null;
        if (send.Result is { } vpid)
        {
            KRef promise = _inbound.Ref(RequirePromise(vpid));
            RequireDecider(promise);

            // K4: from here on nobody decides the result, until the message is delivered.
            commit.Promises.ClearDecider(promise);
            result = promise;
        }

        commit.Send(target, new Message(methargs, result) { Sender = vat });
    }

    private void Subscribe(KRef promise)
    {
        if (commit.Promises.State(promise) == PromiseState.Unresolved)
        {
            commit.Promises.AddSubscriber(promise, vat);
        }
        else
        {
            commit.Notify(vat, promise);
        }
    }

    private KRef[] Settle(IReadOnlyList<PromiseSettlement> settlements)
    {
        var promises = new KRef[settlements.Count];
        var values = new CapData[settlements.Count];
        for (int i = 0; i < promises.Length; i++)
        {
            promises[i] = _inbound.Ref(RequirePromise(settlements[i].Promise));
            values[i] = _inbound.Data(settlements[i].Value);
        }

        for (int i = 0; i < promises.Length; i++)
        {
            RequireDecider(promises[i]);
            commit.Settle(promises[i], settlements[i].Rejected, values[i], vat);
        }

        return promises;
    }

    /// <summary>K5: what a vat has settled it no longer has a name for.</summary>
    private void Forget(IEnumerable<KRef> promises)
    {
        foreach (KRef promise in promises)
        {
            _inbound.ForgetPromise(promise);
        }
    }

    private void RequireDecider(KRef promise)
    {
        if (commit.Promises.State(promise) != PromiseState.Unresolved)
        {
            throw new IllegalSyscallException($"{promise} was already resolved");
        }

        Endpoint? decider = commit.Promises.Decider(promise);
        if (decider != new Endpoint(vat))
        {
            throw new IllegalSyscallException(decider is { } other
                ? $"{vat} not permitted to resolve {promise} because its decider is {other}"
                : $"{vat} not permitted to resolve {promise} because it has no decider");
        }
    }

    private static string RequirePromise(string vref) =>
        InboundTranslator.Parse(vref).IsPromise ? vref : throw new IllegalSyscallException($"{vref} is not a promise");
}
