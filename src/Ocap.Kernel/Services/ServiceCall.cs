using Ocap.Marshal;
using Ocap.Marshal.Passables;

namespace Ocap.Kernel.Services;

/// <summary>One call of a service's method. It is answered once, from any thread; what comes after the first answer is ignored.</summary>
/// <param name="method">The method's name.</param>
/// <param name="methargs">The message as it came; slots are krefs.</param>
/// <param name="answered">Takes the answer. Any thread.</param>
public sealed class ServiceCall(string method, CapData methargs, Action<ServiceAnswer> answered)
{
    private CapData? _methargs = methargs;
    private int _isAnswered;

    /// <summary>The method's name.</summary>
    public string Method => method;

    /// <summary>The message as it came; slots are krefs. Only while the call is being made.</summary>
    internal CapData Message => _methargs ?? throw new InvalidOperationException("a call's arguments are there only while it is being made");

    /// <summary>The arguments, references as stand-ins. Only while the call is being made: one that waits for long must not cost what it was called with.</summary>
    /// <exception cref="FormatException">They cannot be read.</exception>
    public IReadOnlyList<Passable> Arguments() => Methargs.Arguments(Message);

    /// <summary>The call has been made.</summary>
    internal void ForgetArguments() => _methargs = null;

    /// <summary>Fulfills the result.</summary>
    /// <param name="value">With what.</param>
    /// <param name="received">
    /// Told, on the kernel's thread, whether there was still anybody to receive it: what nobody received may be given to the next who asks.
    /// </param>
    public void Fulfill(Passable value, Action<bool>? received = null) => Answer(new ServiceAnswer(false, PassableWriter.Write(value), received));

    /// <summary>Rejects the result: the caller gets <c>[KERNEL:DELIVERY_FAILED]</c> and this; an error of the kernel's own stays as it is.</summary>
    public void Reject(string why) => Reject(
        KernelError.TryRecognize(why, out _, out _) ? SmallcapsError.Make("Error", why) : KernelError.Make(KernelErrorCode.DeliveryFailed, why));

    /// <summary>Rejects the result with a reason of the kernel's own.</summary>
    internal void Reject(CapData reason) => Answer(new ServiceAnswer(true, reason, null));

    private void Answer(ServiceAnswer answer)
    {
        if (Interlocked.Exchange(ref _isAnswered, 1) == 0)
        {
            answered(answer);
        }
        else
        {
            answer.Received?.Invoke(false);
        }
    }
}

/// <summary>What a service answered; slots are krefs.</summary>
/// <param name="IsRejected">The result is rejected.</param>
/// <param name="Value">With what it settles.</param>
/// <param name="Received">Told whether anybody was there to receive it, or null.</param>
public sealed record ServiceAnswer(bool IsRejected, CapData Value, Action<bool>? Received);
