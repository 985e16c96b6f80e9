using Ocap.Daemon.Lifecycle;

namespace Ocap.Cli.Output;

/// <summary>A result could not be written to standard output, so the command has failed whatever it did. Where its reader has left, nothing is said about it.</summary>
internal sealed class OutputException : Exception
{
    /// <summary>The exit code of a program whose reader has left, as a shell gives it for one that SIGPIPE ends.</summary>
    internal const int ReaderLeft = 141;

    internal OutputException(WriteFailure failure)
        : base(failure.ReaderIsGone ? "" : $"Cannot write to standard output: {failure.Text}.") => HasReaderLeft |= failure.ReaderIsGone;

    /// <summary>Whether that has happened to this process.</summary>
    internal static bool HasReaderLeft { get; private set; }

    /// <summary>The sentence alone: nobody at a terminal wants a stack for it.</summary>
    public override string ToString() => Message;
}
