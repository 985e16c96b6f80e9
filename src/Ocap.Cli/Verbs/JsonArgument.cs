using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Ocap.Cli.Output;
using Ocap.Daemon.Home;

namespace Ocap.Cli.Verbs;

/// <summary>JSON on the command line: as typed, from standard input (<c>-</c>) or from a file (<c>@file</c>), where other people's <c>ps</c> does not see it.</summary>
internal static class JsonArgument
{
    /// <summary>Four times what a daemon takes in one request, white space having been left out.</summary>
    private const int MostBytes = 64 * 1024 * 1024;

    private const string QuotingHint = """The shell takes quotes away: put the whole of it between single ones, as in '{"id":"v1"}', or give a file: @params.json""";

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <param name="name">What the argument is called.</param>
    /// <param name="typed">What was typed; null for none.</param>
    /// <param name="value">JSON on one line; empty for none.</param>
    /// <param name="mistake">What is wrong, as a sentence; null when nothing is.</param>
    internal static bool TryRead(string name, string? typed, out ReadOnlyMemory<byte> value, [NotNullWhen(false)] out string? mistake)
    {
        value = default;
        mistake = null;
        if (typed is null)
            return true;
        byte[] bytes;
        try
        {
            bytes = Bytes(typed);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            mistake = $"{name} cannot be read from {(typed is "-" ? "standard input" : typed[1..])}: {(typed is "-" && fault is UnauthorizedAccessException ? "It is closed." : fault.Message)}";
            return false;
        }
        ReadOnlySpan<byte> json = bytes;
        if (json.StartsWith(ByteOrderMark))
            json = json[ByteOrderMark.Length..];
        try
        {
            ArrayBufferWriter<byte> line = new(json.Length + 1);
            JsonText.Write(json, line, indented: false);
            value = line.WrittenMemory;
            return true;
        }
        catch (JsonException)
        {
            mistake = $"{name} must be valid JSON. {JsonMistake.Show(json)}{(typed is "-" or ['@', ..] ? "" : "\n" + QuotingHint)}";
            return false;
        }
    }

    private static byte[] Bytes(string typed)
    {
        if (typed.StartsWith('@'))
            return RegularFile.Read(typed[1..], MostBytes);
        if (typed is not "-")
            return Encoding.UTF8.GetBytes(typed);
        using Stream input = Console.OpenStandardInput();
        using MemoryStream all = new();
        byte[] piece = new byte[64 * 1024];
        for (int read; (read = input.Read(piece)) > 0;)
        {
            all.Write(piece, 0, read);
            if (all.Length > MostBytes)
                throw new IOException($"It has more than {MostBytes} bytes, which are read at most.");
        }
        return all.ToArray();
    }
}
