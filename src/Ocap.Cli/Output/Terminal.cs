using System.Text;
using Ocap.Daemon.Lifecycle;

namespace Ocap.Cli.Output;

/// <summary>Where results and messages go: results to standard output, everything said to a person to standard error. UTF-8, no console set-up, no buffering.</summary>
internal static class Terminal
{
    /// <summary>The descriptor of results.</summary>
    internal const int Output = 1;

    private const int Error = 2;

    /// <summary>Whether results are read by a person.</summary>
    internal static bool IsInteractive => !Console.IsOutputRedirected;

    /// <exception cref="OutputException">It cannot be written.</exception>
    internal static void Result(string text) => Write(Output, Encoding.UTF8.GetBytes(text + "\n"));

    /// <summary>A result that is complete, newline included.</summary>
    /// <exception cref="OutputException">It cannot be written.</exception>
    internal static void Result(ReadOnlySpan<byte> text) => Write(Output, text);

    internal static void Say(string line) => Write(Error, Encoding.UTF8.GetBytes(line + "\n"));

    /// <summary>Text for a terminal's eyes only, without a newline.</summary>
    internal static void Draw(string text) => Write(Error, Encoding.UTF8.GetBytes(text));

    /// <summary>Text from elsewhere made harmless for a terminal: control characters but newline and tab are shown as escapes.</summary>
    internal static string Harmless(string text) =>
        text.Any(IsControl) ? string.Concat(text.Select(c => IsControl(c) ? $"\\u{(int)c:x4}" : c.ToString())) : text;

    private static bool IsControl(char c) => char.IsControl(c) && c is not ('\n' or '\t');

    private static void Write(int descriptor, ReadOnlySpan<byte> text)
    {
        if (!OperatingSystem.IsWindows())
        {
            // Of what is said to a person nobody could be told that it was not heard.
            if (RawOutput.Write(descriptor, text) is { } failure && descriptor == Output)
                throw new OutputException(failure);
            return;
        }
        using Stream stream = descriptor == Output ? Console.OpenStandardOutput() : Console.OpenStandardError();
        stream.Write(text);
    }
}
