namespace Ocap.Marshal;

/// <summary>The codes vats see in kernel errors (kernel semantics, section 7). Part of the interface: vats match on them.</summary>
public static class KernelErrorCode
{
    /// <summary>The target was revoked.</summary>
    public const string ObjectRevoked = "OBJECT_REVOKED";

    /// <summary>The target has no owner any more.</summary>
    public const string ObjectDeleted = "OBJECT_DELETED";

    /// <summary>The target promise resolved to something that takes no messages.</summary>
    public const string BadPromiseResolution = "BAD_PROMISE_RESOLUTION";

    /// <summary>The target's vat or remote is gone.</summary>
    public const string EndpointUnreachable = "ENDPOINT_UNREACHABLE";

    /// <summary>Delivering failed; the detail is the reason.</summary>
    public const string DeliveryFailed = "DELIVERY_FAILED";

    /// <summary>The vat that was to decide the promise has ended.</summary>
    public const string VatTerminated = "VAT_TERMINATED";

    /// <summary>Fatal: the vat asked for something no vat may.</summary>
    public const string IllegalSyscall = "ILLEGAL_SYSCALL";

    /// <summary>Fatal: the vat's runtime failed during a delivery.</summary>
    public const string InternalError = "INTERNAL_ERROR";

    /// <summary>Fatal: what the vat has sent and nobody has taken yet is more than may wait. A code of ours.</summary>
    public const string QueueLimit = "QUEUE_LIMIT";
}
