using System.Diagnostics.CodeAnalysis;

namespace Ocap.Marshal;

/// <summary>Errors the kernel itself puts into rejections: a plain <c>Error</c> whose message is <c>[KERNEL:CODE] detail</c>.</summary>
public static class KernelError
{
    private const string Open = "[KERNEL:";
    private const string FatalMark = "VAT_FATAL";

    /// <summary>An error the receiver may live with.</summary>
    /// <param name="code">One of <see cref="KernelErrorCode"/>.</param>
    /// <param name="detail">What happened, for people.</param>
    public static CapData Make(string code, string detail) => SmallcapsError.Make("Error", Message(code, detail));

    /// <summary>The error a vat ends with: <c>[KERNEL:VAT_FATAL:CODE] detail</c>.</summary>
    /// <param name="code"><see cref="KernelErrorCode.IllegalSyscall"/> or <see cref="KernelErrorCode.InternalError"/>.</param>
    /// <param name="detail">What happened, for people.</param>
    public static CapData MakeFatal(string code, string detail) => SmallcapsError.Make("Error", Message($"{FatalMark}:{code}", detail));

    /// <summary>Reads code and kind off a message the kernel made. False for any other message.</summary>
    public static bool TryRecognize(string message, [NotNullWhen(true)] out string? code, out bool fatal)
    {
        code = null;
        fatal = false;
        if (!message.StartsWith(Open, StringComparison.Ordinal))
        {
            return false;
        }
        int close = message.IndexOf(']', StringComparison.Ordinal);
        if (close < 0)
        {
            return false;
        }
        ReadOnlySpan<char> inner = message.AsSpan(Open.Length, close - Open.Length);
        if (inner.StartsWith(FatalMark + ":", StringComparison.Ordinal))
        {
            fatal = true;
            inner = inner[(FatalMark.Length + 1)..];
        }
        bool isCode = inner.Length > 0 && !inner.ContainsAnyExcept(CodeLetters);
        code = isCode ? inner.ToString() : null;
        fatal &= isCode;
        return isCode;
    }

    private static readonly System.Buffers.SearchValues<char> CodeLetters = System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ_");

    private static string Message(string code, string detail) => $"{Open}{code}] {detail}";
}
