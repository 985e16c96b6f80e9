using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ocap.Bundler;
using Ocap.Remotes.Content;

namespace Ocap.Cli.Bundling;

/// <summary><c>bundle --json</c>: an array with an object for each target, in order.</summary>
internal sealed class BundleSummary : IDisposable
{
    private readonly ArrayBufferWriter<byte> _text = new();
    private readonly Utf8JsonWriter _json;

    internal BundleSummary()
    {
        _json = new Utf8JsonWriter(_text, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        _json.WriteStartArray();
    }

    internal void Add(BundleOutcome outcome)
    {
        _json.WriteStartObject();
        _json.WriteString("source"u8, outcome.Target.Source);
        if (outcome.Result is { } result)
            Write(outcome.Target, result);
        else
            Write(outcome);
        _json.WriteEndObject();
    }

    /// <summary>The whole array, on one line.</summary>
    internal ReadOnlySpan<byte> Finish()
    {
        _json.WriteEndArray();
        _json.Flush();
        return _text.WrittenSpan;
    }

    public void Dispose() => _json.Dispose();

    private void Write(BundleTarget target, BundleResult result)
    {
        _json.WriteString("bundle"u8, target.Bundle);
        _json.WriteNumber("modules"u8, result.ModuleCount);
        _json.WriteNumber("bytes"u8, result.Bytes.Length);
        _json.WriteString("sha256"u8, ContentHash.Of(result.Bytes));
        WriteAll("warnings"u8, result.Warnings);
    }

    private void Write(BundleOutcome outcome)
    {
        _json.WriteStartObject("error"u8);
        _json.WriteString("message"u8, outcome.Failure);
        if (outcome.Fault is { } fault)
        {
            _json.WriteString("file"u8, fault.File);
            if (fault is { Line: { } line, Column: { } column })
            {
                _json.WriteNumber("line"u8, line);
                _json.WriteNumber("column"u8, column);
            }
            _json.WriteString("reason"u8, fault.Reason);
            WriteAll("importedBy"u8, fault.ImportChain);
        }
        _json.WriteEndObject();
    }

    private void WriteAll(ReadOnlySpan<byte> name, IReadOnlyList<string> texts)
    {
        _json.WriteStartArray(name);
        foreach (string text in texts)
            _json.WriteStringValue(text);
        _json.WriteEndArray();
    }
}
