using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Ocap.Cli.Output;

namespace Ocap.Cli.Verbs;

/// <summary>The parameters of a call: as typed, from standard input (<c>-</c>) or from a file (<c>@file</c>), where other people's <c>ps</c> does not see them.</summary>
internal static class ExecParameters
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <param name="typed">What was typed; null for none.</param>
    /// <param name="parameters">JSON on one line; empty for none.</param>
    /// <param name="mistake">What is wrong, as a sentence; null when nothing is.</param>
    internal static bool TryRead(string? typed, out ReadOnlyMemory<byte> parameters, [NotNullWhen(false)] out string? mistake)
    {
        parameters = default;
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
            if (!line.WrittenSpan.SequenceEqual("null"u8))
            {
                parameters = line.WrittenMemory;
                return true;
            }
            mistake = "params-json must be valid JSON.";
        }
        catch (JsonException)
        {
            mistake = "params-json must be valid JSON.";
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            mistake = $"the parameters cannot be read: {fault.Message}";
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
