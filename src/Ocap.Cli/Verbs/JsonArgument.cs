using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Ocap.Cli.Output;

namespace Ocap.Cli.Verbs;

/// <summary>JSON on the command line: as typed, from standard input (<c>-</c>) or from a file (<c>@file</c>), where other people's <c>ps</c> does not see it.</summary>
internal static class JsonArgument
{
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
        try
        {
            ReadOnlySpan<byte> json = Bytes(typed);
            if (json.StartsWith(ByteOrderMark))
                json = json[ByteOrderMark.Length..];
            ArrayBufferWriter<byte> line = new(json.Length + 1);
            JsonText.Write(json, line, indented: false);
            value = line.WrittenMemory;
            return true;
        }
        catch (JsonException)
        {
            mistake = $"{name} must be valid JSON.";
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            mistake = $"{name} cannot be read: {fault.Message}";
        }
        return false;
    }

    private static byte[] Bytes(string typed)
    {
        if (typed.StartsWith('@'))
            return File.ReadAllBytes(typed[1..]);
        if (typed is not "-")
            return Encoding.UTF8.GetBytes(typed);
        using Stream input = Console.OpenStandardInput();
        using MemoryStream all = new();
        input.CopyTo(all);
        return all.ToArray();
    }
}
