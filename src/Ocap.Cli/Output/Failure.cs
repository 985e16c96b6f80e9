namespace Ocap.Cli.Output;

/// <summary>What a verb did not expect, for people.</summary>
internal static class Failure
{
    /// <summary>
    /// Texts come from the command-line library: its own sentences stay as they are; of an exception only its message is left, unless the trace is wanted too.
    /// </summary>
    internal static string InWords(string text, bool withTrace)
    {
        int trace = text.IndexOf("\n   at ", StringComparison.Ordinal);
        if (trace < 0 || withTrace)
        {
            return text;
        }

        string message = text[..trace].TrimEnd();
        // What caused it comes with a trace of its own; the exception's own message is the sentence.
        int cause = message.IndexOf("\n ---> ", StringComparison.Ordinal);
        message = cause > 0 ? message[..cause] : message;
        int type = message.IndexOf(": ", StringComparison.Ordinal);
        if (type > 0 && !message.AsSpan(0, type).Contains(' '))
        {
            message = message[(type + 2)..];
        }

        return $"Error: {message} (Set OCAP_TRACE=1 to see where this came from.)";
    }
}
